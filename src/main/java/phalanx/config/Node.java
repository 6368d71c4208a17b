package phalanx.config;

import java.util.List;
import java.util.Optional;

/**
 * One directive. Any thread.
 *
 * @param arguments in order, without the name
 * @param block what stands between its braces; empty for one that ends in a semicolon
 * @param verbatim the code of a block in another language (names ending in {@code _by_lua_block}), as written
 */
public record Node(Word name, List<Word> arguments, Optional<List<Node>> block, Optional<String> verbatim) {
    public Node {
        arguments = List.copyOf(arguments);
        block = block.map(List::copyOf);
    }

    public Position at() {
        return name.at();
    }

    /** The text of the argument at an index that exists. */
    public String argument(int index) {
        return arguments.get(index).text();
    }

    /** Whether both say the same, wherever they stand and however they are quoted. */
    public boolean says(Node other) {
        return name.text().equals(other.name.text())
                && texts(arguments).equals(texts(other.arguments))
                && verbatim.equals(other.verbatim)
                && block.isPresent() == other.block.isPresent()
                && same(block.orElse(List.of()), other.block.orElse(List.of()));
    }

    /** Whether two lists of directives say the same, in the same order. */
    public static boolean same(List<Node> one, List<Node> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).says(other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }
}
