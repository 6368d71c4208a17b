package phalanx.capture.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The user's agent, which holds keys and signs with them, on its socket (draft-ietf-sshm-ssh-agent): the library's own way there needs a native
 * library. It is asked, never forwarded.
 */
final class SshAgentSocket extends AbstractAgentProxy {
    private static final int LONGEST = 256 << 10;

    private final SocketChannel channel;

    private SshAgentSocket(Path socket) throws IOException {
        super(null);
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static SshAgentFactory at(Path socket) {
        return new SshAgentFactory() {
            @Override
            public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
                return List.of();
            }

            @Override
            public @Nullable SshAgent createClient(Session session, FactoryManager manager) {
                try {
                    return new SshAgentSocket(socket);
                } catch (IOException e) {
                    // One that is gone is no reason to leave the keys in files and the password untried.
                    System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "the ssh agent is not there", e);
                    return null;
                }
            }

            @Override
            public SshAgentServer createServer(ConnectionService service) {
                throw new UnsupportedOperationException("the agent is not forwarded");
            }
        };
    }

    @Override
    protected synchronized Buffer request(Buffer asked) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(asked.array(), asked.rpos(), asked.available());
        while (out.hasRemaining()) {
            channel.write(out);
        }
        int length = read(4).getInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("the ssh agent's answer has " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length).array());
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("the ssh agent ended");
            }
        }
        return into.flip();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        super.close();
    }
}
