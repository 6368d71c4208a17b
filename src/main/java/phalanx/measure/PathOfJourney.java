package phalanx.measure;

import java.util.List;
import phalanx.net.Direction;
import phalanx.stitch.HopPath;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * Which path each journey took, where traffic divides: the one all of its sightings lie on; when several would do, as for a
 * packet lost before the fork, the one that the rest of its conversation took.
 */
final class PathOfJourney {
    private final Stitched stitched;
    private final List<HopPath> paths;
    private final long[] bits;
    /** {@code [conversation][direction]} index into paths, where it is the same for most. */
    private final int[][] usual;

    PathOfJourney(Stitched stitched) {
        this.stitched = stitched;
        paths = stitched.paths();
        bits = paths.stream()
                .mapToLong(
                        path -> path.captures().stream().mapToLong(c -> 1L << c).sum())
                .toArray();
        usual = new int[stitched.conversations().size()][2];
        int[][][] votes = new int[usual.length][][];
        Journeys journeys = stitched.journeys();
        for (int journey = 0; journey < journeys.size(); journey++) {
            int[][] vote = votes[journeys.conversation(journey)];
            if (vote == null) {
                vote = new int[2][paths.size()];
                votes[journeys.conversation(journey)] = vote;
            }
            int only = -1;
            int fits = 0;
            for (int path = 0; path < paths.size(); path++) {
                if (fits(journey, path)) {
                    only = path;
                    fits++;
                }
            }
            if (fits == 1) {
                vote[way(journeys.direction(journey))][only]++;
            }
        }
        for (int conversation = 0; conversation < usual.length; conversation++) {
            for (int way = 0; way < 2; way++) {
                usual[conversation][way] = votes[conversation] == null ? -1 : largest(votes[conversation][way]);
            }
        }
    }

    /** Index into {@link Stitched#paths()}, -1 when the journey fits none. */
    int of(int journey) {
        Journeys journeys = stitched.journeys();
        int likely = usual[journeys.conversation(journey)][way(journeys.direction(journey))];
        if (likely >= 0 && fits(journey, likely)) {
            return likely;
        }
        for (int path = 0; path < paths.size(); path++) {
            if (fits(journey, path)) {
                return path;
            }
        }
        return -1;
    }

    private boolean fits(int journey, int path) {
        Journeys journeys = stitched.journeys();
        if (journeys.direction(journey) != paths.get(path).direction()) {
            return false;
        }
        for (int c = 0; c < stitched.captures().size(); c++) {
            if ((bits[path] >>> c & 1) == 0 && journeys.row(journey, c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int way(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? 0 : 1;
    }

    private static int largest(int[] votes) {
        int best = -1;
        for (int i = 0; i < votes.length; i++) {
            if (votes[i] > 0 && (best < 0 || votes[i] > votes[best])) {
                best = i;
            }
        }
        return best;
    }
}
