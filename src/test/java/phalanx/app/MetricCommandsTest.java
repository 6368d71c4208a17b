package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

class MetricCommandsTest {
    @TempDir
    private Path folder = Path.of(".");

    /** Ten minutes in which the cart's latency, and with it the front's, rises after eight. */
    private Path metrics() throws IOException {
        StringBuilder csv = new StringBuilder("time,front|latency,cart|latency,cart|cpu\n");
        for (int i = 0; i < 600; i++) {
            int bad = i >= 480 ? 1 : 0;
            csv.append(1_800_000_000 + i)
                    .append(',')
                    .append(100 + i % 7 + 90 * bad)
                    .append(',');
            csv.append(40 + i % 5 + 80 * bad)
                    .append(',')
                    .append(0.3 + i % 3 / 100.0)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("day.csv"), csv);
    }

    @Test
    void one_file_and_the_time_of_the_trouble_rank_the_services() throws IOException {
        Path calls = Files.writeString(folder.resolve("calls.csv"), "caller,callee\nfront,cart\n");
        CommandRun run =
                CommandRun.of("rank", "--metrics", metrics(), "--anomaly-at", "2027-01-15T08:08:00Z", "--graph", calls);
        assertEquals(ExitCode.OK, run.code(), run.err());
        assertTrue(run.out().startsWith("The complaint: latency of front"), run.out());
        assertTrue(run.out().contains(" 1  cart"), run.out());
        assertTrue(run.out().contains("it calls cart, which is as bad"), run.out());
        CommandRun json = CommandRun.of(
                "rank", "--json", "--metrics", metrics(), "--anomaly-at", 1_800_000_480, "--graph", calls);
        assertTrue(
                json.out()
                        .startsWith("{\"schema\":\"phalanx.rank/1\",\"target\":\"front\",\"complaint\":\"latency\","
                                + "\"ranking\":[{\"service\":\"cart\",\"indicator\":\"latency\",\"score\":"),
                json.out());
    }

    @Test
    void what_is_missing_or_wrong_is_told() throws IOException {
        assertTrue(CommandRun.of("rank", "--metrics", metrics()).err().contains("Say what is normal"));
        assertTrue(CommandRun.of("rank", "--metrics", metrics(), "--anomaly-at", "never")
                .err()
                .contains("\"never\" is no time"));
        assertTrue(CommandRun.of("rank", "--metrics", metrics(), "--anomaly-at", 1)
                .err()
                .contains("There are no rows before"));
        assertTrue(CommandRun.of("rank", "--metrics", metrics(), "--anomaly-at", 1_800_000_480, "--target", "shop")
                .err()
                .contains("no metric of --target \"shop\""));
        CommandRun missing = CommandRun.of("rank", "--metrics", folder.resolve("x"), "--normal", metrics());
        assertEquals(ExitCode.UNREADABLE, missing.code());
        assertTrue(missing.err().startsWith("PHX-1501"), missing.err());
    }

    @Test
    void unusual_stretches_are_told_for_each_series_and_a_bad_file_does_not_stop_the_others() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "time,a\nx,1\n");
        CommandRun run = CommandRun.of("anomalies", "--json", bad, metrics());
        assertEquals(ExitCode.UNREADABLE, run.code());
        String[] lines = run.out().split("\n", -1);
        assertTrue(lines[0].contains("\"anomalies\":null,\"problems\":[{\"code\":\"PHX-1502\""), lines[0]);
        assertTrue(lines[1].contains("{\"at\":\"1800000480\",\"score\":0.9"), lines[1]);
        assertTrue(lines[1].contains("\"series\":\"cart|latency\""), lines[1]);
        assertTrue(!lines[1].contains("cart|cpu"), lines[1]);
        assertTrue(CommandRun.of("anomalies", metrics()).out().contains("front|latency is 19"), "told in words");
    }
}
