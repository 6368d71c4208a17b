package phalanx.show.omnibox;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.show.Selection;

/** Steps through the frames that a search found, capture point by capture point. Screen thread. */
final class FoundFrames {
    private final List<BitSet> frames;

    /** @param frames by capture point, numbers of frames */
    FoundFrames(List<BitSet> frames) {
        this.frames = frames;
    }

    /** Selects the next one after the selected frame. @return its place among all of them, from 1; 0 when there is none */
    long select(Selection selection, int step) {
        Selection.Packet at = selection.now().packet();
        int capture = at == null ? 0 : at.capture();
        int frame = step > 0
                ? frames.get(capture).nextSetBit(at == null ? 0 : (int) at.frame() + 1)
                : before(frames.get(capture), at);
        for (int tried = 0; frame < 0 && tried < frames.size(); tried++) {
            capture = Math.floorMod(capture + step, frames.size());
            frame = step > 0
                    ? frames.get(capture).nextSetBit(0)
                    : frames.get(capture).length() - 1;
        }
        if (frame < 0) {
            return 0;
        }
        selection.frame(capture, frame);
        long place = 0;
        for (int i = 0; i < capture; i++) {
            place += frames.get(i).cardinality();
        }
        return place + frames.get(capture).get(0, frame + 1).cardinality();
    }

    private static int before(BitSet frames, Selection.@Nullable Packet at) {
        return at == null || at.frame() == 0 ? frames.length() - 1 : frames.previousSetBit((int) at.frame() - 1);
    }
}
