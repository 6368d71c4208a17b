package phalanx.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import phalanx.decode.Bytes;

/** Reads the messages of one direction of an HTTP/1.x connection (RFC 9112): where each begins and where it is complete. */
final class HttpReader implements ByteStream.Reader {
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 200;

    private enum State {
        START_LINE,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        UNTIL_CLOSE,
        /** Behind a gap; the next segment that begins with a start line goes on. */
        LOST
    }

    private final HttpExchanges exchanges;
    private State state = State.START_LINE;
    private byte[] line = new byte[256];
    private int lineLength;
    private boolean request;
    private int code;
    private String method = "";
    private String target = "";
    private final List<String> headers = new ArrayList<>(0);
    private long left;
    private boolean chunked;
    private boolean sized;
    private boolean whole;

    HttpReader(HttpExchanges exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public boolean bytes(byte[] bytes, int start, int end, long frame, long now) {
        int at = start;
        if (state == State.LOST) {
            if (!HttpStart.at(bytes, start, end)) {
                return true;
            }
            state = State.START_LINE;
            lineLength = 0;
            if (Bytes.u8(bytes, start) == 'H' && Bytes.u8(bytes, start + 1) == 'T') {
                exchanges.responsesLost();
            }
        }
        while (at < end) {
            switch (state) {
                case BODY, CHUNK -> {
                    int taken = (int) Math.min(left, end - at);
                    left -= taken;
                    at += taken;
                    if (left == 0) {
                        if (state == State.BODY) {
                            complete(frame, now);
                        } else {
                            state = State.CHUNK_END;
                        }
                    }
                }
                case UNTIL_CLOSE, LOST -> at = end;
                case START_LINE, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> {
                    int octet = Bytes.u8(bytes, at++);
                    if (octet != '\n') {
                        add(octet);
                    } else {
                        int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
                        lineLength = 0;
                        line(length, frame, now);
                    }
                }
            }
        }
        return true;
    }

    private void add(int octet) {
        if (lineLength < LONGEST_LINE) {
            if (lineLength == line.length) {
                line = Arrays.copyOf(line, line.length * 2);
            }
            line[lineLength++] = (byte) octet;
        }
    }

    private void line(int length, long frame, long now) {
        switch (state) {
            case START_LINE -> startLine(length);
            case HEADERS -> {
                if (length == 0) {
                    headersEnd(frame, now);
                } else {
                    header(length);
                }
            }
            case CHUNK_SIZE -> {
                left = chunkSize(length);
                state = left > 0 ? State.CHUNK : left == 0 ? State.TRAILERS : State.LOST;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILERS -> {
                if (length == 0) {
                    complete(frame, now);
                }
            }
            case BODY, CHUNK, UNTIL_CLOSE, LOST -> throw new IllegalStateException("no line in " + state);
        }
    }

    private void startLine(int length) {
        if (length == 0) {
            return; // an empty line before a request is ignored (RFC 9112 section 2.2)
        }
        if (!HttpStart.at(line, length)) {
            state = State.LOST;
            return;
        }
        chunked = false;
        sized = false;
        whole = true;
        headers.clear();
        target = "";
        left = 0;
        request = line[0] != 'H' || line[1] != 'T';
        if (request) {
            int space = 0;
            while (space < length && line[space] != ' ') {
                space++;
            }
            method = new String(line, 0, space, StandardCharsets.ISO_8859_1);
            if (exchanges.events() != null) {
                target = target(space + 1, length);
            }
        } else {
            code = length >= 12 ? (int) number(9, 12, 10) : 0;
        }
        state = State.HEADERS;
    }

    private String target(int from, int length) {
        int end = from;
        while (end < length && line[end] != ' ') {
            end++;
        }
        return from < end ? new String(line, from, end - from, StandardCharsets.ISO_8859_1) : "";
    }

    private void header(int length) {
        if (exchanges.events() != null && headers.size() < MOST_HEADERS) {
            headers.add(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        }
        if (is("content-length:", length)) {
            int at = 15;
            while (at < length && line[at] == ' ') {
                at++;
            }
            left = number(at, length, 10);
            sized = true;
        } else if (is("transfer-encoding:", length)) {
            chunked = new String(line, 0, length, StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT)
                    .contains("chunked");
        }
    }

    private boolean is(String name, int length) {
        if (length < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int octet = line[i] >= 'A' && line[i] <= 'Z' ? line[i] + 32 : line[i];
            if (octet != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Digits from there on as a number; at most 2^53, and 0 without digits. */
    private long number(int from, int to, int base) {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(line[i], base);
            if (digit < 0) {
                break;
            }
            number = Math.min(1L << 53, number * base + digit);
        }
        return number;
    }

    private long chunkSize(int length) {
        return length == 0 || Character.digit(line[0], 16) < 0 ? -1 : number(0, length, 16);
    }

    /** RFC 9112 section 6.3: what decides how long the body is. */
    private void headersEnd(long frame, long now) {
        if (request) {
            exchanges.request();
        } else {
            exchanges.response(code);
        }
        boolean empty = !request && (code / 100 == 1 || code == 204 || code == 304 || exchanges.answersHead());
        if (empty || request && !chunked && !sized || sized && !chunked && left == 0) {
            complete(frame, now);
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (sized) {
            state = State.BODY;
        } else {
            state = State.UNTIL_CLOSE;
        }
    }

    private void complete(long frame, long now) {
        state = State.START_LINE;
        FrameEvents events = exchanges.events();
        if (events != null) {
            events.http(new FrameEvents.HttpMessage(request ? method : "", target, request ? 0 : code, headers));
        }
        if (request) {
            exchanges.requestComplete(method, now);
        } else {
            exchanges.responseComplete(code, whole, frame, now);
        }
    }

    @Override
    public boolean gap(long length, long frame, long now) {
        whole = false;
        if (state == State.HEADERS) { // cut by the snaplen: what it began with is all that will be known of it
            if (request) {
                exchanges.request();
            } else {
                exchanges.response(code);
            }
            whole = true;
            complete(frame, now);
            state = State.LOST;
            return true;
        }
        boolean inBody = (state == State.BODY || state == State.CHUNK) && length < left;
        if (inBody) {
            left -= length;
        } else if (state != State.UNTIL_CLOSE) {
            state = State.LOST;
        }
        return true;
    }

    @Override
    public void end(long frame, long now) {
        if (state == State.UNTIL_CLOSE) {
            complete(frame, now);
        }
    }
}
