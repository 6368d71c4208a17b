package phalanx.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes files whole or not at all: beside their place first, then moved there. What stood there stays until then. Any thread. */
public final class WholeFile {
    /** A file, or the standard output, that could not be written. */
    public static final String NOT_WRITTEN = "PHX-3001";

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
        return replace(target, draft -> {
            try (OutputStream out = Files.newOutputStream(draft)) {
                return content.write(out);
            }
        });
    }

    /** The same for what must not be lost: it is on the disk when this returns. */
    public static void keep(Path place, byte[] content) throws IOException {
        replace(place.toAbsolutePath(), draft -> {
            Files.write(draft, content);
            try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            return draft;
        });
        Path folder = place.toAbsolutePath().getParent();
        forceFolder(folder); // a file without its name in the folder is lost, too, and so is a folder without its own
        forceFolder(folder == null ? null : folder.getParent());
    }

    /** Has the names in a folder on the disk, where the system can do that. @param folder null for none */
    public static void forceFolder(@Nullable Path folder) {
        if (folder != null) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            } catch (IOException e) { // Windows opens no folders, and keeps names itself
                System.getLogger("phalanx.run").log(System.Logger.Level.DEBUG, "a folder is not forced", e);
            }
        }
    }

    @FunctionalInterface
    private interface Filling<T> {
        T fill(Path draft) throws IOException;
    }

    private static <T> T replace(Path target, Filling<T> filling) throws IOException {
        Path draft = draft(target);
        DRAFTS.add(draft);
        try {
            T result = filling.fill(draft);
            move(draft, Files.exists(target) ? target.toRealPath() : target);
            return result;
        } finally {
            Files.deleteIfExists(draft);
            DRAFTS.remove(draft);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
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

    /** Why something could not be written, told alike wherever files are. */
    public static Problem notWritten(Object to, IOException reason) {
        String why = switch (reason) {
            case NoSuchFileException _ -> "its folder does not exist";
            case AccessDeniedException _ -> "you may not write there";
            case FileSystemException e -> Objects.requireNonNullElse(e.getReason(), "the disk refuses");
            default -> reason.getMessage();
        };
        return new Problem(
                NOT_WRITTEN,
                to + " could not be written (" + why + ").",
                "Name a place in a folder that exists and that you may write to; all that was there is as it was.");
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
