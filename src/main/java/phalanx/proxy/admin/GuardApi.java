package phalanx.proxy.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import phalanx.config.Values;
import phalanx.proxy.guard.client.ClientNetwork;
import phalanx.proxy.guard.client.GuardLog;
import phalanx.proxy.guard.client.RateZone;
import phalanx.proxy.guard.client.Reputation;

/** The part of the admin API that shows what the guard does, and bans and lifts. Any thread. */
final class GuardApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_HAND = "by-hand";
    private static final String STANDARD = "10m";
    /** An answer is made on an event loop. */
    private static final int MOST_LISTED = 1_000;

    private static final Duration LONGEST = Duration.ofDays(30);

    private final AdminControl control;

    GuardApi(AdminControl control) {
        this.control = control;
    }

    void limits(AdminCall call) {
        if (!call.at("limits")) {
            call.nothingHere();
        } else if (call.post()) {
            call.otherMethod();
        } else {
            ObjectNode root = JSON.createObjectNode();
            ArrayNode all = root.putArray("limits");
            control.guard().zones().all().forEach(zone -> zone(all.addObject(), zone));
            AdminJson.send(call.exchange(), root);
        }
    }

    private static void zone(ObjectNode out, RateZone zone) {
        out.put("zone", zone.settings().name())
                .put("key", zone.settings().key().text())
                .put("rate", zone.settings().rate())
                .put("keys", zone.keys())
                .put("passed", zone.passed())
                .put("held", zone.held())
                .put("refused", zone.refused());
    }

    void bans(AdminCall call) {
        if (call.at("bans") && !call.post()) {
            AdminJson.send(call.exchange(), all());
        } else if (call.at("bans")
                || call.at("bans", "", "lift") && !call.post()
                || call.at("bans", "", "ban") && !call.post()) {
            call.otherMethod();
        } else if (call.at("bans", "", "lift")) {
            boolean lifted = ClientNetwork.read(call.part(1))
                    .filter(control.guard().reputation()::lift)
                    .isPresent();
            call.say(lifted ? 200 : 404, lifted ? "lifted" : "This address is not banned. /bans lists those that are.");
        } else if (call.at("bans", "", "ban")) {
            ban(call);
        } else {
            call.nothingHere();
        }
    }

    private ObjectNode all() {
        ObjectNode root = JSON.createObjectNode();
        Reputation reputation = control.guard().reputation();
        root.put("banned", reputation.count());
        ArrayNode bans = root.putArray("bans");
        for (Reputation.Ban ban : reputation.longest(MOST_LISTED)) {
            ObjectNode one = bans.addObject()
                    .put("address", ban.text())
                    .put("until", Instant.ofEpochMilli(ban.until()).toString());
            ObjectNode reasons = one.putObject("reasons");
            ban.reasons().forEach(reasons::put);
        }
        return root;
    }

    private void ban(AdminCall call) {
        Optional<InetAddress> client = ClientNetwork.read(call.part(1));
        Optional<Duration> time = Values.time(call.value("for").orElse(STANDARD))
                .filter(one -> one.isPositive() && one.compareTo(LONGEST) <= 0);
        if (client.isEmpty() || time.isEmpty()) {
            call.say(400, "Write /bans/ADDRESS/ban?for=10m; 30d is the longest.");
        } else if (!control.bannable(client.get())) {
            call.say(409, "This address is never banned: waf_allow or set_real_ip_from names it.");
        } else {
            Reputation.Ban holds = control.guard().reputation().ban(client.get(), BY_HAND, time.get());
            boolean ours = holds.reasons().containsKey(BY_HAND);
            call.say(
                    ours ? 200 : 409,
                    ours ? "banned" : "This address is banned already, for longer; lift that ban first.");
        }
    }

    /** What the guard does from now on, or from behind an event that the client knows. */
    void events(AdminCall call) {
        if (!call.at("guard", "events")) {
            call.nothingHere();
        } else if (call.post()) {
            call.otherMethod();
        } else {
            long after = Values.number(call.order().lastEventId(), 0, Long.MAX_VALUE)
                    .or(() -> call.value("after").flatMap(text -> Values.number(text, 0, Long.MAX_VALUE)))
                    .orElse(0L);
            EventStream.begin(call.exchange(), new Events(control.guard().log()), after);
        }
    }

    private record Events(GuardLog log) implements EventSource {
        @Override
        public List<Event> after(long id, int most) {
            return log.after(id, most).stream()
                    .map(one -> new Event(one.number(), one.kind().word(), data(one)))
                    .toList();
        }

        private static String data(GuardLog.Event event) {
            ObjectNode out = JSON.createObjectNode()
                    .put("time", Instant.ofEpochMilli(event.millis()).toString())
                    .put("client", event.client())
                    .put("says", event.says());
            if (event.requests() > 0) {
                out.put("requests", event.requests());
            }
            return out.toString();
        }

        @Override
        public Runnable tell(Runnable who) {
            return log.tell(who);
        }
    }
}
