package phalanx.proxy.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;

/**
 * A route that leads to files. Any thread.
 *
 * @param root the folder, with links resolved; nothing outside is ever served
 * @param prefix of the route, taken off the path
 * @param index names tried for a path that ends in a slash
 * @param precompressed whether {@code FILE.br} and {@code FILE.gz} are sent to clients that take them
 */
public record StaticSettings(Path root, String prefix, List<String> index, boolean precompressed) {
    private static final Directive ROOT = Directive.of(
            "route",
            "root FOLDER",
            "",
            "The folder whose files are served; beside fastcgi_pass, the folder of the scripts.");
    private static final Directive INDEX = Directive.of(
            "http server route", "index NAME...", "index.html", "Names tried for a path that ends in a slash.");
    private static final Directive PRECOMPRESSED = Directive.of(
            "http server route",
            "gzip_static on|off",
            "off",
            "Send FILE.br or FILE.gz in place of FILE to clients that take them.");

    public static final List<Directive> DIRECTIVES = List.of(ROOT, INDEX, PRECOMPRESSED);

    /** What {@code root} says, as written. */
    public static Optional<String> root(Section section) {
        return section.own(ROOT).map(node -> node.argument(0));
    }

    /**
     * Reads a route's block; empty where it leads elsewhere.
     *
     * @param folder what a relative root starts from
     */
    public static Optional<StaticSettings> from(Section section, String prefix, Path folder) {
        List<String> index = section.one(INDEX)
                .map(node -> node.arguments().stream().map(w -> w.text()).toList())
                .orElse(List.of("index.html"));
        boolean precompressed = section.flag(PRECOMPRESSED, false);
        Optional<Node> node = section.own(ROOT);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Path root = folder.resolve(node.get().argument(0));
        try {
            root = Files.exists(root)
                    ? root.toRealPath()
                    : root.toAbsolutePath().normalize();
        } catch (IOException _) {
            root = root.toAbsolutePath().normalize();
        }
        return Optional.of(new StaticSettings(root, prefix, index, precompressed));
    }
}
