package phalanx.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phalanx.app.agent.AgentCommand;
import phalanx.app.agent.GraphCommand;
import phalanx.app.agent.LabCommand;
import phalanx.app.capture.CaptureCommand;
import phalanx.app.capture.InterfacesCommand;
import phalanx.app.capture.ReceiveCommand;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.StandardOutput;
import phalanx.run.NearestName;
import phalanx.run.WholeFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program. Without a command it opens the desk, with the files given. */
@Command(
        name = "phalanx",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        header = "Packet captures from several points of a path in, the broken hop out.",
        description = "Without a command: opens the desk, with the captures given.",
        footer = {
            "",
            "Examples:",
            "  phalanx                                     open the desk",
            "  phalanx client.pcapng edge.pcapng           open the desk with two captures",
            "  phalanx analyze client.pcapng edge.pcapng   say what is wrong, here"
        })
public final class Main implements Callable<Integer> {
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "captures to open on the desk", arity = "0..*")
    private List<Path> files = List.of();

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("analyze", AnalyzeCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("filter", FilterCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("graph", GraphCommand::new);
        commands.put("redact", RedactCommand::new);
        commands.put("interfaces", InterfacesCommand::new);
        commands.put("capture", CaptureCommand::new);
        commands.put("agent", AgentCommand::new);
        commands.put("receive", ReceiveCommand::new);
        commands.put("rules", RulesCommand::new);
        commands.put("anomalies", AnomaliesCommand::new);
        commands.put("rank", RankCommand::new);
        commands.put("proxy", ProxyCommand::new);
        commands.put("lab", LabCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("train", TrainCommand::new);
        return commands;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // what rules say is English on every machine
        StandardOutput standard = new StandardOutput();
        PrintWriter out = new PrintWriter(new BufferedOutputStream(standard, 1 << 16), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, arguments);
        out.flush();
        IOException fault = standard.fault();
        if (fault != null) {
            err.println(WholeFile.notWritten("The standard output", fault));
            code = ExitCode.FORBIDDEN;
        }
        System.exit(code);
    }

    /** Runs one command line; never throws. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        boolean named = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        // Reading a command's annotations takes 20 ms: only the one that is run is made, all of them for help.
        COMMANDS.forEach((name, command) -> {
            if (!named || name.equals(arguments[0])) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, _) -> {
            err.println("PHX-0002 " + wrong.getMessage() + " See: phalanx "
                    + (wrong.getCommandLine().getCommandName().equals("phalanx")
                            ? ""
                            : wrong.getCommandLine().getCommandName() + " ")
                    + "--help");
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((bug, _, _) -> {
            err.println(
                    "PHX-0070 Phalanx met a fault of its own (" + bug.getClass().getSimpleName() + ")." + written(bug));
            return ExitCode.INTERNAL;
        });
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError _) {
            err.println("PHX-0071 Phalanx ran out of memory and stopped. Give Java more: PHALANX_JAVA_OPTS=-Xmx8g.");
            return ExitCode.INTERNAL;
        }
    }

    /** Keeps the trace where the user can find it, and says where; nothing is sent anywhere. */
    private static String written(Exception bug) {
        StringWriter trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace));
        try {
            Path report = Files.createTempFile("phalanx-fault-", ".txt");
            Files.writeString(report, trace.toString());
            return " Details are in " + report + "; nothing was sent anywhere.";
        } catch (IOException e) {
            return " Its details could not be written (" + e.getMessage() + ").";
        }
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (files.size() == 1
                && files.getFirst().getNameCount() == 1
                && !Files.exists(files.getFirst())
                && files.getFirst().toString().matches("\\w+")) {
            String name = files.getFirst().toString();
            String near = NearestName.to(name, line.getSubcommands().keySet())
                    .map(command -> " Did you mean " + command + "?")
                    .orElse("");
            throw new CommandLine.ParameterException(line, "There is no command and no file " + name + "." + near);
        }
        try {
            return Desktop.open(files);
        } catch (UnsupportedOperationException e) { // what the toolkit throws when it finds no screen
            line.getErr()
                    .println("PHX-0005 The desk needs a display and found none (" + e.getMessage()
                            + "). Without one: phalanx analyze FILE...");
            return ExitCode.FORBIDDEN;
        }
    }

    /** {@code Phalanx 1.0.0}; without a number where it runs from class folders. */
    static String version() {
        String number = Main.class.getPackage().getImplementationVersion();
        return "Phalanx " + (number == null ? "(from classes)" : number);
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version(), "Java " + Runtime.version()};
        }
    }
}
