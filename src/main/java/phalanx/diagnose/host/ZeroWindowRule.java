package phalanx.diagnose.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.net.Direction;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/** A receiver that does not read closes its window and stops the sender (RFC 9293 section 3.8.6). */
public final class ZeroWindowRule implements Rule {
    @Override
    public String id() {
        return "receiver-zero-window";
    }

    @Override
    public List<String> kinds() {
        return List.of("receiver_zero_window");
    }

    @Override
    public Needs needs() {
        return Needs.PACKETS;
    }

    /** Zero windows of one side of all conversations at one capture point. */
    private static final class Side {
        final Where.Node where;
        final List<Integer> closed = new ArrayList<>();
        long stopped;

        Side(Where.Node where) {
            this.where = where;
        }
    }

    @Override
    public Verdict judge(Investigation investigation) {
        Map<String, Side> sides = new TreeMap<>();
        for (Conversation conversation : investigation.stitched().conversations()) {
            if (conversation.transport() == Transport.TCP) {
                for (boolean client : new boolean[] {true, false}) {
                    int capture = client ? conversation.nearestToClient() : conversation.nearestToServer();
                    Conversation.Leg leg = conversation.leg(capture).orElseThrow();
                    String host = (client ? leg.client() : leg.server()).address() + " " + client + " " + capture;
                    Where.Node where = new Where.Node(client ? Where.Role.CLIENT : Where.Role.SERVER, capture);
                    look(investigation, conversation, client, sides.computeIfAbsent(host, _ -> new Side(where)));
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        sides.forEach((host, side) -> {
            if (!side.closed.isEmpty()
                    && side.stopped >= investigation.thresholds().zeroWindowNanos()) {
                findings.add(finding(investigation, host.substring(0, host.indexOf(' ')), side));
            }
        });
        return Verdict.of(findings);
    }

    private static void look(Investigation investigation, Conversation conversation, boolean client, Side side) {
        int capture = client ? conversation.nearestToClient() : conversation.nearestToServer();
        PacketTable packets = investigation.packets(capture);
        Direction ours = client
                ? conversation.clientDirection()
                : conversation.clientDirection().reversed();
        long since = -1;
        for (int journey : investigation.journeys().of(conversation.id())) {
            int row = investigation.journeys().row(journey, capture);
            if (row < 0
                    || packets.protocol(row) != Transport.PROTOCOL_TCP
                    || investigation.journeys().direction(journey) != ours) {
                continue;
            }
            int flags = packets.tcpFlags(row);
            boolean open = packets.window(row) > 0 || (flags & (TcpFlags.SYN | TcpFlags.RST)) != 0;
            if (!open) {
                side.closed.add(journey);
                since = since < 0 ? packets.timeNanos(row) : since;
            } else if (since >= 0) {
                side.stopped += packets.timeNanos(row) - since;
                since = -1;
            }
        }
    }

    private Finding finding(Investigation investigation, String host, Side side) {
        int[] closed = side.closed.stream().mapToInt(Integer::intValue).toArray();
        Direction suffers = investigation.journeys().direction(closed[0]).reversed();
        return investigation
                .finding(id(), "receiver_zero_window")
                .severity(Severity.WARNING, 0.95)
                .at(side.where, suffers)
                .packets(closed)
                .fact("host", new Fact.Text(host))
                .fact("closed", new Fact.Count(closed.length))
                .fact("stopped", new Fact.Nanos(side.stopped))
                .evidence(side.where.capture(), closed, "acknowledgments with window 0")
                .ruledOut("random_loss", "the sender stopped because it was told to, not because packets were lost")
                .ruledOut("server_slow", "the data was there; the receiver did not take it")
                .harm(side.stopped / 1e9)
                .build();
    }
}
