package phalanx.show.conversations;

import java.util.List;
import java.util.stream.Collectors;
import phalanx.run.Progress;

/** Conversations as text for other programs. Any thread. */
enum RowText {
    /** Tabs between cells, as spreadsheets paste it; without heads. */
    TABS,
    /** RFC 4180, with heads. */
    CSV;

    /** @throws Progress.Cancelled when the work was given up */
    String of(ConversationSource source, int[] conversations, List<ConversationColumn> columns, Progress progress) {
        StringBuilder text = new StringBuilder();
        if (this == CSV) {
            text.append(line(columns.stream().map(ConversationColumn::title).toList()));
        }
        for (int conversation : conversations) {
            progress.stopIfCancelled();
            ConversationRow row = source.row(conversation);
            text.append(line(
                    columns.stream().map(column -> column.content().text(row)).toList()));
        }
        return text.toString();
    }

    private String line(List<String> cells) {
        return switch (this) {
            case TABS -> String.join("\t", cells) + "\n";
            case CSV -> cells.stream().map(RowText::quoted).collect(Collectors.joining(",")) + "\r\n";
        };
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
