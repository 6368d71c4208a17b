package phalanx.show.cause;

import java.util.Arrays;
import java.util.List;
import phalanx.diagnose.Evidence;

/** The packets that prove a finding, one after the other over all its evidence. Immutable, any thread. */
record ProofSteps(List<Evidence> evidence) {
    /** A frame of a capture. */
    record Step(int capture, long frame) {}

    int size() {
        return evidence.stream().mapToInt(each -> each.frames().length).sum();
    }

    Step get(int index) {
        int left = index;
        for (Evidence each : evidence) {
            if (left < each.frames().length) {
                return new Step(each.capture(), each.frames()[left]);
            }
            left -= each.frames().length;
        }
        throw new IndexOutOfBoundsException(index);
    }

    /** Where that frame stands, -1 when it is no proof. */
    int indexOf(int capture, long frame) {
        int before = 0;
        for (Evidence each : evidence) {
            int at = each.capture() == capture ? Arrays.binarySearch(each.frames(), frame) : -1;
            if (at >= 0) {
                return before + at;
            }
            before += each.frames().length;
        }
        return -1;
    }
}
