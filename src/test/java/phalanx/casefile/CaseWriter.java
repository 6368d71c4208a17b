package phalanx.casefile;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import phalanx.run.Outcome;
import phalanx.run.Progress;

/**
 * A process that keeps a case as fast as it can and says what it was told is kept: notes, votes, decisions and a timeline, while what was
 * found is ingested beside. Somebody else ends it.
 */
final class CaseWriter {
    static final CaseFile BEGIN = new CaseFile(
            CaseFile.VERSION,
            List.of(new CaseFile.Capture("../client.pcapng", "client", "", 0, null)),
            List.of(),
            List.of(),
            Map.of(),
            null);

    static final int CONVERSATIONS = 4_000;

    private CaseWriter() {}

    /** An answer, another one for each name. */
    static Derived found(String name) {
        return new Derived(
                List.of(new Derived.FindingRow("random_loss", "client>server", "critical", 1, 2, "Loss.")),
                IntStream.range(0, CONVERSATIONS)
                        .mapToObj(i -> new Derived.ConversationRow(
                                "tcp", name + ":" + i, "10.0.0.2:80", i, i + 1, 2L * i, 3L * i, i, i))
                        .toList());
    }

    static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(var value) -> value;
            case Outcome.Failed<T>(var problem) -> throw new AssertionError(problem.toString());
        };
    }

    /** The change that a number means. */
    static Change change(String number) {
        return switch (number.charAt(number.length() - 1) % 4) {
            case 0 -> new Change.NoteWritten(new CaseFile.Note("case", number, Instant.EPOCH.toString()));
            case 1 -> new Change.Voted("p", "scout", true, 0.5, Change.Choice.YES, number);
            case 2 -> new Change.Decided("p", Change.Verdict.APPROVED, number);
            default -> new Change.Told(Instant.EPOCH.toString(), "desk", "note", number, "");
        };
    }

    /** @param arguments folder of the case, what numbers begin with */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        try (CaseStore store = new CaseStore("ada", null)) {
            Path folder = Path.of(arguments[0]);
            if (!CaseStore.isCase(folder)) {
                ok(store.write(folder, BEGIN));
            }
            Case writing = ok(store.open(folder));
            if (writing.readOnly().isPresent()) {
                throw new AssertionError(writing.readOnly().toString());
            }
            out.println("ready");
            Thread ingest = Thread.ofPlatform().daemon().start(() -> {
                ok(writing.keepDerived(found(arguments[1]), Progress.NONE));
                out.println("ingested");
            });
            long number = 0;
            while (ingest.isAlive() || number < Long.MAX_VALUE) {
                number++;
                String next = arguments[1] + "-" + number;
                ok(writing.record(change(next)));
                out.println("kept " + next);
                out.flush();
            }
        }
    }
}
