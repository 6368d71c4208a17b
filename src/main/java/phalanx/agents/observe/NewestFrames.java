package phalanx.agents.observe;

import java.util.Optional;
import java.util.stream.LongStream;

/** The newest packets of a kind, those of one file: it is told of as long as one of the last seconds is among them. One thread. */
final class NewestFrames {
    private final long[] frames = new long[Proof.MOST];
    private String file = "";
    private int count;
    private long last;

    void add(String in, long frame, long second) {
        if (!file.equals(in)) {
            file = in;
            count = 0;
        }
        frames[count++ % frames.length] = frame;
        last = second;
    }

    /** The packets, if one was captured after this second. */
    Optional<Proof> after(long second) {
        if (last <= second || count == 0) {
            return Optional.empty();
        }
        LongStream kept =
                LongStream.range(Math.max(0, count - frames.length), count).map(i -> frames[(int) (i % frames.length)]);
        return Optional.of(new Proof(file, kept.boxed().toList()));
    }
}
