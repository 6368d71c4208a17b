package phalanx.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.run.Progress;

class CsvDocumentTest {
    private static String csv(List<String> columns, List<List<String>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvDocument.write("test", columns, rows.size(), rows::get, out, Progress.NONE);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void cells_are_read_back_as_they_were_with_commas_quotes_line_ends_and_letters_of_all_kinds() throws IOException {
        List<List<String>> rows = List.of(
                List.of("a,b", "say \"hi\""),
                List.of("two\r\nlines", "\u05e9\u05dc\u05d5\u05dd \ud83d\ude00"),
                List.of("", " x "));
        String csv = csv(List.of("Name", "Text, quoted"), rows);
        assertTrue(csv.startsWith("Name,\"Text, quoted\"\r\n"), csv);
        try (MappingIterator<String[]> back = new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(csv)) {
            assertArrayEquals(new String[] {"Name", "Text, quoted"}, back.next());
            for (List<String> row : rows) {
                assertArrayEquals(row.toArray(), back.next());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1"})
    void what_a_spreadsheet_would_carry_out_becomes_text(String cell) {
        assertEquals("'" + cell, CsvDocument.harmless(cell));
        assertEquals("a" + cell, CsvDocument.harmless("a" + cell));
    }

    @Test
    void numbers_below_zero_stay_numbers() {
        Stream.of("-1", "+0.5", "-1,234.5", "-12.4 ms", "-3.2 %", "-850 µs", "-1e-9", "+1.25 s")
                .forEach(number -> assertEquals(number, CsvDocument.harmless(number)));
    }

    @Test
    void a_million_rows_pass_through_without_being_kept() throws IOException {
        long[] written = {0};
        OutputStream count = new OutputStream() {
            @Override
            public void write(int octet) {
                written[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                written[0] += length;
            }
        };
        String large = "x".repeat(2_200); // all rows together are more than an array holds
        CsvDocument.write("test", List.of("a"), 1_000_000, _ -> List.of(large), count, Progress.NONE);
        assertEquals(1_000_001L * 2 + 1 + 2_200_000_000L, written[0]);
    }

    @Test
    void it_can_be_given_up() {
        Progress gone = new Progress() {
            @Override
            public void at(String step, long done, long total) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThrows(
                Progress.Cancelled.class,
                () -> CsvDocument.write(
                        "test", List.of("a"), 5, _ -> List.of("b"), OutputStream.nullOutputStream(), gone));
    }
}
