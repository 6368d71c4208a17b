package phalanx.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What a command line answered. */
public record CommandRun(int code, String out, String err) {
    /** Runs a command line in this process. */
    public static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
