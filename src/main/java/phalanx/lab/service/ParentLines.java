package phalanx.lab.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * What a parent process says on the standard input, a line each: {@code settings COMMIT JSON}, {@code indexes}, {@code trouble KIND SHARE},
 * {@code untrouble}. Each is answered by a line: {@code ready PORT} or {@code taken WHY} to the first, {@code ok} or {@code failed WHY} to others. Nobody else
 * can say anything, and the end of the input ends the service. One thread.
 */
final class ParentLines {
    private final BufferedReader lines;
    private final PrintStream answers;

    ParentLines(InputStream lines, PrintStream answers) {
        this.lines = new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8));
        this.answers = answers;
    }

    /** Makes the service of what the first line says. */
    interface Maker {
        MarketplaceService make(String version, ServiceSettings first) throws SQLException, IOException;
    }

    /** Until the input ends. */
    int serve(Maker maker) {
        try {
            String first = lines.readLine();
            if (first == null) {
                return 0;
            }
            String[] words = first.split(" ", 3);
            try (MarketplaceService service = maker.make(words[1], settings(words[2]))) {
                say("ready " + service.port());
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    say(answer(service, line));
                }
            }
            return 0;
        } catch (BindException e) {
            say("taken " + e.getMessage());
            return 1;
        } catch (SQLException | IOException | IllegalArgumentException e) {
            say("failed " + e.getMessage());
            return 1;
        }
    }

    private void say(String answer) {
        answers.println(answer.replace('\n', ' '));
        answers.flush();
    }

    private static String answer(MarketplaceService service, String line) {
        try {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "settings" -> service.deploy(words[1], settings(words[2]));
                case "indexes" -> service.database().makeIndex();
                case "trouble" -> service.trouble().begin(words[1], Double.parseDouble(words[2]));
                case "untrouble" -> service.trouble().end();
                default -> throw new IllegalArgumentException(words[0] + " is not known");
            }
            return "ok";
        } catch (SQLException | IllegalArgumentException | OutOfMemoryError e) {
            return "failed " + e.getMessage();
        }
    }

    private static ServiceSettings settings(String json) {
        return switch (ServiceSettings.read("the settings", json)) {
            case Outcome.Ok<ServiceSettings>(ServiceSettings read) -> read;
            case Outcome.Failed<ServiceSettings>(Problem problem) ->
                throw new IllegalArgumentException(problem.toString());
        };
    }
}
