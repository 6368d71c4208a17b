package phalanx.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Writes files whole or not at all: beside their place first, then moved there. What stood there stays until then. Any thread. */
public final class WholeFile {
    private WholeFile() {}

    private static final Set<Path> DRAFTS = ConcurrentHashMap.newKeySet();

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
        Path draft = draft(target);
        DRAFTS.add(draft);
        try {
            T result;
            try (OutputStream out = Files.newOutputStream(draft)) {
                result = content.write(out);
            }
            Files.move(draft, Files.exists(target) ? target.toRealPath() : target, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } finally {
            Files.deleteIfExists(draft);
            DRAFTS.remove(draft);
        }
    }

    /** With the permissions that the user's files have, or those of the file that it takes the place of. */
    private static Path draft(Path target) throws IOException {
        Path folder = Objects.requireNonNull(target.getParent(), "a file is in a folder");
        Path draft = folder.resolve(".phalanx-" + UUID.randomUUID() + ".tmp");
        Files.createFile(draft);
        if (Files.exists(target)) {
            try {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(target));
            } catch (UnsupportedOperationException | IOException _) {
                return draft; // a file system without them
            }
        }
        return draft;
    }

    /** Removes what is half written, when the process ends at once. Any thread. */
    public static void abandonAll() {
        for (Path draft : DRAFTS) {
            try {
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                System.getLogger("phalanx.run").log(System.Logger.Level.DEBUG, "a draft stays", e);
            }
        }
    }
}
