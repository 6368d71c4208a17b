package phalanx.share;

/** Rows of an HTML table, well-formed as XML too. Cells are markup: what comes from outside is escaped by who writes it. */
final class HtmlTable {
    private final StringBuilder text = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
    private final StringBuilder figures = new StringBuilder();

    /** A column of words. */
    HtmlTable words(String title) {
        return column(title, false);
    }

    /** A column of figures, aligned on the right. */
    HtmlTable figures(String title) {
        return column(title, true);
    }

    private HtmlTable column(String title, boolean figure) {
        text.append(figure ? "<th class=\"n\">" : "<th>").append(title).append("</th>");
        figures.append(figure ? 'n' : ' ');
        return this;
    }

    /** As many cells as there are columns. */
    void row(String... cells) {
        text.append("</tr>\n<tr>");
        for (int i = 0; i < cells.length; i++) {
            text.append(figures.charAt(i) == 'n' ? "<td class=\"n\">" : "<td>")
                    .append(cells[i])
                    .append("</td>");
        }
    }

    @Override
    public String toString() {
        String rows = text.toString();
        int head = rows.indexOf("</tr>\n");
        return head < 0
                ? rows + "</tr></thead></table></div>"
                : rows.substring(0, head) + "</tr></thead><tbody>" + rows.substring(head + "</tr>\n".length())
                        + "</tr></tbody></table></div>";
    }
}
