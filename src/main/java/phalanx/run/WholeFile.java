package phalanx.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files whole or not at all: beside their place first, then moved there. What stood there stays until then. Any thread. */
public final class WholeFile {
    private WholeFile() {}

    /** What writes the content. */
    @FunctionalInterface
    public interface Content<T> {
        /** @param out closed by the caller  @return what the caller of {@link #write} wants to know */
        T write(OutputStream out) throws IOException;
    }

    /**
     * A place that is no regular file, a pipe or a device, is written to as it is.
     *
     * @throws IOException when the place cannot be written to, or from the content; then nothing has changed there
     */
    public static <T> T write(Path place, Content<T> content) throws IOException {
        Path target = place.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = Files.newOutputStream(target)) {
                return content.write(out);
            }
        }
        Path draft = Files.createTempFile(target.getParent(), ".phalanx-", ".tmp");
        try {
            T result;
            try (OutputStream out = Files.newOutputStream(draft)) {
                result = content.write(out);
            }
            Files.move(draft, Files.exists(target) ? target.toRealPath() : target, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
