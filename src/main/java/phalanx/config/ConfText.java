package phalanx.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.config.Tokens.Kind;
import phalanx.config.Tokens.Refused;
import phalanx.config.Tokens.Token;

/** Reads the text of a configuration by recursive descent, and writes it. Any thread. */
public final class ConfText {
    /** Blocks inside blocks, beyond which a file is refused. */
    private static final int DEEPEST = 64;
    /** Bytes of one file, beyond which it is refused. */
    private static final long LARGEST = 8 << 20;

    private final Tokens tokens;

    private ConfText(String file, String text) {
        this.tokens = new Tokens(file, text);
    }

    /**
     * What a text holds.
     *
     * @param nodes empty when there is a fault
     * @param fault the first place where the text is no configuration
     */
    public record Parsed(List<Node> nodes, Optional<Fault> fault) {
        public Parsed {
            nodes = List.copyOf(nodes);
        }
    }

    /** Reads a text; {@code file} is what positions will name. */
    public static Parsed parse(String file, String text) {
        try {
            return new Parsed(new ConfText(file, text).nodes(null, 0), Optional.empty());
        } catch (Refused refused) {
            return new Parsed(List.of(), Optional.of(refused.fault()));
        }
    }

    /** Reads a file without following its includes. Text that is not UTF-8 is taken for ISO 8859-1. */
    public static Parsed read(Path file) {
        Position start = new Position(file.toString(), 1, 1);
        try {
            if (Files.size(file) > LARGEST) {
                return new Parsed(
                        List.of(),
                        Optional.of(new Fault(
                                start, "The file is larger than 8 MiB.", "Is it a configuration? Split it if it is.")));
            }
            byte[] bytes = Files.readAllBytes(file);
            return parse(file.toString(), decoded(bytes));
        } catch (IOException e) {
            String why = Files.isDirectory(file)
                    ? "is a folder"
                    : Files.exists(file) ? "cannot be read (" + e.getMessage() + ")" : "does not exist";
            return new Parsed(
                    List.of(), Optional.of(new Fault(start, "The file " + why + ".", "Name a file that can be read.")));
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private List<Node> nodes(@Nullable Position opened, int depth) throws Refused {
        if (depth > DEEPEST) {
            throw new Refused(new Fault(
                    tokens.here(), "Blocks stand more than " + DEEPEST + " deep.", "Nothing needs that: close some."));
        }
        List<Node> nodes = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case WORD -> nodes.add(directive(Objects.requireNonNull(token.word()), depth));
                case END -> {
                    if (opened != null) {
                        throw new Refused(new Fault(
                                token.at(),
                                "The file ends inside the block that begins in line " + opened.line() + ".",
                                "Close it with }."));
                    }
                    return nodes;
                }
                case CLOSE -> {
                    if (opened == null) {
                        throw new Refused(
                                new Fault(token.at(), "This } closes no block.", "Remove it, or open the block."));
                    }
                    return nodes;
                }
                case SEMICOLON, OPEN ->
                    throw new Refused(new Fault(
                            token.at(),
                            token.kind() == Kind.OPEN
                                    ? "This { belongs to no directive."
                                    : "This ; belongs to no directive.",
                            "Remove it, or write the directive before it."));
            }
        }
    }

    private Node directive(Word name, int depth) throws Refused {
        List<Word> arguments = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            switch (token.kind()) {
                case WORD -> arguments.add(Objects.requireNonNull(token.word()));
                case SEMICOLON -> {
                    return new Node(name, arguments, Optional.empty(), Optional.empty());
                }
                case OPEN -> {
                    if (name.text().endsWith("_by_lua_block")) {
                        return new Node(
                                name,
                                arguments,
                                Optional.of(List.of()),
                                Optional.of(tokens.verbatim(token.at()).strip()));
                    }
                    return new Node(name, arguments, Optional.of(nodes(token.at(), depth + 1)), Optional.empty());
                }
                case CLOSE, END ->
                    throw new Refused(new Fault(
                            name.at(),
                            "The directive " + name.text() + " is not ended before "
                                    + (token.kind() == Kind.END ? "the end of the file" : "the }") + " in line "
                                    + token.at().line() + ".",
                            "End it with ;."));
            }
        }
    }

    /** The text of a tree; reading it gives a tree that {@linkplain Node#says says the same}. */
    public static String print(List<Node> nodes) {
        StringBuilder out = new StringBuilder();
        print(nodes, 0, out);
        return out.toString();
    }

    private static void print(List<Node> nodes, int depth, StringBuilder out) {
        for (Node node : nodes) {
            String indent = "    ".repeat(depth);
            out.append(indent).append(written(node.name().text()));
            node.arguments().forEach(word -> out.append(' ').append(written(word.text())));
            if (node.block().isEmpty()) {
                out.append(";\n");
            } else if (node.verbatim().isPresent()) {
                out.append(" {\n")
                        .append(node.verbatim().get())
                        .append('\n')
                        .append(indent)
                        .append("}\n");
            } else {
                out.append(" {\n");
                print(node.block().get(), depth + 1, out);
                out.append(indent).append("}\n");
            }
        }
    }

    /** A word as it must be written to be read as this text. */
    public static String written(String text) {
        if (!text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || "\"'\\;{}#".indexOf(c) >= 0)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
