package phalanx.app.agent;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How agents run, as options of a command that starts some. */
final class TeamOptions {
    private static final String LOCAL = "local", SMALL = "small";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--bus",
            paramLabel = "URL",
            defaultValue = "",
            description =
                    "what the agents' messages go by: kafka://HOST:PORT/TOPIC or redis://HOST:PORT/STREAM (default: this process)")
    private String bus = "";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = LOCAL,
            description = "local, or small for a process of 512 MiB (default: ${DEFAULT-VALUE})")
    private String profile = "";

    @Option(
            names = "--packets",
            paramLabel = "INTERFACE",
            defaultValue = "",
            description =
                    "capture what goes to the servers there, so that the agents see resets, retransmissions and what the rules find, too")
    private String packets = "";

    /** @throws CommandLine.ParameterException where there is no such profile */
    AgentTeam.Choice choice() {
        if (!profile.equals(LOCAL) && !profile.equals(SMALL)) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(command).commandLine(), "--profile is local or small.");
        }
        return new AgentTeam.Choice(bus, profile.equals(SMALL), packets);
    }
}
