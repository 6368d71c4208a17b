package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the body of one HTTP/1 message after another out of what comes behind its head (RFC 9112 sections 6 and 7). Chunk extensions
 * are checked and dropped. One thread.
 */
final class BodyReader {
    /** What the next octets hold. */
    enum Step {
        /** Nothing yet: more octets are needed. */
        MORE,
        /** {@link #data} has some of the body. */
        DATA,
        /** The body is over. */
        END,
        /** {@link #refusal} says why the body cannot be read on. */
        REFUSED
    }

    private enum State {
        LENGTH,
        SIZE,
        BEFORE_EXTENSION,
        EXTENSION,
        SIZE_END,
        CHUNK,
        CHUNK_CR,
        CHUNK_LF,
        TRAILER,
        UNTIL_CLOSE,
        OVER
    }

    /** Octets of chunk extensions in one body; nobody uses them but to tie up a reader. */
    private static final int MOST_EXTENSIONS = 4096;

    private final FieldsReader trailers;
    private State state = State.OVER;
    private long left;
    private int digits;
    private int extensions;
    private @Nullable ByteBuf data;
    private @Nullable Fields trailer;
    private @Nullable Refusal refusal;

    BodyReader(Http1Limits limits, boolean lineFeedAlone) {
        this.trailers = new FieldsReader(limits, lineFeedAlone);
    }

    /** No body. */
    void beginNone() {
        state = State.OVER;
        trailer = null;
    }

    /** A body of so many octets. */
    void beginLength(long octets) {
        left = octets;
        trailer = null;
        state = octets == 0 ? State.OVER : State.LENGTH;
    }

    /** A body in chunks. */
    void beginChunked() {
        state = State.SIZE;
        digits = 0;
        left = 0;
        extensions = 0;
        trailer = null;
        trailers.begin();
    }

    /** All octets up to the end of the connection. */
    void beginUntilClose() {
        state = State.UNTIL_CLOSE;
        trailer = null;
    }

    boolean over() {
        return state == State.OVER;
    }

    boolean untilClose() {
        return state == State.UNTIL_CLOSE;
    }

    /** The body octets found, to be released by the caller. */
    ByteBuf data() {
        return Objects.requireNonNull(data);
    }

    /** The trailer of the body just read, or null. */
    @Nullable
    Fields trailer() {
        return trailer;
    }

    Refusal refusal() {
        return Objects.requireNonNull(refusal);
    }

    private Step refuse(String why) {
        refusal = Refusal.bad(why);
        return Step.REFUSED;
    }

    /** Takes octets from a buffer up to the next step. */
    Step next(ByteBuf in) {
        while (state != State.OVER) {
            if (!in.isReadable()) {
                return Step.MORE;
            }
            switch (state) {
                case LENGTH, CHUNK -> {
                    int taken = (int) Math.min(left, in.readableBytes());
                    data = in.readRetainedSlice(taken);
                    left -= taken;
                    if (left == 0) {
                        state = state == State.LENGTH ? State.OVER : State.CHUNK_CR;
                    }
                    return Step.DATA;
                }
                case UNTIL_CLOSE -> {
                    data = in.readRetainedSlice(in.readableBytes());
                    return Step.DATA;
                }
                case SIZE -> {
                    int c = in.readByte();
                    int digit = Character.digit((char) (c & 0xFF), 16);
                    if (digit >= 0) {
                        if (++digits > 15) {
                            return refuse("a chunk size has more than 15 digits");
                        }
                        left = left << 4 | digit;
                    } else if (digits == 0) {
                        return refuse("a chunk size does not begin with a digit");
                    } else if (c == '\r') {
                        state = State.SIZE_END;
                    } else if (c == ';') {
                        state = State.EXTENSION;
                        extensions++;
                    } else if (c == ' ' || c == '\t') {
                        state = State.BEFORE_EXTENSION;
                    } else {
                        return refuse("a chunk size holds something other than digits");
                    }
                }
                case BEFORE_EXTENSION -> { // white space is bad but seen (RFC 9112 section 7.1.1); before the line's
                    // end, an attack
                    int c = in.readByte();
                    if (c == ';') {
                        state = State.EXTENSION;
                    } else if (c != ' ' && c != '\t' || ++extensions > MOST_EXTENSIONS) {
                        return refuse("a chunk size is followed by a space");
                    }
                }
                case EXTENSION -> {
                    int c = in.readByte() & 0xFF;
                    if (c == '\r') {
                        state = State.SIZE_END;
                    } else if (c < 0x20 && c != '\t' || c == 0x7F) {
                        return refuse("a chunk extension holds a control octet");
                    } else if (++extensions > MOST_EXTENSIONS) {
                        return refuse("the chunk extensions are longer than " + MOST_EXTENSIONS + " octets");
                    }
                }
                case SIZE_END -> {
                    if (in.readByte() != '\n') {
                        return refuse("a CR stands inside the line of a chunk size");
                    }
                    digits = 0;
                    state = left == 0 ? State.TRAILER : State.CHUNK;
                }
                case CHUNK_CR, CHUNK_LF -> {
                    boolean first = state == State.CHUNK_CR;
                    if (in.readByte() != (first ? '\r' : '\n')) {
                        return refuse("a chunk is longer than its size says");
                    }
                    state = first ? State.CHUNK_LF : State.SIZE;
                }
                case TRAILER -> {
                    switch (trailers.read(in)) {
                        case MORE -> {
                            return Step.MORE;
                        }
                        case REFUSED -> {
                            refusal = trailers.refusal();
                            return Step.REFUSED;
                        }
                        case DONE -> {
                            trailer = trailers.fieldCount() == 0 ? null : trailers.fields();
                            state = State.OVER;
                        }
                    }
                }
                case OVER -> {}
            }
        }
        return Step.END;
    }
}
