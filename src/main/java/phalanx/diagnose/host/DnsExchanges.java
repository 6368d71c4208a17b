package phalanx.diagnose.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Investigation;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/** The questions that reached one name server and what it answered, at the last capture point before it (RFC 1035 section 4). */
final class DnsExchanges {
    /** Resolvers give a question up after this (resolv.conf(5), timeout); what ends before cannot be told to be unanswered. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    /** A resolver that asks again does so within this time (resolv.conf(5), timeout: 5 s). */
    private static final long CROSSED_NANOS = 5_000_000_000L;

    final String server;
    final int capture;
    final List<Answered> answered = new ArrayList<>();
    final List<Integer> unanswered = new ArrayList<>();

    /** A question and its answer. */
    record Answered(int query, int response, long nanos) {}

    private DnsExchanges(String server, int capture) {
        this.server = server;
        this.capture = capture;
    }

    /** With each server at the point that saw it. */
    static List<DnsExchanges> of(Investigation investigation) {
        return investigation.once(All.class, All::of).servers;
    }

    private record All(List<DnsExchanges> servers) {
        static All of(Investigation investigation) {
            return new All(List.copyOf(byServer(investigation).values()));
        }
    }

    private static Map<String, DnsExchanges> byServer(Investigation investigation) {
        Map<String, DnsExchanges> servers = new TreeMap<>();
        for (Conversation conversation : investigation.stitched().conversations()) {
            int capture = conversation.nearestToServer();
            if (conversation.transport() == Transport.UDP
                    && investigation.endsPath(capture, conversation.clientDirection())) {
                String server = conversation
                        .leg(capture)
                        .orElseThrow()
                        .server()
                        .address()
                        .toString();
                servers.computeIfAbsent(server + " " + capture, _ -> new DnsExchanges(server, capture))
                        .add(investigation, conversation);
            }
        }
        servers.values().removeIf(s -> s.answered.isEmpty() && s.unanswered.isEmpty());
        return servers;
    }

    private void add(Investigation investigation, Conversation conversation) {
        PacketTable packets = investigation.packets(capture);
        long end = packets.timeNanos(packets.size() - 1);
        Map<String, Integer> asked = new HashMap<>();
        Map<String, Long> answeredAt = new HashMap<>();
        investigation.walk(conversation, capture, (journey, row, fromClient) -> {
            if (!packets.isDns(row)) {
                return;
            }
            String key = packets.dnsId(row) + " " + packets.dnsName(row);
            if (fromClient && !packets.isDnsResponse(row)) {
                // Asked again is asked once, also when the second question crossed the answer.
                if (packets.timeNanos(row) - answeredAt.getOrDefault(key, Long.MIN_VALUE / 2) > CROSSED_NANOS) {
                    asked.putIfAbsent(key, journey);
                }
            } else if (!fromClient && packets.isDnsResponse(row)) {
                Integer query = asked.remove(key);
                answeredAt.put(key, packets.timeNanos(row));
                if (query != null) {
                    int queryRow = investigation.journeys().row(query, capture);
                    answered.add(new Answered(query, journey, packets.timeNanos(row) - packets.timeNanos(queryRow)));
                }
            }
        });
        for (int query : asked.values()) {
            if (investigation.sawBothWays(capture)
                    && end - packets.timeNanos(investigation.journeys().row(query, capture)) >= PATIENCE_NANOS) {
                unanswered.add(query);
            }
        }
    }

    /** The names asked for in these packets, a few of them. */
    Fact names(Investigation investigation, int[] journeys) {
        List<String> names = Arrays.stream(journeys)
                .mapToObj(j -> investigation
                        .packets(capture)
                        .dnsName(investigation.journeys().row(j, capture)))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        return names.isEmpty() ? new Fact.Text("names that were not captured") : Fact.Text.few(names);
    }
}
