package phalanx.show.help;

import java.util.Map;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** Which page of the manual is about a part of the screen. Screen thread. */
public final class HelpTopics {
    /** The page for everything that has none of its own. */
    public static final String USUAL = "getting-started";

    private static final String KEY = "phalanx.help.topic";

    /** By the id of a view, or a style class of its node. */
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("captures", "captures"),
            Map.entry("map", "topology"),
            Map.entry("place", "topology"),
            Map.entry("ladder", "ladder"),
            Map.entry("charts", "charts"),
            Map.entry("conversations", "conversations"),
            Map.entry("cause", "root-cause"),
            Map.entry("packets", "packets"),
            Map.entry("packet", "packets"),
            Map.entry("notes", "cases"),
            Map.entry("events", "imports"),
            Map.entry("imports", "imports"),
            Map.entry("proxy", "proxy"),
            Map.entry("proxy-console", "proxy"),
            Map.entry("lab-page", "lab"),
            Map.entry("agent-console", "agents"),
            Map.entry("omnibox", "omnibox"),
            Map.entry("quiz", "demos"),
            Map.entry("tour", "demos"),
            Map.entry("settings", "preferences"),
            Map.entry("settings-page", "preferences"),
            Map.entry("shortcuts", "keyboard"),
            Map.entry("live-strip", "live"),
            Map.entry("live-details", "live"),
            Map.entry("capture-pane", "live"),
            Map.entry("export", "export"));

    private HelpTopics() {}

    /** Says what a node and all below it are about. @param view id of a view, or of a page */
    public static void mark(Node node, String view) {
        node.getProperties().put(KEY, BY_NAME.getOrDefault(view, view));
    }

    /** The page about what has the focus: that of the innermost node that says what it is. */
    public static String of(@Nullable Node focusOwner) {
        for (Node node = focusOwner; node != null; node = node.getParent()) {
            String topic = own(node);
            if (topic != null) {
                return topic;
            }
        }
        return USUAL;
    }

    private static @Nullable String own(Node node) {
        if (node.hasProperties() && node.getProperties().get(KEY) instanceof String topic) {
            return topic;
        }
        String byId = node.getId() == null ? null : BY_NAME.get(node.getId());
        return byId != null
                ? byId
                : node.getStyleClass().stream()
                        .filter(BY_NAME::containsKey)
                        .map(BY_NAME::get)
                        .findFirst()
                        .orElse(null);
    }
}
