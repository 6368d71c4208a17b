package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.net.Direction;
import phalanx.net.Endpoint;

/** Puts the parts together: conversations numbered by the time of their first packet, with a leg for each capture. */
record ConversationAssembly(
        List<CapturePoint> captures,
        List<FlowTable> flows,
        ConversationMatcher matcher,
        List<List<Integer>> nodes,
        int[] anchors,
        boolean[] turned,
        List<ClockAlignment> clocks,
        List<HopPath> paths,
        List<Integer> mirrored) {
    Stitched with(Journeys journeys) {
        int[] number = new int[nodes.size()];
        Arrays.fill(number, -1);
        long[][][] packets = new long[nodes.size()][captures.size()][2];
        List<Integer> inOrder = new ArrayList<>();
        for (int journey = 0; journey < journeys.size(); journey++) {
            int index = journeys.conversation(journey);
            if (number[index] < 0) {
                number[index] = inOrder.size();
                inOrder.add(index);
            }
            boolean fromClient = journeys.direction(journey) == Direction.CLIENT_TO_SERVER ^ turned[index];
            for (int c = 0; c < captures.size(); c++) {
                packets[index][c][fromClient ? 0 : 1] += journeys.row(journey, c) >= 0 ? 1 : 0;
            }
        }
        Stitched bare = new Stitched(captures, clocks, paths, List.of(), journeys, mirrored);
        List<Integer> clientFirst = bare.clientFirst();
        List<Conversation> conversations = new ArrayList<>();
        for (int index : inOrder) {
            conversations.add(conversation(conversations.size(), index, packets[index], clientFirst));
        }
        return new Stitched(captures, clocks, paths, conversations, journeys.renumbered(number), mirrored);
    }

    private Conversation conversation(int id, int index, long[][] packets, List<Integer> clientFirst) {
        List<Conversation.Leg> legs = new ArrayList<>();
        boolean opened = false;
        for (int capture : clientFirst) {
            for (int node : nodes.get(index)) {
                if (matcher.capture(node) == capture) {
                    opened |= flows.get(capture).sawOpening(matcher.flow(node));
                    if (legs.isEmpty() || legs.getLast().capture() != capture) {
                        legs.add(leg(node, matcher.opposed(anchors[index], node), packets[capture]));
                    }
                }
            }
        }
        // Addresses are true on their owner's side of a NAT.
        Conversation.Leg nearest = turned[index] ? legs.getLast() : legs.getFirst();
        int anchor = anchors[index];
        return new Conversation(
                id,
                flows.get(matcher.capture(anchor)).transport(matcher.flow(anchor)),
                nearest.client(),
                nearest.server(),
                opened,
                turned[index],
                legs);
    }

    private Conversation.Leg leg(int node, boolean opposed, long[] packets) {
        int capture = matcher.capture(node);
        Endpoint opener = flows.get(capture).opener(matcher.flow(node));
        Endpoint other = flows.get(capture).other(matcher.flow(node));
        return new Conversation.Leg(
                capture, opposed ? other : opener, opposed ? opener : other, packets[0], packets[1]);
    }
}
