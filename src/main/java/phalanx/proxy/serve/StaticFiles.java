package phalanx.proxy.serve;

import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Replies;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.route.RequestPath;

/** Serves the files below a folder. The disk is asked on threads of its own, never on an event loop. Any thread. */
public final class StaticFiles implements Exchange.Handler {
    private static final Failure NOT_FOUND = Failure.client(404, "There is no such file.");

    private final StaticSettings settings;
    private final EventExecutorGroup disk;

    public StaticFiles(StaticSettings settings, EventExecutorGroup disk) {
        this.settings = settings;
        this.disk = disk;
    }

    /** Files that lie beside the one asked for, the smaller kind first. */
    private enum Precompressed {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz");

        private final String coding;
        private final String ending;

        Precompressed(String coding, String ending) {
            this.coding = coding;
            this.ending = ending;
        }
    }

    /** What was found on the disk: a file that is open, or why there is none. */
    private record Found(
            @Nullable FileChannel file,
            long size,
            Instant modified,
            String name,
            String encoding,
            boolean folder,
            @Nullable Failure failure) {
        static Found not(Failure failure) {
            return new Found(null, 0, Instant.EPOCH, "", "", false, failure);
        }
    }

    @Override
    public void handle(Exchange exchange) {
        RequestHead request = exchange.request();
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            Fields fields = Replies.fields(exchange).add(FieldName.ALLOW, "GET, HEAD");
            Replies.empty(exchange, 405, fields);
            return;
        }
        String path = Objects.requireNonNullElse(RequestPath.normalized(request.path()), "/");
        String below = path.startsWith(settings.prefix())
                ? path.substring(settings.prefix().length())
                : path;
        if (!below.isEmpty() && !below.startsWith("/") && !settings.prefix().endsWith("/")) {
            exchange.failed(NOT_FOUND); // /static../x is not below /static
            return;
        }
        List<Precompressed> accepted = settings.precompressed()
                ? Stream.of(Precompressed.values())
                        .filter(kind -> request.fields().acceptsEncoding(kind.coding))
                        .toList()
                : List.of();
        disk.submit(() -> {
            Found found = find(below, accepted);
            exchange.worker().loop().execute(() -> answer(exchange, found));
        });
    }

    private Found find(String below, List<Precompressed> accepted) {
        try {
            Path wanted = settings.root().resolve(below.startsWith("/") ? below.substring(1) : below);
            Path real = wanted.toRealPath();
            if (!real.startsWith(settings.root())) { // a link leads out of the folder
                return Found.not(NOT_FOUND);
            }
            if (Files.isDirectory(real)) {
                if (!below.endsWith("/") && !below.isEmpty()) {
                    return new Found(null, 0, Instant.EPOCH, "", "", true, null);
                }
                for (String index : settings.index()) {
                    Path file = real.resolve(index);
                    if (Files.isRegularFile(file) && file.toRealPath().startsWith(settings.root())) {
                        return open(file.toRealPath(), index, accepted);
                    }
                }
                return Found.not(Failure.client(403, "Folders are not listed."));
            }
            return open(real, real.getFileName().toString(), accepted);
        } catch (IOException | IllegalArgumentException _) { // not there, not ours to read, or no name of a file
            return Found.not(NOT_FOUND);
        }
    }

    private static Found open(Path file, String name, List<Precompressed> accepted) throws IOException {
        for (Precompressed kind : accepted) {
            Path small = file.resolveSibling(file.getFileName() + kind.ending);
            if (Files.isRegularFile(small, LinkOption.NOFOLLOW_LINKS)) {
                return opened(small, name, kind.coding);
            }
        }
        return opened(file, name, "");
    }

    private static Found opened(Path file, String name, String encoding) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) { // a device or a pipe would never end
            return Found.not(NOT_FOUND);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        return new Found(
                channel, channel.size(), attributes.lastModifiedTime().toInstant(), name, encoding, false, null);
    }

    private void answer(Exchange exchange, Found found) {
        FileChannel file = found.file();
        if (found.failure() != null) {
            exchange.failed(found.failure());
            return;
        }
        if (found.folder()) {
            String query = exchange.request().query();
            Fields fields = Replies.fields(exchange)
                    .add(
                            FieldName.LOCATION,
                            RequestPath.encoded(Objects.requireNonNullElse(
                                            RequestPath.normalized(
                                                    exchange.request().path()),
                                            "/"))
                                    + "/" + (query == null ? "" : "?" + query));
            Replies.empty(exchange, 301, fields);
            return;
        }
        if (file == null || exchange.over()) {
            FileBody.close(file);
            return;
        }
        Fields asked = exchange.request().fields();
        String tag = Conditions.tag(found.size(), found.modified());
        Fields fields = Replies.fields(exchange)
                .add(FieldName.LAST_MODIFIED, Conditions.date(found.modified()))
                .add(FieldName.ETAG, tag);
        if (settings.precompressed()) {
            fields.add(FieldName.VARY, "Accept-Encoding");
        }
        int status = Conditions.status(asked, tag, found.modified());
        if (status != 200) {
            FileBody.close(file);
            Replies.empty(exchange, status, fields);
            return;
        }
        fields.add(FieldName.CONTENT_TYPE, MediaTypes.of(found.name())).add(FieldName.ACCEPT_RANGES, "bytes");
        if (!found.encoding().isEmpty()) {
            fields.add(FieldName.CONTENT_ENCODING, found.encoding());
        }
        ByteRange range = Conditions.sameFile(asked, tag, found.modified())
                ? ByteRange.read(asked.value(FieldName.RANGE), found.size())
                : null;
        if (range != null && range.length() == 0) {
            FileBody.close(file);
            Replies.empty(exchange, 416, fields.add(FieldName.CONTENT_RANGE, "bytes */" + found.size()));
            return;
        }
        if (range != null) {
            status = 206;
            fields.add(
                    FieldName.CONTENT_RANGE,
                    "bytes " + range.start() + "-" + (range.start() + range.length() - 1) + "/" + found.size());
        }
        ByteRange sent = range == null ? new ByteRange(0, found.size()) : range;
        ResponseHead head = ResponseHead.of(status, fields, sent.length());
        if (sent.length() == 0 || exchange.request().method().equals("HEAD")) {
            FileBody.close(file);
            exchange.head(head, true);
            exchange.flush();
        } else {
            new FileBody(exchange, file, sent, disk).start(head);
        }
    }
}
