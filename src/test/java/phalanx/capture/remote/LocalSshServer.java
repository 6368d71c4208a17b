package phalanx.capture.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's server for one test: a high port, keys of its own, nothing of the machine's configuration. */
final class LocalSshServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private Process process;

    private LocalSshServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static LocalSshServer start(Path folder) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(PROGRAM) || System.getenv("PHALANX_CI") != null;
        if (!there) {
            System.err.println("SKIPPED: OpenSSH's server is not installed, so nothing is captured by ssh");
        }
        Assumptions.assumeTrue(there, "OpenSSH's server is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        key(folder.resolve("host_key"));
        key(folder.resolve("user_key"));
        Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
        Files.writeString(folder.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin yes
                SetEnv PATH=%s:/usr/bin:/bin
                """.formatted(
                port, folder.resolve("host_key"), folder.resolve("authorized_keys"), folder.resolve("programs")));
        if (Files.isWritable(Path.of("/run"))) {
            Files.createDirectories(Path.of("/run/sshd")); // where it separates its privileges
        }
        LocalSshServer server = new LocalSshServer(folder, port, run(folder));
        server.awaitListening();
        server.know("known_hosts");
        return server;
    }

    private static Process run(Path folder) throws IOException {
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static void key(Path file) throws IOException, InterruptedException {
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("no key was made");
        }
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException _) {
                Thread.sleep(25);
            }
        }
        throw new IOException("it does not listen: " + Files.readString(folder.resolve("log")));
    }

    /** Writes the host key that it has now into a file of known hosts. */
    private void know(String file) throws IOException {
        String[] key = Files.readString(folder.resolve("host_key.pub")).split(" ", -1);
        Files.writeString(folder.resolve(file), "[127.0.0.1]:" + port + " " + key[0] + " " + key[1] + "\n");
    }

    HopAddress.Ssh address(String device) {
        return new HopAddress.Ssh("", "127.0.0.1", port, device);
    }

    SshAccess access() {
        return new SshAccess(
                List.of(folder.resolve("known_hosts")),
                Set.of(),
                List.of(folder.resolve("user_key")),
                null,
                Secrets.NONE);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    int port() {
        return port;
    }

    /** Kills the processes that serve connections, and the one that listens before them. */
    void cut() throws InterruptedException {
        List<ProcessHandle> serving = process.children().toList();
        process.destroy();
        process.waitFor();
        serving.forEach(ProcessHandle::destroyForcibly);
    }

    /** Those that serve connections do nothing any more, and their connections stay open. */
    void hang() throws IOException, InterruptedException {
        for (ProcessHandle one : process.children().toList()) {
            new ProcessBuilder("kill", "-STOP", Long.toString(one.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** A program that is found there before those of the machine. */
    void program(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("programs")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** From now on it has another host key. */
    void changeHostKey() throws IOException, InterruptedException {
        close();
        Files.delete(folder.resolve("host_key"));
        key(folder.resolve("host_key"));
        process = run(folder);
        awaitListening();
    }

    void listenAgain() throws IOException, InterruptedException {
        process = run(folder);
        awaitListening();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
