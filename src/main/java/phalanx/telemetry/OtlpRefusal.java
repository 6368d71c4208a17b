package phalanx.telemetry;

/**
 * Why a request is not taken: as HTTP says it (RFC 9110 section 15; "OTLP Specification", Failures), and as gRPC does ("gRPC status codes").
 * Only {@link #BUSY} and {@link #NOT_KEPT} are worth to be tried again, which their codes tell the sender.
 */
enum OtlpRefusal {
    NOWHERE(404, 12, "Only traces, metrics and logs of OTLP are taken: /v1/traces, /v1/metrics, /v1/logs."),
    METHOD(405, 12, "Telemetry is sent by POST."),
    PAGE(403, 7, "Pages in a browser may not send, and only this machine by its own name may."),
    CONTENT(415, 12, "application/x-protobuf and application/json are taken, plain or as gzip."),
    MALFORMED(400, 3, "The body is no such message of OTLP."),
    TOO_LARGE(413, 8, "The message is larger than is taken; send smaller batches."),
    SLOW(408, 4, "The message did not come to its end in time."),
    BUSY(503, 14, "Too much is coming at once; try again."),
    NOT_KEPT(503, 14, "What came cannot be kept; try again when there is room.");

    private final int status;
    private final int code;
    private final String text;

    OtlpRefusal(int status, int code, String text) {
        this.status = status;
        this.code = code;
        this.text = text;
    }

    int status() {
        return status;
    }

    /** The status of gRPC. */
    int code() {
        return code;
    }

    String text() {
        return text;
    }

    /** It is not taken. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final OtlpRefusal why;

        Refused(OtlpRefusal why) {
            super(why.text);
            this.why = why;
        }

        OtlpRefusal why() {
            return why;
        }
    }
}
