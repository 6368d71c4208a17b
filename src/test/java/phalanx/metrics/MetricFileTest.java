package phalanx.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.run.Outcome;

class MetricFileTest {
    private static final long TIME = 1_397_088_240_000_000_000L;

    @TempDir
    private Path folder = Path.of(".");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("metrics.csv"), text);
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(var value) -> value;
            case Outcome.Failed<T>(var problem) -> throw new AssertionError(problem);
        };
    }

    private static String problem(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).problem().toString();
    }

    @Test
    void cells_without_a_value_stay_empty_and_each_row_keeps_its_time_as_written() throws IOException {
        MetricTable table = value(
                MetricFile.read(file("time,\"a, b\",c\n2014-04-10 00:04:00,1.5,\n\n2014-04-10 00:05:00,null,-3e2\n")));
        assertEquals(List.of("2014-04-10 00:04:00", "2014-04-10 00:05:00"), table.moments());
        assertEquals("a, b", table.columns().getFirst().name());
        assertArrayEquals(
                new double[] {1.5, Double.NaN}, table.columns().getFirst().values());
        assertArrayEquals(
                new double[] {Double.NaN, -300}, table.columns().getLast().values());
        assertArrayEquals(
                new long[] {TIME, TIME + 60_000_000_000L},
                table.columns().getFirst().nanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2014-04-10 00:04:00",
                "2014-04-10T00:04:00.000Z",
                "2014-04-10T02:04:00+02:00",
                "2014-04-10T02:04:00+0200",
                "1397088240",
                "1397088240.000",
                "1.39708824e9",
                "1397088240000",
                "1397088240000000",
                "1397088240000000000"
            })
    void a_time_may_be_written_in_many_ways(String text) {
        assertEquals(TIME, Moment.parse(text).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "1e300", "1e-999999999", "99999999999999999999", "2014-13-10 00:00:00", "-"})
    void what_is_no_time_is_refused(String text) {
        assertTrue(Moment.parse(text).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,a\\n1,x | line 2: \"x\" is no number",
                "time,a\\nsoon,1 | line 2: \"soon\" is no time",
                "time,a\\n1,2\\n2,3,4 | line 3: 3 cells for 2 columns",
                "time,a | has no rows",
                "time\\n1 | has 1 columns in its first line"
            })
    void a_wrong_file_is_refused_with_the_line(String text, String why) throws IOException {
        String told = problem(MetricFile.read(file(text.replace("\\n", "\n"))));
        assertTrue(told.startsWith("PHX-1502") && told.contains(why), told);
    }

    @Test
    void what_would_break_a_reader_is_refused() throws IOException {
        Path latin =
                Files.write(folder.resolve("latin.csv"), new byte[] {'t', ',', 'a', '\n', '1', ',', (byte) 0xE9, '\n'});
        assertTrue(problem(MetricFile.read(latin)).contains("no CSV file in UTF-8"));
        assertTrue(problem(MetricFile.read(file("t,a,a\n1,2,3\n"))).contains("two columns named \"a\""));
        StringBuilder many = new StringBuilder("t");
        for (int i = 0; i < 50_000; i++) {
            many.append(",c").append(i);
        }
        many.append("\n1".repeat(500));
        assertTrue(problem(MetricFile.read(file(many.toString()))).contains("more than 20,000,000 cells"));
        MetricTable escapes = value(MetricFile.read(file("t,\u001b[2J|x\n1,1e308\n")));
        assertEquals("?[2J|x", escapes.columns().getFirst().name());
    }

    @Test
    void a_missing_file_and_a_folder_are_refused() {
        assertTrue(problem(MetricFile.read(folder.resolve("none.csv"))).contains("it does not exist"));
        assertTrue(problem(MetricFile.read(folder)).contains("it is a folder"));
    }

    @Test
    void calls_reach_through_others_and_nobody_calls_himself() throws IOException {
        CallGraph graph = value(MetricFile.readCalls(file("caller,callee\nfront,cart\ncart,db\ncart,cart\n")));
        assertEquals(Set.of("front", "cart", "db"), graph.reachable("front"));
        assertEquals(Set.of("db"), graph.callees("cart"));
        assertEquals(Set.of("front"), graph.callers("cart"));
        assertTrue(problem(MetricFile.readCalls(file("caller,callee\nfront\n"))).contains("line 2: 1 cells"));
    }
}
