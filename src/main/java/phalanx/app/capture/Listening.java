package phalanx.app.capture;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.capture.remote.HopAddress;
import phalanx.capture.remote.PushListener;
import phalanx.config.HostPort;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import picocli.CommandLine;

/** Who waits for agents that come by themselves, if there is anybody. */
record Listening(@Nullable PushListener push) implements AutoCloseable {
    /**
     * Begins to wait, and tells where.
     *
     * @param listen an address, null for none
     * @param pushed names of the capture points that are waited for
     */
    static Outcome<Listening> at(@Nullable String listen, Set<String> pushed, HopKeys keys, CommandLine line) {
        if (pushed.isEmpty() != (listen == null)) {
            throw new CommandLine.ParameterException(line, "--listen HOST:PORT and --hop NAME=push go together.");
        }
        if (listen == null) {
            return Outcome.ok(new Listening(null));
        }
        HostPort at = HostPort.read(listen, HostPort.LOOPBACK, HopAddress.AGENT_PORT)
                .orElseThrow(() -> new CommandLine.ParameterException(line, listen + " is no HOST:PORT."));
        return keys.own()
                .then(own -> PushListener.listen(
                                at.host(),
                                at.port(),
                                own.identity(),
                                own.token(),
                                pushed,
                                said -> line.getErr().println(ForeignText.line(said)))
                        .then(push -> {
                            HostPort place =
                                    new HostPort(at.host(), push.address().getPort());
                            line.getErr()
                                    .println("Waiting at " + place + " for agents that push "
                                            + String.join(", ", pushed) + ". Fingerprint " + own.fingerprint()
                                            + ", the token is in " + own.tokenPlace() + ".");
                            return Outcome.ok(new Listening(push));
                        }));
    }

    @Override
    public void close() {
        if (push != null) {
            push.close();
        }
    }
}
