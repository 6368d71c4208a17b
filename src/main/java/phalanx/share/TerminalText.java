package phalanx.share;

import java.io.PrintWriter;
import java.util.List;

/** Lines, paragraphs and tables for a terminal, at most 110 columns wide. Any thread. */
final class TerminalText {
    static final String BOLD = "1", RED = "31", YELLOW = "33", GREEN = "32", CYAN = "36";
    private static final int WIDTH = 110;

    private final boolean colours;

    /** @param colours whether ANSI colours may be used (ECMA-48 SGR) */
    TerminalText(boolean colours) {
        this.colours = colours;
    }

    /** Aligned columns: the first so many to the left, figures to the right. */
    void table(PrintWriter out, List<String[]> rows, int left) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String pad = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ").append(i < left ? row[i] + pad : pad + row[i]);
            }
            boolean head = rows.indexOf(row) == 0;
            out.println(
                    head
                            ? paint(BOLD, line.toString().stripTrailing())
                            : line.toString().stripTrailing());
        }
        out.println();
    }

    void wrap(PrintWriter out, String lead, int indent, String text) {
        StringBuilder line = new StringBuilder(lead);
        int column = indent;
        for (String word : text.split(" ", -1)) {
            if (column > indent && column + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent));
                column = indent;
            }
            line.append(word).append(' ');
            column += word.length() + 1;
        }
        out.println(line.toString().stripTrailing());
    }

    String paint(String colour, String text) {
        return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
