package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.DemoScripts;

/** The demos on the command line. */
class DemoCommandTest {
    @Test
    void all_demos_are_listed() {
        CommandRun list = CommandRun.of("demo", "list");
        assertEquals(ExitCode.OK, list.code(), list.err());
        DemoScripts.all(Locale.ENGLISH).forEach(script -> assertTrue(list.out().contains(script.id()), script.id()));
    }

    @Test
    void an_unknown_demo_is_a_mistake_of_the_command_line() {
        CommandRun unknown = CommandRun.of("demo", "run", "no-such-demo");
        assertEquals(ExitCode.USAGE, unknown.code());
        assertTrue(unknown.err().contains("PHX-0002 There is no demo no-such-demo."), unknown.err());
        assertEquals(ExitCode.USAGE, CommandRun.of("demo").code());
    }
}
