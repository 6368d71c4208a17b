package phalanx.topology;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.Measures;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.stitch.Conversation;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;
import phalanx.telemetry.Event;
import phalanx.telemetry.Span;
import phalanx.telemetry.Telemetry;
import phalanx.topology.SystemGraph.Gathering;
import phalanx.topology.SystemGraph.Kind;
import phalanx.topology.SystemGraph.Relation;
import phalanx.topology.SystemGraph.Source;
import phalanx.topology.SystemGraph.Statement;
import phalanx.topology.SystemGraph.Thing;

/** What captures and the records of other tools state for a {@link SystemGraph}. One thread. */
public final class SystemGraphs {
    private SystemGraphs() {}

    /** Which services call which, where they run, and what was deployed. */
    public static void add(Telemetry telemetry, Gathering into) {
        telemetry.events().stream()
                .filter(event -> event.source() == Event.Source.DEPLOYS
                        && !event.service().isEmpty())
                .forEach(event -> into.add(new Statement(
                        new Thing(Kind.DEPLOY, event.text() + " at " + Instant.ofEpochSecond(0, event.nanos())),
                        Relation.CHANGED,
                        service(event.service()),
                        Source.DEPLOY,
                        event.nanos(),
                        event.nanos())));
        Map<String, Span> spans = new HashMap<>();
        telemetry.spans().forEach(span -> spans.put(span.trace() + "/" + span.id(), span));
        for (Span span : telemetry.spans()) {
            Span parent = spans.get(span.trace() + "/" + span.parent());
            String caller = parent == null ? "" : parent.service();
            call(caller, span.service(), span, into);
            if (span.kind() == Span.Kind.CLIENT) {
                call(span.service(), span.peer(), span, into);
            }
            IpAddress at = span.at();
            if (at != null && !span.service().isEmpty()) {
                tell(service(span.service()), Relation.RUNS_ON, host(at), Source.SPAN, span, into);
            }
        }
        telemetry.byAddress().forEach((address, name) -> {
            if (!name.service().isEmpty()) {
                into.add(new Statement(service(name.service()), Relation.RUNS_ON, host(address), Source.NAMES, 0, 0));
            }
        });
    }

    private static void call(String from, String to, Span span, Gathering into) {
        if (!from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
            tell(service(from), Relation.CALLS, service(to), Source.SPAN, span, into);
        }
    }

    private static void tell(Thing from, Relation relation, Thing to, Source source, Span span, Gathering into) {
        into.add(new Statement(from, relation, to, source, span.nanos(), span.nanos() + span.durationNanos()));
    }

    /** Who talked to whom, past which hops. @param services which of them stands at which address */
    public static void add(Stitched stitched, Measures measures, Services services, Gathering into) {
        for (HopPath path : stitched.paths()) {
            long begin = stitched.beginNanos();
            for (int i = 1; i < path.captures().size(); i++) {
                into.add(new Statement(
                        hop(stitched, path.captures().get(i - 1)),
                        Relation.LEADS_TO,
                        hop(stitched, path.captures().get(i)),
                        Source.PACKET,
                        begin,
                        begin));
            }
        }
        for (Conversation conversation : stitched.conversations()) {
            ConversationMetrics measured = measures.conversations().get(conversation.id());
            Thing thing = new Thing(Kind.CONVERSATION, Integer.toString(conversation.id() + 1));
            conversation
                    .leg(conversation.nearestToClient())
                    .ifPresent(leg -> side(thing, Relation.OPENED_BY, leg.client(), services, measured, into));
            conversation
                    .leg(conversation.nearestToServer())
                    .ifPresent(leg -> side(thing, Relation.ANSWERED_BY, leg.server(), services, measured, into));
            conversation
                    .legs()
                    .forEach(leg -> seen(thing, Relation.PASSES, hop(stitched, leg.capture()), measured, into));
        }
    }

    private static void side(
            Thing conversation,
            Relation relation,
            Endpoint at,
            Services services,
            ConversationMetrics measured,
            Gathering into) {
        Thing host = host(at.address());
        seen(conversation, relation, host, measured, into);
        Station asked = relation == Relation.ANSWERED_BY ? new Station.Service(at) : new Station.Host(at.address());
        if (services.station(asked) instanceof Station.Named named) {
            seen(conversation, relation, service(named.name()), measured, into);
            seen(service(named.name()), Relation.RUNS_ON, host, measured, into);
        }
    }

    private static void seen(Thing from, Relation relation, Thing to, ConversationMetrics measured, Gathering into) {
        into.add(new Statement(from, relation, to, Source.PACKET, measured.firstNanos(), measured.lastNanos()));
    }

    private static Thing service(String name) {
        return new Thing(Kind.SERVICE, name);
    }

    private static Thing host(IpAddress address) {
        return new Thing(Kind.HOST, address.toString());
    }

    private static Thing hop(Stitched stitched, int capture) {
        return new Thing(Kind.HOP, stitched.hopName(capture));
    }
}
