package phalanx.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Metrics and call graphs from CSV files (RFC 4180) with a header. Any thread. */
public final class MetricFile {
    /** The file is not there or may not be read. */
    public static final String UNREADABLE = "PHX-1501";
    /** The file is no CSV of this kind. */
    public static final String INVALID = "PHX-1502";

    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_COLUMNS = 100_000;
    private static final long MOST_CELLS = 20_000_000;
    /** Beyond this, differences overflow. */
    private static final double LARGEST = 1e300;

    private static final String FORM =
            "The first line names the columns, the first column is the time (seconds since the epoch, or ISO 8601).";

    private static final ObjectReader CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build()
            .readerFor(String[].class);

    private MetricFile() {}

    /** A place in a file that is not what it should be. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what);
        }
    }

    /** Told of each row. */
    private interface Rows {
        /** @param header whether it is the first  @param line 1-based  @param cells as many as the line has */
        void row(boolean header, int line, String[] cells) throws Malformed;
    }

    /**
     * Columns {@code time,name,...}; a cell that is empty, {@code null} or {@code NaN} has no value. Up to 256 MiB.
     *
     * @return failed with {@link #UNREADABLE} or {@link #INVALID}, which names the line
     */
    public static Outcome<MetricTable> read(Path file) {
        List<String> names = new ArrayList<>();
        Set<String> known = new HashSet<>();
        List<String> moments = new ArrayList<>();
        LongStream.Builder nanos = LongStream.builder();
        List<DoubleStream.Builder> columns = new ArrayList<>();
        return read(file, FORM, (header, line, cells) -> {
                    if (header) {
                        if (cells.length < 2 || cells.length > MOST_COLUMNS) {
                            throw new Malformed("has " + cells.length + " columns in its first line");
                        }
                        for (String name : Arrays.asList(cells).subList(1, cells.length)) {
                            String shown = ForeignText.line(name.strip());
                            if (!known.add(shown)) {
                                throw new Malformed("has two columns named \"" + ForeignText.name(shown) + "\"");
                            }
                            names.add(shown);
                        }
                        names.forEach(_ -> columns.add(DoubleStream.builder()));
                        return;
                    }
                    OptionalLong time = Moment.parse(cells[0]);
                    if (time.isEmpty() || cells.length > names.size() + 1) {
                        throw new Malformed("line " + line + ": "
                                + (time.isEmpty()
                                        ? "\"" + ForeignText.line(cells[0]) + "\" is no time"
                                        : cells.length + " cells for " + (names.size() + 1) + " columns"));
                    }
                    if ((moments.size() + 1L) * names.size() > MOST_CELLS) {
                        throw new Malformed("has more than %,d cells".formatted(MOST_CELLS));
                    }
                    moments.add(ForeignText.line(cells[0]));
                    nanos.add(time.getAsLong());
                    for (int column = 0; column < names.size(); column++) {
                        columns.get(column)
                                .add(column + 1 < cells.length ? value(cells[column + 1], line) : Double.NaN);
                    }
                })
                .then(_ -> {
                    long[] times = nanos.build().toArray();
                    List<TimeSeries> all = new ArrayList<>();
                    for (int column = 0; column < names.size(); column++) {
                        all.add(new TimeSeries(
                                names.get(column),
                                times,
                                columns.get(column).build().toArray()));
                    }
                    return Outcome.ok(new MetricTable(moments, all));
                });
    }

    /**
     * Lines {@code caller,callee} under a header.
     *
     * @return failed with {@link #UNREADABLE} or {@link #INVALID}, which names the line
     */
    public static Outcome<CallGraph> readCalls(Path file) {
        Map<String, Set<String>> calls = new LinkedHashMap<>();
        return read(
                        file,
                        "Each line names two services, caller,callee; the first line is a header.",
                        (header, line, cells) -> {
                            if (cells.length != 2) {
                                throw new Malformed("line " + line + ": " + cells.length + " cells in place of two");
                            }
                            if (!header) {
                                calls.computeIfAbsent(ForeignText.line(cells[0].strip()), _ -> new LinkedHashSet<>())
                                        .add(ForeignText.line(cells[1].strip()));
                            }
                        })
                .then(_ -> Outcome.ok(new CallGraph(calls)));
    }

    private static double value(String cell, int line) throws Malformed {
        String text = cell.strip();
        if (text.isEmpty() || text.equals("null") || text.equalsIgnoreCase("NaN")) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? Math.clamp(value, -LARGEST, LARGEST) : Double.NaN;
        } catch (NumberFormatException _) {
            throw new Malformed("line " + line + ": \"" + ForeignText.line(text) + "\" is no number");
        }
    }

    private static Outcome<Path> read(Path file, String form, Rows rows) {
        int line = 1;
        try {
            if (Files.isDirectory(file)) {
                throw new Malformed("it is a folder");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new Malformed("is larger than " + (MOST_BYTES >> 20) + " MiB");
            }
            int read = 0;
            try (InputStream in = Files.newInputStream(file);
                    MappingIterator<String[]> cells = CSV.readValues(in)) {
                while (cells.hasNextValue()) {
                    line = cells.getCurrentLocation().getLineNr();
                    rows.row(++read == 1, line, cells.nextValue());
                }
            }
            if (read < 2) {
                throw new Malformed("has no rows");
            }
            return Outcome.ok(file);
        } catch (Malformed e) {
            return Outcome.failed(new Problem(INVALID, file + " cannot be used: " + e.getMessage() + ".", form));
        } catch (JsonProcessingException e) {
            return Outcome.failed(new Problem(
                    INVALID, file + " is no CSV file in UTF-8: it cannot be read on from line " + line + ".", form));
        } catch (IOException | UncheckedIOException e) {
            String why = e instanceof NoSuchFileException
                    ? "it does not exist"
                    : e instanceof AccessDeniedException ? "you may not read it" : "the disk refuses";
            return Outcome.failed(new Problem(
                    UNREADABLE, file + " cannot be read: " + why + ".", "Name a CSV file that you may read."));
        }
    }
}
