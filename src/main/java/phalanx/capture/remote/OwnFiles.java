package phalanx.capture.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Files and folders that their owner alone may read, from their first moment on. Any thread. */
final class OwnFiles {
    private OwnFiles() {}

    private static FileAttribute<?>[] only(Path place, String rights) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    Objects.requireNonNull(folder.toAbsolutePath().getParent()));
            Files.createDirectory(folder, only(folder, "rwx------"));
        }
    }

    /** @throws java.nio.file.FileAlreadyExistsException when there is one */
    static OutputStream create(Path file) throws IOException {
        Files.createFile(file, only(file, "rw-------"));
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }
}
