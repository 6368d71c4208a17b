package phalanx.config;

import java.util.List;

/**
 * A name that a configuration may use, declared by who obeys it. Any thread.
 *
 * @param name as written
 * @param blocks where it may stand; {@link #MAIN} is outside all blocks. One that may stand in several, outer ones too, is inherited
 * @param form how it is written, from its name to its semicolon or brace
 * @param standard what holds when it is not given; empty when nothing does
 * @param says one sentence for the reference
 * @param least fewest arguments
 * @param most most arguments
 */
public record Directive(
        String name, List<String> blocks, String form, String standard, String says, int least, int most) {
    /** The place outside all blocks. */
    public static final String MAIN = "main";

    public Directive {
        blocks = List.copyOf(blocks);
    }

    /**
     * A directive whose number of arguments is read off its form: words in capitals or with {@code |}, a last one ending in {@code ...}
     * may be repeated, one in brackets may be missing.
     */
    public static Directive of(String blocks, String form, String standard, String says) {
        String[] words = form.split(" ", -1);
        int least = 0;
        int most = 0;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            if (word.equals("{")) {
                break;
            }
            if (!word.startsWith("[")) {
                least++;
            }
            most = word.replace("]", "").endsWith("...")
                    ? Integer.MAX_VALUE
                    : most == Integer.MAX_VALUE ? most : most + 1;
        }
        return new Directive(words[0], List.of(blocks.split(" ", -1)), form, standard, says, least, most);
    }

    boolean hasBlock() {
        return form.endsWith("}");
    }
}
