package phalanx.show.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import phalanx.casefile.DemoScript;
import phalanx.explain.Analysis;
import phalanx.show.Words;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/**
 * What a quiz asks: where, and what. The places are those of the case, the causes those of its script. Immutable, any thread.
 *
 * @param places in the order of the path, "nowhere" last
 * @param causes by their words, so that their order tells nothing
 */
public record Quiz(DemoScript script, List<Place> places, List<DemoScript.Cause> causes) {
    private static final Words WORDS = Words.of("demo");

    /**
     * A place to choose.
     *
     * @param points the capture points that it lies between, or the one that it lies at; none for nowhere
     */
    public record Place(String text, Set<String> points) {}

    /** How an answer was. */
    public record Score(boolean placeRight, boolean causeRight) {
        /** 0 to 2. */
        public int points() {
            return (placeRight ? 1 : 0) + (causeRight ? 1 : 0);
        }
    }

    static Quiz of(DemoScript script, Analysis analysis) {
        Stitched stitched = analysis.stitched();
        List<Place> places = new ArrayList<>();
        List<Integer> order = stitched.clientFirst();
        add(places, atHost(stitched.hopName(order.getFirst())));
        for (HopPath path : stitched.paths()) {
            List<Integer> captures = path.captures();
            for (int i = 1; i < captures.size(); i++) {
                boolean outward = order.indexOf(captures.get(i - 1)) < order.indexOf(captures.get(i));
                String near = stitched.hopName(captures.get(outward ? i - 1 : i));
                String far = stitched.hopName(captures.get(outward ? i : i - 1));
                add(places, new Place(WORDS.get("place.between", near, far), Set.of(near, far)));
            }
        }
        add(places, atHost(stitched.hopName(order.getLast())));
        places.add(new Place(WORDS.get("place.nowhere"), Set.of()));
        return new Quiz(
                script,
                List.copyOf(places),
                script.causes().stream()
                        .sorted(Comparator.comparing(DemoScript.Cause::text))
                        .toList());
    }

    private static Place atHost(String name) {
        return new Place(WORDS.get("place.at", name), Set.of(name));
    }

    private static void add(List<Place> places, Place place) {
        if (places.stream().noneMatch(known -> known.points().equals(place.points()))) {
            places.add(place);
        }
    }

    Score score(Place place, DemoScript.Cause cause) {
        return new Score(
                place.points().equals(TruthCheck.points(script.truth())),
                cause.kind().equals(script.truth().kind()));
    }

    Place truePlace() {
        return places.stream()
                .filter(place -> place.points().equals(TruthCheck.points(script.truth())))
                .findFirst()
                .orElseThrow();
    }

    DemoScript.Cause trueCause() {
        return causes.stream()
                .filter(cause -> cause.kind().equals(script.truth().kind()))
                .findFirst()
                .orElseThrow();
    }
}
