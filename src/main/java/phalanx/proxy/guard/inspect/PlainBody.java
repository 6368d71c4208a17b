package phalanx.proxy.guard.inspect;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A body without its codings (RFC 9110 section 8.4.1: gzip, deflate, br, zstd), for the inspection alone: as much of it as is inspected,
 * so that no body costs more than its first octets do. Keeps what it read before a fault. One thread; there is one for each event loop.
 */
final class PlainBody {
    /** How the codings came off. */
    enum Result {
        /** All is there. */
        WHOLE,
        /** There is more than is inspected. */
        CUT,
        /** It grows so much that it is meant to do harm. */
        BOMB,
        /** It is not what its field says. */
        BROKEN,
        /** Nothing here reads this coding. */
        UNKNOWN
    }

    private static final int MOST_CODINGS = 3;
    /** Apache's bound (DeflateInflateRatioLimit); deflate itself comes to 1032. */
    private static final int MOST_RATIO = 200;

    private static final int SMALL = 32 << 10;
    private static final int PIECE = 4 << 10;
    private static final int GZIP_HEAD = 10;
    private static final int GZIP_TAIL = 8;
    /** Members of one gzip body; who packs blocks (BGZF) has one for each 64 KiB. */
    private static final int MOST_MEMBERS = 64;

    private byte[] octets = new byte[0];
    private byte[] spare = new byte[0];
    private int length;
    private int most;
    private int labelEnd;

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Where the free text in the head of a gzip body ends, which begins at its tenth octet; 0 where there is none. */
    int labelEnd() {
        return labelEnd;
    }

    /**
     * Takes the codings off.
     *
     * @param codings the Content-Encoding field's value
     * @param whole whether the coded octets are all there
     * @param limit how much is wanted
     */
    Result undo(String codings, byte[] coded, int codedLength, boolean whole, int limit) {
        labelEnd = 0;
        most = limit;
        length = 0;
        byte[] from = coded;
        int fromLength = codedLength;
        Result result = whole ? Result.WHOLE : Result.CUT;
        boolean any = false;
        String[] names = codings.split(",", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            String name = names[i].strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || name.equals("identity")) {
                continue;
            }
            if (names.length - i > MOST_CODINGS) {
                return Result.UNKNOWN;
            }
            any = true;
            swap();
            result = layer(name, from, fromLength, result == Result.WHOLE);
            if (result == Result.UNKNOWN || result == Result.BROKEN || result == Result.BOMB) {
                return result;
            }
            from = octets;
            fromLength = length;
        }
        if (!any) { // nothing but identity
            ensure(codedLength);
            System.arraycopy(coded, 0, octets, 0, codedLength);
            length = codedLength;
        }
        return result;
    }

    private void swap() {
        byte[] last = octets;
        octets = spare;
        spare = last;
        length = 0;
    }

    private void ensure(int size) {
        if (octets.length < size) {
            octets = Arrays.copyOf(octets, Math.min(Math.max(most, size), Math.max(size, octets.length * 2)));
        }
    }

    private Result layer(String coding, byte[] from, int size, boolean whole) {
        return switch (coding) {
            case "gzip", "x-gzip" -> gzip(from, size, whole);
            case "deflate" -> deflate(from, size, whole);
            case "br" -> Brotli.WORKS ? read(BrotliInputStream::new, from, size, whole) : Result.UNKNOWN;
            case "zstd" -> read(ZstdInputStream::new, from, size, whole);
            default -> Result.UNKNOWN;
        };
    }

    private boolean bomb(long read) {
        return length > SMALL && length / MOST_RATIO > read;
    }

    /** RFC 1952: one member behind the other. */
    private Result gzip(byte[] from, int size, boolean whole) {
        int at = 0;
        Inflater inflater = new Inflater(true);
        try {
            for (int members = 0; members == 0 || at < size; members++) {
                int data = members == MOST_MEMBERS ? -1 : gzipHead(from, at, size);
                if (data < 0) {
                    return whole ? Result.BROKEN : Result.CUT;
                }
                if (at == 0 && data > GZIP_HEAD) {
                    labelEnd = data;
                }
                inflater.reset();
                Result result = inflate(inflater, from, data, size, whole);
                if (result != Result.WHOLE) {
                    return result;
                }
                at = size - inflater.getRemaining() + GZIP_TAIL;
            }
        } finally {
            inflater.end();
        }
        return at == size || !whole ? ended(whole) : Result.BROKEN;
    }

    /** Where a member's data begins, -1 where its head is none or not all there (RFC 1952 section 2.3). */
    private static int gzipHead(byte[] from, int at, int size) {
        if (size - at <= GZIP_HEAD || (from[at] & 0xFF) != 0x1F || (from[at + 1] & 0xFF) != 0x8B || from[at + 2] != 8) {
            return -1;
        }
        int flags = from[at + 3];
        int data = at + GZIP_HEAD;
        if ((flags & 4) != 0) {
            data += data + 2 > size ? 2 : 2 + (from[data] & 0xFF) + ((from[data + 1] & 0xFF) << 8);
        }
        for (int text = flags & 0b11000; text != 0; text &= text - 1) { // a name, a comment, or both
            while (data < size && from[data] != 0) {
                data++;
            }
            data++;
        }
        data += (flags & 2) != 0 ? 2 : 0;
        return data < size ? data : -1;
    }

    /** RFC 1950, or RFC 1951 as it is: senders do both. */
    private Result deflate(byte[] from, int size, boolean whole) {
        boolean wrapped = size > 1 && (from[0] & 15) == 8 && ((from[0] & 0xFF) << 8 | from[1] & 0xFF) % 31 == 0;
        Inflater inflater = new Inflater(!wrapped);
        try {
            Result result = inflate(inflater, from, 0, size, whole);
            return result == Result.WHOLE && inflater.getRemaining() > 0 ? Result.BROKEN : result;
        } finally {
            inflater.end();
        }
    }

    private Result inflate(Inflater inflater, byte[] from, int at, int size, boolean whole) {
        inflater.setInput(from, at, size - at);
        int before = length;
        try {
            while (!inflater.finished()) {
                if (length == most) {
                    return bomb(at + inflater.getBytesRead()) ? Result.BOMB : Result.CUT;
                }
                ensure(Math.min(most, length + PIECE));
                int more = inflater.inflate(octets, length, Math.min(octets.length, most) - length);
                length += more;
                if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return whole || inflater.needsDictionary() ? Result.BROKEN : Result.CUT;
                }
            }
        } catch (DataFormatException _) {
            length = (int) Math.min(most, before + inflater.getBytesWritten());
            return Result.BROKEN;
        }
        return bomb(at + inflater.getBytesRead()) ? Result.BOMB : Result.WHOLE;
    }

    private interface Opened {
        InputStream over(InputStream coded) throws IOException;
    }

    private Result read(Opened opened, byte[] from, int size, boolean whole) {
        ByteArrayInputStream coded = new ByteArrayInputStream(from, 0, size);
        try (InputStream plain = opened.over(coded)) {
            while (true) {
                if (length == most) {
                    return plain.read() < 0 ? ended(whole) : bomb(size - coded.available()) ? Result.BOMB : Result.CUT;
                }
                ensure(Math.min(most, length + PIECE));
                int more = plain.read(octets, length, Math.min(PIECE, most - length));
                if (more < 0) {
                    return bomb(size) ? Result.BOMB : ended(whole);
                }
                length += more;
            }
        } catch (IOException | RuntimeException _) { // the libraries say so in either way
            return whole ? Result.BROKEN : Result.CUT;
        }
    }

    private static Result ended(boolean whole) {
        return whole ? Result.WHOLE : Result.CUT;
    }

    /** Loaded with the first body that is coded so. */
    private static final class Brotli {
        private static final boolean WORKS = works();

        private static boolean works() {
            try {
                return Brotli4jLoader.isAvailable();
            } catch (LinkageError _) { // a platform without the library
                return false;
            }
        }
    }
}
