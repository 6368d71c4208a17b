package phalanx.show.help;

import java.util.Map;
import phalanx.decode.filter.Field;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.CommandMenus;
import phalanx.show.command.Commands;
import phalanx.show.omnibox.InvestigationFields;

/** The parts of the manual that the program knows better than any page: keys and fields as they are. Screen thread. */
final class WrittenParts {
    private static final Words WORDS = Words.of("help");

    private WrittenParts() {}

    static Map<String, String> of(Commands commands) {
        return Map.of("fields", fields(), "keys", keys(commands));
    }

    private static String fields() {
        StringBuilder table = head(WORDS.get("fields.name"), WORDS.get("fields.type"), WORDS.get("fields.about"));
        for (Field field : InvestigationFields.TABLE.all()) {
            row(
                    table,
                    code(field.name()),
                    Words.language().phrase(field.type().word()),
                    Words.language().phrase(field.description()));
        }
        return table.toString();
    }

    private static String keys(Commands commands) {
        StringBuilder all = new StringBuilder();
        for (Command.Group group : Command.Group.values()) {
            StringBuilder table = head(WORDS.get("keys.command"), WORDS.get("keys.keys"));
            int begin = table.length();
            commands.all().stream()
                    .filter(command ->
                            command.group() == group && !command.keysText().isEmpty())
                    .forEach(command -> row(table, command.title(), code(command.keysText())));
            if (table.length() > begin) {
                all.append("## ")
                        .append(CommandMenus.title(group))
                        .append("\n\n")
                        .append(table)
                        .append('\n');
            }
        }
        return all.toString();
    }

    private static StringBuilder head(String... titles) {
        StringBuilder table = new StringBuilder();
        row(table, titles);
        table.append("|---".repeat(titles.length)).append("|\n");
        return table;
    }

    private static void row(StringBuilder table, String... cells) {
        for (String cell : cells) {
            table.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        table.append("|\n");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
