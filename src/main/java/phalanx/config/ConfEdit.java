package phalanx.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Changes one directive in the text of a configuration and leaves the rest as it is written, comments and all. Any thread. */
public final class ConfEdit {
    private final String text;
    private final List<Node> nodes;

    private ConfEdit(String text, List<Node> nodes) {
        this.text = text;
        this.nodes = nodes;
    }

    /** Empty for a text that is no configuration. */
    public static Optional<ConfEdit> of(String text) {
        ConfText.Parsed parsed = ConfText.parse("configuration", text);
        return parsed.fault().isPresent() ? Optional.empty() : Optional.of(new ConfEdit(text, parsed.nodes()));
    }

    /** The first block that is wanted, from the outside in. */
    public Optional<Node> block(Predicate<Node> wanted) {
        return find(nodes, wanted);
    }

    private static Optional<Node> find(List<Node> among, Predicate<Node> wanted) {
        for (Node node : among) {
            if (node.block().isPresent() && wanted.test(node)) {
                return Optional.of(node);
            }
            Optional<Node> inner = node.block().flatMap(block -> find(block, wanted));
            if (inner.isPresent()) {
                return inner;
            }
        }
        return Optional.empty();
    }

    /** The text with a directive of a block saying these arguments; written anew at the beginning of the block where it has none. */
    public String set(Node block, String directive, List<String> arguments) {
        String written =
                directive + arguments.stream().map(ConfText::written).collect(Collectors.joining(" ", " ", ";"));
        Optional<Node> there = block.block().orElse(List.of()).stream()
                .filter(node ->
                        node.name().text().equals(directive) && node.block().isEmpty())
                .findFirst();
        if (there.isPresent()) {
            int from = offset(there.get().at());
            return text.substring(0, from) + written + text.substring(end(from, ';') + 1);
        }
        int open = end(offset(block.at()), '{') + 1;
        String indent = " ".repeat(block.at().column() - 1 + 4);
        return text.substring(0, open) + "\n" + indent + written + text.substring(open);
    }

    private int offset(Position at) {
        int offset = 0;
        for (int line = 1; line < at.line(); line++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return offset + at.column() - 1;
    }

    /** Where a mark stands next outside quotes and comments. */
    private int end(int from, char mark) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && Character.isWhitespace(text.charAt(i - 1))) {
                int line = text.indexOf('\n', i);
                i = line < 0 ? text.length() : line;
            } else if (c == mark) {
                return i;
            }
        }
        throw new IllegalStateException("a directive that was read does not end");
    }
}
