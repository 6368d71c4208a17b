package phalanx.diagnose.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.Endpoint;
import phalanx.stitch.Conversation;

/** The same packets carry another source or destination behind a point: network address translation (RFC 3022). */
public final class NatRule implements Rule {
    @Override
    public String id() {
        return "nat";
    }

    @Override
    public List<String> kinds() {
        return List.of("nat_source", "nat_destination");
    }

    @Override
    public Needs needs() {
        return Needs.TWO_POINTS;
    }

    /** Translations of one side between two points. */
    private static final class Translation {
        final Set<String> before = new TreeSet<>();
        final Set<String> after = new TreeSet<>();
        final List<Integer> conversations = new ArrayList<>();
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        for (SegmentTraffic segment : investigation.measures().segments()) {
            if (segment.counts().direction() == Direction.CLIENT_TO_SERVER) {
                Map<String, Translation> kinds = new TreeMap<>();
                for (Conversation conversation : investigation.stitched().conversations()) {
                    compare(conversation, segment, kinds);
                }
                kinds.forEach((kind, translation) -> findings.add(finding(investigation, segment, kind, translation)));
            }
        }
        return Verdict.of(findings);
    }

    private static void compare(Conversation conversation, SegmentTraffic segment, Map<String, Translation> kinds) {
        Optional<Conversation.Leg> atFrom = conversation.leg(segment.counts().from());
        Optional<Conversation.Leg> atTo = conversation.leg(segment.counts().to());
        if (atFrom.isEmpty() || atTo.isEmpty()) {
            return;
        }
        Conversation.Leg near = atFrom.get();
        Conversation.Leg far = atTo.get();
        if (!near.client().equals(far.client())) {
            add(kinds, "nat_source", near.client(), far.client(), conversation);
        }
        if (!near.server().equals(far.server())) {
            add(kinds, "nat_destination", near.server(), far.server(), conversation);
        }
    }

    private static void add(
            Map<String, Translation> kinds, String kind, Endpoint before, Endpoint after, Conversation conversation) {
        Translation translation = kinds.computeIfAbsent(kind, _ -> new Translation());
        translation.before.add(before.address().toString());
        translation.after.add(after.address().toString());
        translation.conversations.add(conversation.id());
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, String kind, Translation translation) {
        int from = segment.counts().from();
        int to = segment.counts().to();
        int[] firsts = translation.conversations.stream()
                .flatMapToInt(c -> Arrays.stream(investigation.journeys().of(c))
                        .filter(j -> investigation.journeys().row(j, from) >= 0
                                && investigation.journeys().row(j, to) >= 0)
                        .limit(1))
                .toArray();
        List<Evidence> evidence = new ArrayList<>(
                investigation.evidence(from, firsts, "first packet of each conversation before translation"));
        evidence.addAll(investigation.evidence(to, firsts, "the same packet behind it"));
        if (evidence.isEmpty()) {
            throw new IllegalStateException("legs at both points without a shared packet");
        }
        return investigation
                .finding(id(), kind)
                .severity(Severity.INFO, 0.97)
                .at(new Where.Segment(from, to), Direction.BOTH)
                .during(investigation.when(firsts[0]), investigation.when(firsts[firsts.length - 1]))
                .conversations(translation.conversations)
                .fact("before", Fact.Text.few(translation.before))
                .fact("after", Fact.Text.few(translation.after))
                .fact("connections", new Fact.Count(translation.conversations.size()))
                .evidence(evidence)
                .build();
    }
}
