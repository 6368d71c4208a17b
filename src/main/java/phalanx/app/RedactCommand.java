package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.Counted;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.CaptureFolder;
import phalanx.redact.Redaction;
import phalanx.redact.RedactionKey;
import phalanx.redact.RedactionOptions;
import phalanx.redact.Replaced;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes addresses, payload and names out of captures before they leave the house. */
@Command(
        name = "redact",
        mixinStandardHelpOptions = true,
        header =
                "Takes addresses, payload and names out of captures, so that they can be given away and still be analysed.",
        description = {
            "Addresses are replaced prefix by prefix (Crypto-PAn), the same in all files of one run or of one key; payload gives way to "
                    + "zeros with marks by which packets are still known again; names in DNS messages are replaced by others of equal "
                    + "length. Checksums are made anew: right ones stay right, wrong ones wrong. Ports, sizes, times and TCP's numbers "
                    + "stay. Comments, names of interfaces and machines, and secrets are left out. What is not understood is blanked.",
            "Files are called as before; --rename gives them numbers. Private addresses stay private, multicast stays multicast."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx redact --preview client.pcapng server.pcapng",
            "  phalanx redact client.pcapng server.pcapng --output outside",
            "  phalanx redact trace.pcapng --output outside.pcapng --keep-payload 400 --key-file secret.key"
        })
final class RedactCommand implements Callable<Integer> {
    private static final String ENDING = ".pcapng";

    /** What is done with names. */
    private enum Names {
        REPLACE,
        BLANK
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "captures, or folders of them")
    private List<Path> files = List.of();

    @Option(names = "--output", paramLabel = "PATH", description = "folder for the new files; for one FILE also a file")
    private @Nullable Path output;

    @Option(names = "--preview", description = "say what would be replaced, and write nothing")
    private boolean preview;

    @Option(
            names = "--keep-payload",
            paramLabel = "BYTES",
            description = "keep so many bytes of what is understood of HTTP and TLS, names replaced; default 0")
    private int keepPayload;

    @Option(
            names = "--names",
            paramLabel = "HOW",
            description = "replace (default) or blank names in DNS, HTTP and TLS")
    private Names names = Names.REPLACE;

    @Option(names = "--keep-vendor", description = "keep the vendor's half of hardware addresses")
    private boolean keepVendor;

    @Option(
            names = "--key-file",
            paramLabel = "PATH",
            description = "key of 32 bytes, to replace alike in several runs; default: one that is forgotten")
    private @Nullable Path keyFile;

    @Option(names = "--rename", description = "call the files point-1.pcapng and so on")
    private boolean rename;

    @Option(names = "--force", description = "replace files that exist; the captures themselves never are")
    private boolean force;

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (keepPayload < 0) {
            throw new CommandLine.ParameterException(
                    line, "--keep-payload wants a number of bytes, found " + keepPayload + ".");
        }
        if (output != null && output.equals(Path.of("-"))) {
            throw new CommandLine.ParameterException(
                    line, "--output wants a file or a folder: captures are written whole.");
        }
        if (preview == (output != null)) {
            throw new CommandLine.ParameterException(line, "Either --preview or --output is wanted.");
        }
        RedactionKey key = RedactionKey.random();
        if (keyFile != null) {
            switch (RedactionKey.read(keyFile)) {
                case Outcome.Failed<RedactionKey>(var problem) -> {
                    line.getErr().println(problem);
                    return ExitCode.UNREADABLE;
                }
                case Outcome.Ok<RedactionKey>(var read) -> key = read;
            }
        }
        List<Redaction.Source> sources = sources(CaptureFolder.expand(files));
        Redaction redaction =
                new Redaction(sources, key, new RedactionOptions(keepPayload, names == Names.BLANK, keepVendor));
        Outcome<Redaction.Answer> outcome;
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                Interruption _ = Interruption.cancels(progress)) {
            Path to = output;
            if (to == null) {
                outcome = Outcome.ok(redaction.preview(progress));
            } else if (isFile(to, sources)) {
                outcome = redaction.write(List.of(to), force, progress);
            } else {
                outcome = redaction.write(to, force, progress);
            }
        } catch (Progress.Cancelled _) {
            line.getErr().println("PHX-0006 Cancelled; files that were finished stay.");
            return ExitCode.CANCELLED;
        }
        return switch (outcome) {
            case Outcome.Failed<Redaction.Answer>(var problem) -> {
                line.getErr().println(problem);
                boolean wrongPlace = problem.code().equals(Redaction.OVERWRITES)
                        || problem.code().equals(Redaction.EXISTS);
                yield wrongPlace ? ExitCode.USAGE : ExitCode.FORBIDDEN;
            }
            case Outcome.Ok<Redaction.Answer>(var answer) -> answer(answer, line);
        };
    }

    private static boolean isFile(Path to, List<Redaction.Source> sources) {
        return sources.size() == 1 && !Files.isDirectory(to) && to.toString().endsWith(ENDING);
    }

    private List<Redaction.Source> sources(List<Path> captures) {
        List<Redaction.Source> sources = new ArrayList<>();
        for (HopFile hop : HopNames.name(captures)) {
            String name = rename ? "point-" + (sources.size() + 1) : hop.hop().name();
            sources.add(new Redaction.Source(hop.file(), name));
        }
        return sources;
    }

    private int answer(Redaction.Answer answer, CommandLine line) {
        PrintWriter err = line.getErr();
        answer.problems().forEach(err::println);
        if (preview) {
            print(answer, line.getOut());
        } else if (!quiet) {
            print(answer, err);
            answer.written().forEach(file -> err.println("Written to " + file));
        }
        if (answer.unreadable() > 0) {
            return ExitCode.UNREADABLE;
        }
        return answer.problems().isEmpty() ? ExitCode.OK : ExitCode.PARTLY_READ;
    }

    private void print(Redaction.Answer answer, PrintWriter out) {
        out.println(
                "%s; %s:".formatted(Counted.of(answer.frames(), "packet"), preview ? "to be replaced" : "replaced"));
        for (Replaced kind : Replaced.values()) {
            long count = answer.tally().count(kind);
            if (count > 0) {
                String examples = answer.tally().examples(kind).stream()
                        .map(example -> example.before() + " -> " + example.after())
                        .map(ForeignText::line)
                        .collect(Collectors.joining(", "));
                out.println("  %-42s %,14d  %s"
                        .formatted(word(kind), count, examples)
                        .stripTrailing());
            }
        }
        out.flush();
    }

    private static String word(Replaced kind) {
        return switch (kind) {
            case IPV4 -> "IPv4 addresses";
            case IPV6 -> "IPv6 addresses";
            case MAC -> "hardware addresses";
            case PAYLOAD -> "payloads";
            case NAME -> "names in DNS and TLS";
            case HTTP -> "paths and hosts in HTTP";
            case OPTION -> "options";
            case NOT_UNDERSTOOD -> "headers and messages not understood";
            case CHECKSUM -> "checksums of fragments that say nothing now";
            case COMMENT -> "comments left out";
            case INTERFACE -> "names of interfaces";
            case BLOCK -> "blocks of names, secrets and others left out";
        };
    }
}
