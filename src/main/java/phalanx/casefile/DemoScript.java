package phalanx.casefile;

import java.util.List;

/**
 * A guided demo as it is written down: captures with one known fault, how to find it, and what it is. Immutable, any thread.
 *
 * @param id as the command line names it
 * @param story what users complain about, one or two sentences
 * @param samples name of the folder with its captures
 * @param causes answers offered in a quiz, the true one among them
 * @param lesson what to remember
 */
public record DemoScript(
        String id,
        String title,
        String story,
        String samples,
        Truth truth,
        List<Step> steps,
        List<Cause> causes,
        String lesson) {
    /**
     * What is wrong and where, as the analysis must say it too. Without fault all are empty.
     *
     * @param kind of the finding that is the root of the trouble
     * @param from and {@code to} names of the capture points around a segment, in the direction of the traffic that suffers
     * @param at name of the capture point at a host or router
     */
    public record Truth(String kind, String from, String to, String at) {
        /** Whether nothing is wrong. */
        public boolean isHealthy() {
            return kind.isEmpty();
        }
    }

    /**
     * A step of the tour.
     *
     * @param view id of the view that it is about
     * @param until what the user must do before it goes on by itself
     */
    public record Step(String text, String view, Until until) {}

    /** What ends a step. */
    public enum Until {
        /** Reading is enough. */
        NOTHING,
        FINDING,
        CONVERSATION,
        PACKET,
        PLACE,
        FILTER
    }

    /** An answer of a quiz. @param kind of finding, empty for no fault */
    public record Cause(String kind, String text) {}

    public DemoScript {
        steps = List.copyOf(steps);
        causes = List.copyOf(causes);
    }
}
