package phalanx.app.agent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;
import phalanx.agents.AgentsApi;
import phalanx.agents.Steering;
import phalanx.config.ControlFile;
import phalanx.config.HostPort;
import phalanx.proxy.ProxyServer;
import phalanx.run.Outcome;
import phalanx.run.WholeFile;
import phalanx.telemetry.Telemetry;

/** Lets who can read a file of the case's folder see and steer agents, at the admin port of their proxy. Any thread. */
final class AgentsDoor implements AutoCloseable {
    /** In the case's folder: address and token. */
    static final String FILE = "agents.control";

    private final ProxyServer proxy;
    private final Path file;

    private AgentsDoor(ProxyServer proxy, Path file) {
        this.proxy = proxy;
        this.file = file;
    }

    /** @param telemetry what services told of themselves  @param folder of the agents' case */
    static Outcome<AgentsDoor> open(ProxyServer proxy, Steering steering, Supplier<Telemetry> telemetry, Path folder) {
        InetSocketAddress admin = proxy.adminAddress();
        String host = admin.getAddress().isAnyLocalAddress() ? HostPort.LOOPBACK : admin.getHostString();
        ControlFile control = ControlFile.with(new HostPort(host, admin.getPort()));
        Path file = folder.resolve(FILE);
        try {
            control.write(file);
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(file, e));
        }
        proxy.extend(AgentsApi.PART, new AgentsApi(steering, control, new LiveGraph(telemetry, steering)));
        return Outcome.ok(new AgentsDoor(proxy, file));
    }

    @Override
    public void close() {
        proxy.extend(AgentsApi.PART, null);
        ControlFile.remove(file);
    }
}
