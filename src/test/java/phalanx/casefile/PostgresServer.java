package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of a test's own, from the installed packages, that wants a password. It refuses to run as root, so it runs as nobody then. */
final class PostgresServer implements AutoCloseable {
    static final String USER = "ada", PASSWORD = "tell-nobody";

    private final Path programs = programs();
    private final Path folder;
    private final int port;

    PostgresServer() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(
                "phalanx-postgres-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("password"), PASSWORD);
        if (isRoot()) {
            run(List.of("chown", "-R", "nobody", folder.toString()));
        }
        server(
                "initdb",
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile",
                folder.resolve("password").toString(),
                "-E",
                "UTF8",
                "--locale",
                "C",
                "-D",
                data());
        start();
        Path passwords = Files.writeString(folder.resolve("pgpass"), "127.0.0.1:*:*:" + USER + ":" + PASSWORD);
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        System.setProperty("org.postgresql.pgpassfile", passwords.toString());
    }

    /** Without it the test is skipped, or fails where PHALANX_CI is set. */
    private static Path programs() {
        try (Stream<Path> versions = Files.isDirectory(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.empty()) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseGet(PostgresServer::missing);
        } catch (IOException _) {
            return missing();
        }
    }

    private static Path missing() {
        boolean needed = System.getenv("PHALANX_CI") != null;
        String missing = (needed ? "" : "SKIPPED: ") + "PostgreSQL is not installed (apt-get install postgresql)";
        System.err.println(missing);
        return needed ? fail(missing) : Assumptions.abort(missing);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    void start() throws IOException, InterruptedException {
        server(
                "pg_ctl",
                "-D",
                data(),
                "-l",
                folder.resolve("log").toString(),
                "-w",
                "-o",
                "-h 127.0.0.1 -p " + port + " -k " + folder,
                "start");
    }

    void stop() throws IOException, InterruptedException {
        server("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    private void server(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("phalanx-postgres-", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = process.waitFor();
        String told = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        if (code != 0) {
            throw new AssertionError(command + " ended with " + code + ": " + told);
        }
    }

    String url() {
        return url(port);
    }

    /** By way of another port. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        System.clearProperty("org.postgresql.pgpassfile");
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
