package phalanx.show;

import com.sun.javafx.event.CompositeEventHandler;
import com.sun.javafx.event.EventHandlerManager;
import com.sun.javafx.scene.NodeEventDispatcher;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/**
 * Which events a node handles itself, beside what controls of the toolkit and of AtlantaFX do, which have keys of their own. The
 * toolkit keeps that to itself, so it is read where it is kept. Screen thread.
 */
final class Handlers {
    private static final List<EventType<? extends Event>> CLICKS = List.of(
            MouseEvent.MOUSE_CLICKED,
            MouseEvent.MOUSE_PRESSED,
            MouseEvent.MOUSE_RELEASED,
            MouseEvent.ANY,
            InputEvent.ANY);
    private static final List<EventType<? extends Event>> KEYS =
            List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED, KeyEvent.KEY_TYPED, KeyEvent.ANY, InputEvent.ANY);

    private static final List<String> CONTROLS = List.of("javafx.", "com.sun.javafx.", "atlantafx.");

    private Handlers() {}

    /** Whether a click on a node does something that the toolkit does not do by itself. */
    static boolean takesClicks(Node node) {
        return takes(node, CLICKS);
    }

    /** The same of keys. */
    static boolean takesKeys(Node node) {
        return takes(node, KEYS);
    }

    private static boolean takes(Node node, List<EventType<? extends Event>> types) {
        // Not the dispatcher that a node tells of: skins put their own around it.
        if (!(read(Node.class, "internalEventDispatcher", node) instanceof NodeEventDispatcher dispatcher)) {
            return false;
        }
        return read(EventHandlerManager.class, "eventHandlerMap", dispatcher.getEventHandlerManager())
                        instanceof Map<?, ?> byType
                && types.stream()
                        .map(byType::get)
                        .anyMatch(handlers -> handlers instanceof CompositeEventHandler<?> some && isOwn(some));
    }

    private static boolean isOwn(CompositeEventHandler<?> handlers) {
        if (isOwn(handlers.getEventHandler())) {
            return true;
        }
        Object entry = read(CompositeEventHandler.class, "firstRecord", handlers);
        while (entry != null) {
            String kept = entry.getClass().getSimpleName();
            if (kept.startsWith("Normal")
                    && isOwn(read(entry.getClass(), kept.contains("Filter") ? "eventFilter" : "eventHandler", entry))) {
                return true;
            }
            entry = read(entry.getClass().getSuperclass(), "nextRecord", entry);
        }
        return false;
    }

    private static boolean isOwn(@Nullable Object handler) {
        return handler != null && CONTROLS.stream().noneMatch(handler.getClass().getName()::startsWith);
    }

    private static @Nullable Object read(Class<?> of, String name, Object from) {
        try {
            Field field = of.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(from);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the toolkit keeps its handlers elsewhere now", e);
        }
    }
}
