package phalanx.redact;

/**
 * What a redaction leaves.
 *
 * @param keepPayload bytes of each packet's payload that stay where HTTP, TLS or DNS is understood in them, names replaced; 0 for none.
 *     DNS messages over UDP stay whole, with their names and addresses replaced
 * @param blankNames whether names are blanked instead of replaced by others
 * @param keepVendor whether the first three bytes of hardware addresses stay, which name the vendor
 */
public record RedactionOptions(int keepPayload, boolean blankNames, boolean keepVendor) {
    /** No payload, names replaced, vendors hidden. */
    public static final RedactionOptions DEFAULT = new RedactionOptions(0, false, false);

    public RedactionOptions {
        if (keepPayload < 0) {
            throw new IllegalArgumentException("bytes that stay: " + keepPayload);
        }
    }

    /** What a redacted file says of itself; begins with {@link phalanx.capture.CaptureSummary#REDACTED}. */
    public String statement() {
        return "%s addresses by Crypto-PAn, hardware addresses %s, payload cut to %,d bytes, names %s."
                .formatted(
                        phalanx.capture.CaptureSummary.REDACTED,
                        keepVendor ? "but for the vendor" : "replaced",
                        keepPayload,
                        blankNames ? "blanked" : "replaced");
    }
}
