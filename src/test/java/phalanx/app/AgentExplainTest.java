package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.app.agent.AgentCommand;
import phalanx.app.pipeline.Cases;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.Case;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Change;
import phalanx.run.Outcome;
import picocli.CommandLine;

class AgentExplainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new AgentCommand());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private Path kept() {
        Path place = folder.resolve("case");
        CaseStore store = Cases.inFiles();
        store.write(place, new CaseFile(CaseFile.VERSION, List.of(), List.of(), List.of(), Map.of(), null));
        if (store.open(place) instanceof Outcome.Ok<Case>(Case opened)) {
            try (opened) {
                Message step = new Message.Escalated(
                        Instant.parse("2026-11-23T10:00:07Z"),
                        "INC-5",
                        "The figures fit no cause that the agents know.");
                opened.record("human", new Change.Stepped("INC-5", MessageJson.write(step)));
            }
        }
        return place;
    }

    @Test
    void an_incident_is_told_from_its_case() {
        String place = kept().toString();
        assertEquals(ExitCode.OK, run("explain", "INC-5", "--case", place), err.toString());
        assertTrue(
                out.toString()
                        .contains("10:00:07  human: a person goes on: The figures fit no cause that the agents know."),
                out.toString());
        assertEquals(ExitCode.OK, run("explain", "INC-5", "--case", place, "--markdown"));
        assertTrue(out.toString().contains("## What happened"), out.toString());
    }

    @Test
    void what_is_not_there_is_told_with_what_is() throws Exception {
        String place = kept().toString();
        assertEquals(ExitCode.USAGE, run("explain", "INC-9", "--case", place));
        assertTrue(err.toString().contains("PHX-1910") && err.toString().contains("INC-5"), err.toString());
        assertEquals(
                ExitCode.FORBIDDEN,
                run("explain", "INC-5", "--case", folder.resolve("none").toString()));
        assertTrue(err.toString().contains("PHX-1905"), err.toString());
        Path settings = Files.writeString(folder.resolve("language.json"), "{\"schema\": \"phalanx.language/1\"}");
        assertEquals(ExitCode.FORBIDDEN, run("explain", "INC-5", "--case", place, "--model", settings.toString()));
        assertTrue(err.toString().contains("PHX-1911") && err.toString().contains(":1:"), err.toString());
    }

    @Test
    void without_a_command_it_still_wants_to_know_how_to_capture() {
        assertEquals(ExitCode.USAGE, run());
        assertTrue(err.toString().contains("--listen"), err.toString());
    }
}
