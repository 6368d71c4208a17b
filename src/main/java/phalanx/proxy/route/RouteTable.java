package phalanx.proxy.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one server, asked as nginx asks its locations: the exact path; else the longest prefix if it forbids expressions; else the
 * first expression that matches; else the longest prefix. Any thread.
 *
 * @param <T> what a route leads to
 */
public final class RouteTable<T> {
    private record Entry<T>(RouteMatch match, T target) {}

    private final Map<String, T> exact = new HashMap<>();
    private final List<Entry<T>> prefixes = new ArrayList<>();
    private final List<Entry<T>> expressions = new ArrayList<>();

    /** Adds a route; one that stands there already counts. */
    public void add(RouteMatch match, T target) {
        switch (match.kind()) {
            case EXACT -> exact.putIfAbsent(match.text(), target);
            case REGEX -> expressions.add(new Entry<>(match, target));
            case PREFIX, PREFIX_FIRST -> {
                prefixes.add(new Entry<>(match, target));
                prefixes.sort(Comparator.comparingInt(e -> -e.match().text().length()));
            }
        }
    }

    /** Where a normalized path leads, or null. */
    public @Nullable T find(String path) {
        if (!exact.isEmpty()) {
            T target = exact.get(path);
            if (target != null) {
                return target;
            }
        }
        Entry<T> longest = null;
        for (Entry<T> entry : prefixes) {
            if (path.startsWith(entry.match().text())) {
                longest = entry;
                break;
            }
        }
        if (longest == null || longest.match().kind() != RouteMatch.Kind.PREFIX_FIRST) {
            for (Entry<T> entry : expressions) {
                if (entry.match().matches(path)) {
                    return entry.target();
                }
            }
        }
        return longest == null ? null : longest.target();
    }
}
