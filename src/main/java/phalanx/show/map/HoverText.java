package phalanx.show.map;

import java.util.ArrayList;
import java.util.List;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Words;
import phalanx.topology.Flow;
import phalanx.topology.TrafficGraph;

/** What is told of the place or link under the mouse. Any thread. */
final class HoverText {
    private static final Words WORDS = Words.of("map");
    private static final int MOST_FINDINGS = 3;

    private HoverText() {}

    static String of(MapPicture.NodeMark mark) {
        TrafficGraph.Node node = mark.node();
        List<String> lines = new ArrayList<>();
        node.label().lines().forEach(lines::add);
        lines.add(PlaceWords.role(node.role()) + ", " + WORDS.get("detail.conversations", node.conversations()));
        lines.add(WORDS.get("hover.out", traffic(node.sent())));
        lines.add(WORDS.get("hover.in", traffic(node.received())));
        findings(mark.findings(), lines);
        return String.join("\n", lines);
    }

    static String of(MapPicture picture, MapPicture.EdgeMark mark) {
        List<String> lines = new ArrayList<>();
        lines.add(picture.nodes().get(mark.from()).name() + " \u2013 "
                + picture.nodes().get(mark.to()).name());
        lines.add(WORDS.get("detail.conversations", mark.edge().conversations()));
        mark.edge().calls().ifPresent(calls -> lines.add("\u2192 " + PlaceWords.calls(calls)));
        mark.edge().callsBack().ifPresent(calls -> lines.add("\u2190 " + PlaceWords.calls(calls)));
        lines.add("\u2192 " + traffic(mark.edge().forward())
                + measured(mark.edge().forward()));
        lines.add("\u2190 " + traffic(mark.edge().backward())
                + measured(mark.edge().backward()));
        findings(mark.findings(), lines);
        return String.join("\n", lines);
    }

    private static String traffic(Flow flow) {
        return WORDS.get("hover.traffic", flow.packets(), flow.bytes());
    }

    private static String measured(Flow flow) {
        String loss = flow.seen() == 0
                ? WORDS.get("hover.unmeasured")
                : WORDS.get("hover.loss", Words.language().share(flow.lost(), flow.seen()));
        return "\n    " + loss
                + flow.delay()
                        .map(delay -> "\n    "
                                + WORDS.get(
                                        "hover.delay",
                                        Words.language().duration(delay.p50Nanos()),
                                        Words.language().duration(delay.p95Nanos()),
                                        Words.language().duration(delay.p99Nanos())))
                        .orElse("");
    }

    private static void findings(List<ExplainedFinding> findings, List<String> lines) {
        findings.stream()
                .limit(MOST_FINDINGS)
                .forEach(told -> lines.add(
                        told.id() + " " + Words.language().kind(told.finding().kind())));
        if (findings.size() > MOST_FINDINGS) {
            lines.add(WORDS.get("hover.more", findings.size() - MOST_FINDINGS));
        }
    }
}
