package phalanx.show.export;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be written. */
public enum ExportFormat {
    PNG(".png"),
    /** Two pixels for each of the screen. */
    PNG_FINE(".png"),
    SVG(".svg"),
    CSV(".csv"),
    PDF(".pdf"),
    HTML(".html"),
    MARKDOWN(".md"),
    JSON(".json");

    /** Of the case; the others are of a view. */
    public static final Set<ExportFormat> REPORTS = EnumSet.of(PDF, HTML, MARKDOWN, JSON);

    private final String ending;

    ExportFormat(String ending) {
        this.ending = ending;
    }

    /** With its dot. */
    public String ending() {
        return ending;
    }

    public boolean report() {
        return REPORTS.contains(this);
    }

    /** Whether pictures can go into it. */
    boolean illustrated() {
        return this == PDF || this == HTML;
    }

    /** The file with this ending, given by the user or not. */
    Path complete(Path file) {
        String name = file.toString();
        return name.toLowerCase(Locale.ROOT).endsWith(ending) ? file : Path.of(name + ending);
    }
}
