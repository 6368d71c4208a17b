package phalanx.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the files that {@code include FILE;} names in its place. A path is taken from the folder of the first file, as nginx does; its
 * last part may be a pattern ({@code *.conf}), which may match nothing. One thread.
 */
public final class Includes {
    private static final int DEEPEST = 16;
    private static final int MOST_FILES = 1000;

    private final Path root;
    private int files;

    private Includes(Path root) {
        this.root = root;
    }

    /** Reads a file and all that it includes. */
    public static ConfText.Parsed read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return new Includes(folder == null ? file.toAbsolutePath() : folder).read(file, 0);
    }

    /** As {@link #read(Path)}, with a text in place of what the file holds now. */
    public static ConfText.Parsed read(Path file, String text) {
        Path folder = file.toAbsolutePath().getParent();
        ConfText.Parsed parsed = ConfText.parse(file.toString(), text);
        return parsed.fault().isPresent()
                ? parsed
                : new Includes(folder == null ? file.toAbsolutePath() : folder).expand(parsed.nodes(), 0);
    }

    private ConfText.Parsed read(Path file, int depth) {
        ConfText.Parsed parsed = ConfText.read(file);
        return parsed.fault().isPresent() ? parsed : expand(parsed.nodes(), depth);
    }

    private ConfText.Parsed expand(List<Node> nodes, int depth) {
        List<Node> out = new ArrayList<>();
        for (Node node : nodes) {
            ConfText.Parsed part;
            if (node.name().text().equals("include")
                    && node.arguments().size() == 1
                    && node.block().isEmpty()) {
                part = included(node, depth);
            } else if (node.block().isPresent() && node.verbatim().isEmpty()) {
                ConfText.Parsed block = expand(node.block().get(), depth);
                part = block.fault().isPresent()
                        ? block
                        : new ConfText.Parsed(
                                List.of(new Node(
                                        node.name(), node.arguments(), Optional.of(block.nodes()), Optional.empty())),
                                Optional.empty());
            } else {
                part = new ConfText.Parsed(List.of(node), Optional.empty());
            }
            if (part.fault().isPresent()) {
                return part;
            }
            out.addAll(part.nodes());
        }
        return new ConfText.Parsed(out, Optional.empty());
    }

    private ConfText.Parsed included(Node node, int depth) {
        if (depth >= DEEPEST) {
            return refused(
                    node, "Files include each other more than " + DEEPEST + " deep.", "Does one include itself?");
        }
        try {
            List<Path> matches = matches(node.argument(0));
            files += matches.size();
            if (files > MOST_FILES) {
                return refused(node, "More than " + MOST_FILES + " files are included.", "Narrow the pattern.");
            }
            List<Node> out = new ArrayList<>();
            for (Path match : matches) {
                if (!Files.isRegularFile(match)) {
                    return refused(node, "There is no file " + match + " to include.", "Mend the path.");
                }
                ConfText.Parsed parsed = read(match, depth + 1);
                if (parsed.fault().isPresent()) {
                    return parsed;
                }
                out.addAll(parsed.nodes());
            }
            return new ConfText.Parsed(out, Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            return refused(node, "The files of " + node.argument(0) + " cannot be listed.", "Mend the path.");
        }
    }

    private List<Path> matches(String argument) throws IOException {
        Path path = root.resolve(argument);
        Path name = path.getFileName();
        Path folder = path.getParent();
        if (name == null || folder == null || name.toString().chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            return List.of(path);
        }
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, name.toString())) {
                entries.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }

    private static ConfText.Parsed refused(Node node, String what, String remedy) {
        return new ConfText.Parsed(
                List.of(), Optional.of(new Fault(node.arguments().getFirst().at(), what, remedy)));
    }
}
