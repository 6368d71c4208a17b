package phalanx.app.agent;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Orders to agents that run. */
final class AgentOrders {
    private AgentOrders() {}

    /** One of them. */
    abstract static class Order implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private AgentCase where = new AgentCase();

        CommandLine line() {
            return Objects.requireNonNull(spec).commandLine();
        }

        /** In this user's name. */
        int send(String path, Map<String, String> more) {
            Map<String, String> query = new TreeMap<>(more);
            query.put("who", System.getProperty("user.name", ""));
            try (AgentsClient client = new AgentsClient(where.folder())) {
                return switch (client.order(path, query)) {
                    case Outcome.Ok<String>(String says) -> {
                        line().getOut().println(says);
                        yield ExitCode.OK;
                    }
                    case Outcome.Failed<String>(Problem problem) -> AgentCase.told(line(), problem);
                };
            }
        }
    }

    /** Begins nothing any more. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            header =
                    "The agents begin nothing any more; what was done is still measured, and taken back if it does not help.")
    static final class Pause extends Order {
        @Override
        public Integer call() {
            return send("/pause", Map.of());
        }
    }

    /** Goes on. */
    @Command(name = "resume", mixinStandardHelpOptions = true, header = "The agents go on.")
    static final class Resume extends Order {
        @Override
        public Integer call() {
            return send("/resume", Map.of());
        }
    }

    /** A person's answer. */
    abstract static class Answer extends Order {
        @Parameters(paramLabel = "PROPOSAL", description = "as phalanx agent votes has it: INC-1795392000000/1")
        private String proposal = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "why, in a sentence; it stays in the case")
        private String reason = "";

        int send(String answer) {
            if (!proposal.matches("[A-Za-z0-9-]{1,60}/[0-9]{1,9}")) {
                throw new CommandLine.ParameterException(line(), "A proposal is written INCIDENT/NUMBER.");
            }
            return send("/proposals/" + proposal + "/" + answer, Map.of("reason", reason));
        }
    }

    /** Yes. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            header = "Have a proposal carried out that waits for a person.")
    static final class Approve extends Answer {
        @Override
        public Integer call() {
            return send("approve");
        }
    }

    /** No. */
    @Command(name = "reject", mixinStandardHelpOptions = true, header = "Refuse a proposal that waits for a person.")
    static final class Reject extends Answer {
        @Override
        public Integer call() {
            return send("reject");
        }
    }
}
