package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one head after another (RFC 9112 section 2.1): a first line, fields, an empty line. Octets are checked as they come, so that
 * what can never become a message is refused at once. One thread.
 */
abstract class HeadReader {
    /** How far a head has come. */
    enum Progress {
        MORE,
        DONE,
        REFUSED
    }

    private static final int STEP = 2048;

    /** What an octet may be part of. */
    private static final int TOKEN = 1;

    private static final int FIELD_VALUE = 2;
    private static final byte[] CLASS = classes();

    private static final int FIRST_LINE = 0;
    private static final int FIELD_START = 1;
    private static final int NAME = 2;
    private static final int BEFORE_VALUE = 3;
    private static final int VALUE = 4;
    private static final int FIELD_END = 5;
    private static final int HEAD_END = 6;

    private final int largest;
    private final int mostFields;
    /** Whether a line may end in LF alone, as CGI scripts and old servers write (RFC 9112 section 2.2). */
    private final boolean lineFeedAlone;

    byte[] store = new byte[STEP];
    int position;
    int end;
    private int state;
    private int nameStart;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;
    private int[] spans = new int[64];
    private FieldName[] names = new FieldName[16];
    private int count;
    private @Nullable Refusal refusal;

    HeadReader(int largest, int mostFields, boolean lineFeedAlone) {
        this.largest = largest;
        this.mostFields = mostFields;
        this.lineFeedAlone = lineFeedAlone;
        begin();
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = '0'; c <= '9'; c++) {
            classes[c] |= TOKEN;
        }
        for (int c = 'a'; c <= 'z'; c++) {
            classes[c] |= TOKEN;
            classes[c - 32] |= TOKEN;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) { // RFC 9110 section 5.6.2
            classes[c] |= TOKEN;
        }
        for (int c = 0x20; c < 256; c++) {
            if (c != 0x7F) {
                classes[c] |= FIELD_VALUE;
            }
        }
        classes['\t'] |= FIELD_VALUE;
        return classes;
    }

    static boolean isToken(int octet) {
        return (CLASS[octet & 0xFF] & TOKEN) != 0;
    }

    /** Gets ready for the next head. */
    final void begin() {
        position = 0;
        end = 0;
        count = 0;
        state = hasFirstLine() ? FIRST_LINE : FIELD_START;
        refusal = null;
        if (store.length > 8 * STEP) {
            store = new byte[STEP];
        }
        beginFirstLine();
    }

    /** Whether anything of the head has been read. */
    final boolean started() {
        return end > 0;
    }

    abstract boolean hasFirstLine();

    abstract void beginFirstLine();

    /** Reads on in {@code store} from {@code position}; true when the first line is over and {@code position} behind its LF. */
    abstract boolean firstLine();

    /** Checks what only the whole head can tell. */
    abstract void checkHead();

    final void refuse(Refusal why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    final boolean refused() {
        return refusal != null;
    }

    final Refusal refusal() {
        return Objects.requireNonNull(refusal);
    }

    final Fields fields() {
        return Fields.parsed(store, position, spans, names, count);
    }

    final int fieldCount() {
        return count;
    }

    final FieldName known(int index) {
        return names[index];
    }

    /** The value of a field as it stands in the store. */
    final String value(int index) {
        return new String(store, spans[index * 4 + 2], spans[index * 4 + 3], StandardCharsets.ISO_8859_1);
    }

    /** Takes the octets of the head from a buffer; what comes behind it stays there. */
    final Progress read(ByteBuf in) {
        while (in.isReadable()) {
            int taken = Math.min(in.readableBytes(), STEP);
            if (end + taken > store.length) {
                store = Arrays.copyOf(store, Math.max(end + taken, store.length * 2));
            }
            in.readBytes(store, end, taken);
            end += taken;
            boolean done = parse();
            if (refusal == null && position > largest) {
                refuse(tooLarge());
            }
            if (refusal != null) {
                return Progress.REFUSED;
            }
            if (done) {
                in.readerIndex(in.readerIndex() - (end - position));
                checkHead();
                return refusal != null ? Progress.REFUSED : Progress.DONE;
            }
        }
        return Progress.MORE;
    }

    Refusal tooLarge() {
        return new Refusal(431, "the header is larger than " + largest + " bytes");
    }

    private boolean parse() {
        while (position < end && refusal == null) {
            switch (state) {
                case FIRST_LINE -> {
                    if (firstLine()) {
                        state = FIELD_START;
                    } else {
                        return false;
                    }
                }
                case FIELD_START -> {
                    byte c = store[position];
                    if (c == '\r') {
                        position++;
                        state = HEAD_END;
                    } else if (c == '\n' && lineFeedAlone) {
                        position++;
                        return true;
                    } else if (isToken(c)) {
                        nameStart = position;
                        state = NAME;
                    } else {
                        refuse(Refusal.bad(
                                c == ' ' || c == '\t'
                                        ? "a field is folded over two lines"
                                        : c == '\n'
                                                ? "a line ends in LF without CR"
                                                : "a field name holds an octet that no name may hold"));
                    }
                }
                case NAME -> {
                    while (position < end && isToken(store[position])) {
                        position++;
                    }
                    if (position < end) {
                        if (store[position] != ':') {
                            refuse(Refusal.bad("a field name is followed by something other than a colon"));
                        }
                        nameEnd = position++;
                        state = BEFORE_VALUE;
                    }
                }
                case BEFORE_VALUE -> {
                    while (position < end && (store[position] == ' ' || store[position] == '\t')) {
                        position++;
                    }
                    if (position < end) {
                        valueStart = position;
                        state = VALUE;
                    }
                }
                case VALUE -> {
                    int p = position;
                    byte[] bytes = store;
                    while (p < end && (CLASS[bytes[p] & 0xFF] & FIELD_VALUE) != 0) {
                        p++;
                    }
                    position = p;
                    if (p < end) {
                        valueEnd = p;
                        byte c = bytes[p];
                        position++;
                        if (c == '\r') {
                            state = FIELD_END;
                        } else if (c == '\n' && lineFeedAlone) {
                            endField();
                        } else {
                            refuse(Refusal.bad(
                                    c == '\n'
                                            ? "a line ends in LF without CR"
                                            : "a field value holds a control octet"));
                        }
                    }
                }
                case FIELD_END -> {
                    if (store[position++] == '\n') {
                        endField();
                    } else {
                        refuse(Refusal.bad("a CR stands inside a line"));
                    }
                }
                default -> {
                    if (store[position++] == '\n') {
                        return true;
                    }
                    refuse(Refusal.bad("a CR stands inside a line"));
                }
            }
        }
        return false;
    }

    private void endField() {
        if (count == mostFields) {
            refuse(new Refusal(431, "there are more than " + mostFields + " fields"));
            return;
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            spans = Arrays.copyOf(spans, count * 8);
        }
        int stop = valueEnd;
        while (stop > valueStart && (store[stop - 1] == ' ' || store[stop - 1] == '\t')) {
            stop--;
        }
        spans[count * 4] = nameStart;
        spans[count * 4 + 1] = nameEnd - nameStart;
        spans[count * 4 + 2] = valueStart;
        spans[count * 4 + 3] = stop - valueStart;
        names[count++] = FieldName.of(store, nameStart, nameEnd - nameStart);
        state = FIELD_START;
    }

    /** A length in plain digits, or -1 for anything else. */
    final long lengthValue(int index) {
        int start = spans[index * 4 + 2];
        int digits = spans[index * 4 + 3];
        if (digits == 0 || digits > 18) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = store[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
