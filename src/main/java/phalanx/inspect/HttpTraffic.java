package phalanx.inspect;

import org.jspecify.annotations.Nullable;

/** HTTP/1.x requests and responses of all streams, and how long responses took. One thread while it is filled. */
public final class HttpTraffic {
    private final ResponseTimes times = new ResponseTimes();
    private final ResponseTimes timesAcrossGaps = new ResponseTimes();
    private final CodeCounts codes = new CodeCounts();
    private final @Nullable FrameEvents events;
    private long requests;
    private long http2Frames;
    private long http2Headers;
    private long responses;

    /** @param events told frame by frame what was completed, null when nobody asks */
    HttpTraffic(@Nullable FrameEvents events) {
        this.events = events;
    }

    @Nullable
    FrameEvents events() {
        return events;
    }

    void request() {
        requests++;
    }

    void http2Frame(boolean headers) {
        http2Frames++;
        http2Headers += headers ? 1 : 0;
    }

    /** Frames of HTTP/2 connections in clear text. */
    public long http2Frames() {
        return http2Frames;
    }

    /** HEADERS frames of these. */
    public long http2Headers() {
        return http2Headers;
    }

    void response(int code) {
        responses++;
        codes.add(code);
    }

    void time(boolean whole, long frame, long nanos) {
        (whole ? times : timesAcrossGaps).add(frame, nanos);
        if (events != null) {
            events.httpTime(nanos);
        }
    }

    public long requests() {
        return requests;
    }

    public long responses() {
        return responses;
    }

    /** Of responses, by status code. */
    public CodeCounts codes() {
        return codes;
    }

    /** From the frame that completes a request to the one that completes its response, of messages that were captured whole. */
    public ResponseTimes times() {
        return times;
    }

    /** As {@link #times()}, of responses of which parts are missing in the capture. */
    public ResponseTimes timesAcrossGaps() {
        return timesAcrossGaps;
    }
}
