package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head that a CGI script writes: fields without a status line, the Status field taking its place (RFC 3875 section 6). One
 * thread.
 */
public final class CgiHeadReader {
    private final FieldsReader reader = new FieldsReader(Http1Limits.STANDARD, true);
    private final ResponseReader full = new ResponseReader(Http1Limits.STANDARD);
    private @Nullable String fault;

    /** Takes the head's octets from a buffer; null while it is not whole or when {@link #fault} is set. */
    public @Nullable ResponseHead read(ByteBuf in) {
        HeadReader.Progress progress = reader.read(in);
        if (progress == HeadReader.Progress.REFUSED) {
            fault = reader.refusal().reason();
        }
        return progress == HeadReader.Progress.DONE ? head(reader.fields()) : null;
    }

    /** As {@link #read}, of a head that has a status line (uwsgi). */
    public @Nullable ResponseHead readWithStatusLine(ByteBuf in) {
        HeadReader.Progress progress = full.read(in);
        if (progress == HeadReader.Progress.REFUSED) {
            fault = full.refusal().reason();
        } else if (progress == HeadReader.Progress.DONE && full.chunked()) {
            fault = "its body comes in chunks, which uwsgi does not know";
        } else if (progress == HeadReader.Progress.DONE) {
            return full.head();
        }
        return null;
    }

    /** Why the head cannot be read, or null. */
    public @Nullable String fault() {
        return fault;
    }

    private @Nullable ResponseHead head(Fields fields) {
        int status = fields.has(FieldName.LOCATION) ? 302 : 200;
        String given = fields.value(FieldName.STATUS);
        if (given != null) {
            if (!given.matches("[2-5][0-9]{2}( .*)?")) {
                fault = "the Status field holds no status";
                return null;
            }
            status = Integer.parseInt(given.substring(0, 3));
            fields.remove(FieldName.STATUS);
        }
        long length = -1;
        String lengthText = fields.value(FieldName.CONTENT_LENGTH);
        if (lengthText != null) {
            if (!lengthText.matches("[0-9]{1,18}")) {
                fault = "the Content-Length is no plain number";
                return null;
            }
            length = Long.parseLong(lengthText);
        }
        return ResponseHead.of(status, fields, length);
    }
}
