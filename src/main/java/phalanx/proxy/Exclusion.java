package phalanx.proxy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phalanx.config.Node;
import phalanx.config.Position;
import phalanx.config.Word;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.route.RequestPath;
import phalanx.proxy.route.RouteTable;

/**
 * How a configuration lets pass what its guard took for an attack: one line, in the route that the request came to, or further out where only that route heeds what stands there. Any thread.
 *
 * @param line the directive
 * @param at the number of the line below or in which it goes
 * @param before that line as it stands
 * @param changed the same with the directive, one line or two
 * @param text the whole configuration with it
 */
public record Exclusion(String line, int at, String before, List<String> changed, String text) {
    private static final Pattern RULE =
            Pattern.compile("(?:: |; )([a-z][a-z0-9-]*) at [a-z]+(?: ([^ ]{1,40}?))?(?=: |; |$)");
    /** Names that a log entry has as they are. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\[\\]-]{1,39}");

    /** The rules that a request's log entry names, with the name of the value that each held in where it is a plain one: {@code sqli-union@id}. */
    public static Set<String> rules(RequestRecord record) {
        Set<String> rules = new LinkedHashSet<>();
        for (Matcher matcher = RULE.matcher(record.guard()); matcher.find(); ) {
            String name = matcher.group(2);
            boolean known = name != null && NAME.matcher(name).matches();
            rules.add(matcher.group(1) + (known ? "@" + name : ""));
        }
        return rules;
    }

    /** The directive by itself, for a file that is not open. */
    public static String line(RequestRecord record) {
        return "waf_exclude " + String.join(" ", rules(record)) + ";";
    }

    /**
     * Finds its place in a configuration; empty where the text is no good one, where no route of it takes such a request, or where that
     * route stands in another file.
     */
    public static Optional<Exclusion> of(Path file, String text, RequestRecord record) {
        Optional<ProxyConfig> config = ProxyConfig.read(file, text).config();
        if (config.isEmpty() || rules(record).isEmpty()) {
            return Optional.empty();
        }
        Position at = route(config.get(), record);
        List<Node> path = new ArrayList<>();
        if (at == null
                || !at.file().equals(file.toString())
                || !find(config.get().nodes(), at, path)) {
            return Optional.empty();
        }
        for (int depth = path.size();
                depth > 1;
                depth--) { // a line further out that only this route heeds must not become idle
            Optional<Exclusion> made = insert(text, record, path.subList(0, depth));
            if (made.isPresent()
                    && ProxyConfig.read(file, made.get().text()).faults().isEmpty()) {
                return made;
            }
        }
        return Optional.empty();
    }

    private static @Nullable Position route(ProxyConfig config, RequestRecord record) {
        String host = record.host().replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        int question = record.target().indexOf('?');
        String path = RequestPath.normalized(
                question < 0 ? record.target() : record.target().substring(0, question));
        SiteSettings site = site(
                config.sites(),
                host,
                record.local() == null ? 0 : record.local().getPort());
        if (path == null || site == null) {
            return null;
        }
        RouteTable<RouteSettings> routes = new RouteTable<>();
        site.routes().forEach(route -> routes.add(route.match(), route));
        RouteSettings route = routes.find(path);
        return route == null ? null : route.at();
    }

    private static @Nullable SiteSettings site(List<SiteSettings> all, String host, int port) {
        List<SiteSettings> here = all.stream()
                .filter(site -> site.listens().stream().anyMatch(listen -> listen.port() == port))
                .toList();
        List<SiteSettings> sites = here.isEmpty() ? all : here;
        return sites.stream()
                .filter(site -> site.names().contains(host))
                .findFirst()
                .or(() -> sites.stream().filter(site -> named(site, host)).findFirst())
                .or(() -> sites.stream().filter(SiteSettings::standard).findFirst())
                .or(() -> sites.stream().findFirst())
                .orElse(null);
    }

    private static boolean named(SiteSettings site, String host) {
        return site.names().stream().anyMatch(name -> name.startsWith("*.") && host.endsWith(name.substring(1)));
    }

    /** The blocks from the outermost to the one at a place. */
    private static boolean find(List<Node> nodes, Position at, List<Node> path) {
        for (Node node : nodes) {
            path.add(node);
            if (node.at().equals(at)
                    || node.block().isPresent() && find(node.block().get(), at, path)) {
                return true;
            }
            path.removeLast();
        }
        return false;
    }

    private static Optional<Exclusion> insert(String text, RequestRecord record, List<Node> path) {
        int brace = brace(text, path.getLast());
        if (brace < 0) {
            return Optional.empty();
        }
        Set<String> words = new LinkedHashSet<>(inherited(path));
        words.addAll(rules(record));
        String line = "waf_exclude " + String.join(" ", words) + ";";
        int from = text.lastIndexOf('\n', brace) + 1;
        int end = text.indexOf('\n', brace);
        int to = end < 0 ? text.length() : end;
        boolean alone = text.substring(brace + 1, to).isBlank();
        String before = text.substring(from, brace + 1);
        List<String> changed = alone
                ? List.of(text.substring(from, to), indent(before) + "    " + line)
                : List.of(before + " " + line + text.substring(brace + 1, to));
        int number = 1
                + (int) text.substring(0, brace).chars().filter(c -> c == '\n').count();
        return Optional.of(new Exclusion(
                line,
                number,
                text.substring(from, to),
                changed,
                text.substring(0, from) + String.join("\n", changed) + text.substring(to)));
    }

    /** What holds there from the blocks outside, which a line of its own would undo; nothing where it has such a line. */
    private static List<String> inherited(List<Node> path) {
        for (Node node : path.reversed()) {
            List<String> words = node.block().orElse(List.of()).stream()
                    .filter(inner -> inner.name().text().equals("waf_exclude"))
                    .flatMap(inner -> inner.arguments().stream())
                    .map(word -> word.text())
                    .toList();
            if (!words.isEmpty()) {
                return node.equals(path.getLast()) ? List.of() : words;
            }
        }
        return List.of();
    }

    private static int brace(String text, Node block) {
        Word word =
                block.arguments().isEmpty() ? block.name() : block.arguments().getLast();
        Position last = word.at();
        int start = 0;
        for (int i = 1; i < last.line(); i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return text.indexOf('{', start + last.column() - 1 + word.text().length());
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}
