package phalanx.capture.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** One connection by ssh, authenticated, whose other side was looked at. Notices within some ten seconds that it is dead. Any thread. */
final class SshLine implements Closeable {
    /** What it warns of is told by us; kept, for a logger that nobody holds forgets its level. */
    private static final Logger CHATTY = Logger.getLogger("org.apache.sshd");

    private static final Duration CONNECT = Duration.ofSeconds(10), AUTHENTICATE = Duration.ofMinutes(2);
    private static final Duration ASK_EVERY = Duration.ofSeconds(3), ANSWER_WITHIN = Duration.ofSeconds(5);
    /** What is long enough for a command that ends. */
    static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    private static final int MOST_SAID = 4096, MOST_ANSWERED = 256 << 10;

    private final SshClient client;
    private final ClientSession session;
    private volatile long lastSign = System.nanoTime();
    private volatile boolean silent;
    private final Thread watch;

    private SshLine(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
        watch = Jobs.assistant("ssh keep-alive", this::ask);
    }

    /** @param secrets asked on this thread or the library's, once each */
    static Outcome<SshLine> open(HopAddress.Ssh at, SshAccess access, Secrets secrets) {
        CHATTY.setLevel(Level.OFF);
        HostKeys hostKeys = new HostKeys(at, access);
        SshClient client = client(at, access, secrets, hostKeys);
        client.start();
        String user = at.user().isEmpty() ? System.getProperty("user.name", "") : at.user();
        boolean connected = false;
        try {
            ClientSession session =
                    client.connect(user, at.host(), at.port()).verify(CONNECT).getClientSession();
            connected = true;
            session.auth().verify(AUTHENTICATE);
            return Outcome.ok(new SshLine(client, session));
        } catch (IOException | RuntimeException e) { // unresolved names and sockets closed under it are unchecked
            client.stop();
            Problem refused = hostKeys.problem();
            if (refused != null) {
                return Outcome.failed(refused);
            }
            return Outcome.failed(
                    connected && e instanceof SshException && said(e).contains("authentication")
                            ? new Problem(
                                    RemoteProblems.NOT_LET_IN,
                                    at.host() + " does not let " + user
                                            + " in: no key of the agent or the key files, and no password"
                                            + " was accepted.",
                                    "Name a key file (--identity), add a key to the agent (ssh-add), or give the password at the"
                                            + " terminal or in PHALANX_SSH_PASSWORD.")
                            : RemoteProblems.unreachable(at, said(e)));
        }
    }

    private static String said(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }

    private static SshClient client(HopAddress.Ssh at, SshAccess access, Secrets secrets, HostKeys hostKeys) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(hostKeys);
        client.setSignatureFactories(hostKeys.preferred(client.getSignatureFactories()));
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setFilePasswordProvider((_, file, _) -> secrets.ask("the passphrase of " + file.getName()));
        FileKeyPairProvider keys = new FileKeyPairProvider(
                access.identities().stream().filter(Files::isReadable).toList());
        keys.setPasswordFinder(client.getFilePasswordProvider());
        client.setKeyIdentityProvider(keys);
        SshPasswords passwords = new SshPasswords(at, secrets);
        client.setPasswordIdentityProvider(passwords);
        client.setUserInteraction(passwords);
        if (access.agentSocket() != null) {
            client.setAgentFactory(SshAgentSocket.at(access.agentSocket()));
        }
        CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, AUTHENTICATE);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        return client;
    }

    /** Asks for a sign of life: any answer is one, also that the question is not understood (RFC 4254 section 4). */
    private void ask() {
        try {
            while (session.isOpen()) {
                Thread.sleep(ASK_EVERY);
                Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
                question.putString("keepalive@openssh.com");
                question.putBoolean(true);
                session.request("keepalive@openssh.com", question, ANSWER_WITHIN);
                lastSign = System.nanoTime();
            }
        } catch (InterruptedException _) {
            return; // closed
        } catch (IOException e) {
            silent = session.isOpen();
            session.close(true);
        }
    }

    /** When a line that is dead now last gave a sign of life ({@link System#nanoTime}): just now, when it was closed in due form. */
    long lastSign() {
        return silent ? lastSign : System.nanoTime();
    }

    /** A command under way on the other machine. */
    final class Running implements Closeable {
        private final ChannelExec channel;
        private final StringBuilder said = new StringBuilder();
        private volatile boolean late;

        private Running(String command) throws IOException {
            channel = session.createExecChannel(command);
            channel.setErr(new OutputStream() {
                @Override
                public void write(int octet) {
                    synchronized (said) {
                        if (said.length() < MOST_SAID) {
                            said.append((char) (octet & 0xFF));
                        }
                    }
                }
            });
            channel.open().verify(CONNECT);
        }

        /** Ends it after a time, unless the thread that waits for that is interrupted before. */
        Thread endAfter(Duration time) {
            return Jobs.assistant("patience with ssh", () -> {
                try {
                    Thread.sleep(time);
                    late = true;
                    close();
                } catch (InterruptedException _) {
                    return; // it did what it should
                }
            });
        }

        /** Whether it still runs, as far as the line tells. */
        boolean isOpen() {
            return session.isOpen() && channel.isOpen() && !channel.isEofSignalled();
        }

        InputStream output() {
            return channel.getInvertedOut();
        }

        /** What it wrote to its standard error, at most 4 KiB. */
        String said() {
            synchronized (said) {
                return said.toString();
            }
        }

        /** What it ended with; null when it has not, or nobody could say. @param millis to wait at the most */
        @Nullable
        Integer code(long millis) {
            channel.waitFor(EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED), millis);
            return channel.getExitStatus();
        }

        /** Tells it that nothing more comes, whereupon it ends. */
        void finish() {
            try {
                channel.getInvertedIn().close();
            } catch (IOException _) {
                channel.close(true);
            }
        }

        @Override
        public void close() {
            channel.close(true);
        }
    }

    Running run(String command) throws IOException {
        return new Running(command);
    }

    /**
     * Runs a command that ends.
     *
     * @return what it wrote, at most 256 KiB
     * @throws IOException also when that takes longer than is waited for
     */
    String answer(String command, Duration within) throws IOException {
        try (Running running = run(command)) {
            Thread patience = running.endAfter(within);
            try {
                running.finish();
                byte[] answered = running.output().readNBytes(MOST_ANSWERED);
                if (running.late) {
                    throw new IOException("no answer within " + within.toSeconds() + " s");
                }
                return new String(answered, StandardCharsets.UTF_8);
            } finally {
                patience.interrupt();
            }
        }
    }

    @Override
    public void close() {
        watch.interrupt();
        session.close(true);
        client.stop();
    }
}
