package phalanx.proxy.encode;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientFilter;
import phalanx.proxy.http.ClientStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;

/** Stands before a client's stream and compresses what is worth it, event by event. On the exchange's event loop. */
final class EncodedAnswer extends ClientFilter {
    private static final boolean BROTLI_WORKS = brotliWorks();

    private final Exchange exchange;
    private final EncodingSettings settings;
    private @Nullable OutputStream encoder;
    private @Nullable ByteBuf encoded;
    private boolean unflushed;
    private boolean streaming;

    EncodedAnswer(Exchange exchange, ClientStream client, EncodingSettings settings) {
        super(client);
        this.exchange = exchange;
        this.settings = settings;
        exchange.whenOver(_ -> release());
    }

    private static boolean brotliWorks() {
        try {
            return Brotli4jLoader.isAvailable();
        } catch (LinkageError _) { // a platform without the library: gzip does
            return false;
        }
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        String encoding = end ? "" : encoding(head);
        if (!worth(head)) {
            client().head(head, end);
            return;
        }
        Fields fields = head.fields();
        if (!fields.hasToken(FieldName.VARY, "Accept-Encoding")) {
            fields.add(FieldName.VARY, "Accept-Encoding"); // also where this client takes none
        }
        if (encoding.isEmpty() || !open(encoding)) {
            client().head(head, end);
            return;
        }
        fields.set(FieldName.CONTENT_ENCODING, encoding);
        fields.remove(FieldName.ACCEPT_RANGES);
        String tag = fields.value(FieldName.ETAG);
        if (tag != null && !tag.startsWith("W/")) { // the octets differ now (RFC 9110 section 8.8.3)
            fields.set(FieldName.ETAG, "W/" + tag);
        }
        streaming = head.contentLength() < 0;
        client().head(head.withLength(-1), false);
    }

    private boolean worth(ResponseHead head) {
        Fields fields = head.fields();
        String type = fields.value(FieldName.CONTENT_TYPE);
        if (type == null
                || head.status() != 200 && head.status() != 403 && head.status() != 404
                || head.contentLength() >= 0 && head.contentLength() < settings.least()
                || fields.has(FieldName.CONTENT_ENCODING)
                || fields.hasToken(FieldName.CACHE_CONTROL, "no-transform")) {
            return false;
        }
        int semicolon = type.indexOf(';');
        return settings.types()
                .contains((semicolon < 0 ? type : type.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT));
    }

    private String encoding(ResponseHead head) {
        Fields asked = exchange.request().fields();
        if (head.bodiless(exchange.request().method())) {
            return "";
        }
        if (settings.brotli() && BROTLI_WORKS && asked.acceptsEncoding("br")) {
            return "br";
        }
        return settings.gzip() && asked.acceptsEncoding("gzip") ? "gzip" : "";
    }

    private boolean open(String encoding) {
        try {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(4096);
            encoded = buffer;
            OutputStream to = new ByteBufOutputStream(buffer);
            if (encoding.equals("br")) {
                encoder = new BrotliOutputStream(to, new Encoder.Parameters().setQuality(settings.level()));
            } else {
                int level = settings.level();
                encoder = new GZIPOutputStream(to, 4096, true) {
                    {
                        def.setLevel(level);
                        def.setStrategy(Deflater.DEFAULT_STRATEGY);
                    }
                };
            }
            return true;
        } catch (IOException _) {
            release();
            return false;
        }
    }

    @Override
    public void data(ByteBuf data) {
        OutputStream to = encoder;
        if (to == null) {
            client().data(data);
            return;
        }
        try {
            data.readBytes(to, data.readableBytes());
            unflushed = true;
            sendEncoded();
        } catch (IOException _) { // nothing that writes to memory fails
            client().abort();
        } finally {
            data.release();
        }
    }

    private void sendEncoded() {
        ByteBuf buffer = encoded;
        if (buffer != null && buffer.isReadable()) {
            client().data(buffer.readBytes(buffer.readableBytes()));
            buffer.clear();
        }
    }

    @Override
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        return encoder == null && client().file(file, from, length, taken);
    }

    @Override
    public void end(@Nullable Fields trailer) {
        OutputStream to = encoder;
        if (to != null) {
            try {
                to.close();
            } catch (IOException _) { // nothing that writes to memory fails
                client().abort();
                return;
            }
            encoder = null;
            sendEncoded();
            release();
        }
        client().end(trailer);
    }

    @Override
    public void flush() {
        OutputStream to = encoder;
        if (to != null && unflushed && streaming) {
            unflushed = false;
            try {
                to.flush(); // what was sent so far can be read: events must not wait for the next one
            } catch (IOException _) { // nothing that writes to memory fails
                client().abort();
                return;
            }
            sendEncoded();
        }
        client().flush();
    }

    private void release() {
        OutputStream to = encoder;
        encoder = null;
        if (to != null) {
            try {
                to.close(); // frees what the library holds
            } catch (IOException _) {
                // nobody reads it
            }
        }
        if (encoded != null) {
            encoded.release();
            encoded = null;
        }
    }
}
