package phalanx.show;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.event.ActionEvent;
import javafx.event.Event;
import javafx.event.EventDispatchChain;
import javafx.event.EventDispatcher;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.run.StallWatch;

/**
 * Finds out when the desk keeps the screen thread from its user for longer than can be overlooked. Not by the clock on the wall: with nine
 * threads at two processors whole desks took 2.1 s of it. It counts what the thread spends ({@link ScreenTime}), without what a test
 * does there itself; each event of the user's by itself, so that a test may send many in a row, and all else between two signs of life.
 *
 * <p>What is done for the first time may take longer: classes are loaded, which the program takes from its cache, and nodes are styled.
 * A whole desk of 2,600 nodes took 540 ms in a new virtual machine that loaded 670 classes meanwhile, 300 ms the second time,
 * then 100 to 175 ms. So a class and a new node have something to their credit, nodes only as many as a desk has: who makes tens of
 * thousands is found.
 */
final class ScreenStalls implements AutoCloseable {
    private static final long LIMIT_NANOS = 200_000_000, A_CLASS_NANOS = 500_000, A_NODE_NANOS = 100_000;
    /** How much longer a thread takes when another one is busy on the same core. */
    private static final int SHARED = 2;

    private static final int MOST_NODES = 4_000, LONGEST_END_MILLIS = 20_000;
    /** The display that is none copies every pixel by itself, on the screen thread. */
    private static final String DISPLAY = "com.sun.glass.ui.headless.HeadlessWindow.blit";

    private static final String THREAD = "JavaFX Application Thread";

    private static final ClassLoadingMXBean CLASSES = ManagementFactory.getClassLoadingMXBean();

    private final Set<Node> known = Collections.newSetFromMap(new WeakHashMap<>());
    private final List<String> stalls = new CopyOnWriteArrayList<>();
    private final ListChangeListener<Window> windows = change -> {
        while (change.next()) {
            change.getAddedSubList().forEach(this::listen);
        }
    };
    private final StallWatch watch;
    private final long coldNanos;
    private @Nullable String sheet;
    private boolean inEvent;
    private boolean nested;
    private long classes;
    private int newNodes;
    private volatile long credit;
    private final AtomicInteger beats = new AtomicInteger();

    /**
     * Begins to watch. Not on the screen thread.
     *
     * @param coldNanos what the screen thread may spend in all before it is judged: as long its code is interpreted
     */
    ScreenStalls(long coldNanos) {
        this.coldNanos = coldNanos;
        Screen.run(() -> {
            Window.getWindows().addListener(windows);
            Window.getWindows().forEach(this::listen);
            mark();
        });
        watch = new StallWatch(
                beat -> Platform.runLater(() -> {
                    ScreenTime.spend(ScreenTime.By.TEST, this::mark);
                    beat.run();
                }),
                Duration.ofNanos(LIMIT_NANOS),
                () -> ScreenTime.spent(ScreenTime.By.DESK),
                stall -> judge(stall.nanos(), allowed(credit), "at\n" + stall.stack()));
        awaitBeats(1);
    }

    private static long allowed(long credit) {
        return SHARED * (LIMIT_NANOS + credit);
    }

    private void judge(long nanos, long allowed, String what) {
        if (nanos > allowed && !what.contains(DISPLAY) && ScreenTime.spent() > coldNanos) {
            stalls.add("the screen thread was busy for " + nanos / 1_000_000 + " ms, " + allowed / 1_000_000
                    + " are allowed, " + what);
        }
    }

    /** At each sign of life: what was there for the first time since the one before, and the one before that, whose nodes are styled now. */
    private void mark() {
        int before = newNodes;
        newNodes = 0;
        String now = Application.getUserAgentStylesheet();
        if (!Objects.equals(now, sheet)) {
            sheet = now;
            known.clear(); // another theme styles every node anew
        }
        for (Window window : Window.getWindows()) {
            Scene scene = window.getScene();
            if (scene != null) {
                Screen.all(scene.getRoot()).forEach(node -> newNodes += known.add(node) ? 1 : 0);
            }
        }
        long loaded = CLASSES.getTotalLoadedClassCount() - classes;
        classes += loaded;
        nested |= inEvent; // a window that waits for its answer: the event lasts as long as the user likes
        credit = jobAtOnce()
                ? Long.MAX_VALUE / SHARED - LIMIT_NANOS
                : loaded * A_CLASS_NANOS + Math.min(before + newNodes, MOST_NODES) * A_NODE_NANOS;
        beats.incrementAndGet();
    }

    /** Whether the thread was lent to a job of a test, other than by {@link Screen#AT_ONCE}: jobs leave their name on it. */
    private static boolean jobAtOnce() {
        Thread thread = Thread.currentThread();
        boolean lent = !thread.getName().equals(THREAD);
        thread.setName(THREAD);
        return lent;
    }

    private void listen(Window window) {
        EventDispatcher inner = window.getEventDispatcher();
        window.setEventDispatcher((event, tail) -> dispatch(inner, event, tail));
    }

    private Event dispatch(EventDispatcher inner, Event event, EventDispatchChain tail) {
        if (inEvent || !(event instanceof InputEvent || event instanceof ActionEvent)) {
            return inner.dispatchEvent(event, tail);
        }
        inEvent = true;
        nested = false;
        jobAtOnce();
        long from = ScreenTime.spent(ScreenTime.By.EVENT);
        long loaded = CLASSES.getTotalLoadedClassCount();
        Event[] left = new Event[1];
        try {
            ScreenTime.spend(ScreenTime.By.EVENT, () -> left[0] = inner.dispatchEvent(event, tail));
        } finally {
            inEvent = false;
            if (!nested && !jobAtOnce()) {
                judge(
                        ScreenTime.spent(ScreenTime.By.EVENT) - from,
                        allowed((CLASSES.getTotalLoadedClassCount() - loaded) * A_CLASS_NANOS),
                        "with " + event.getEventType() + (event instanceof KeyEvent key ? " " + key.getCode() : "")
                                + " at " + event.getTarget());
            }
        }
        return left[0];
    }

    private void awaitBeats(int more) {
        int last = beats.get() + more;
        for (int waited = 0; beats.get() < last && waited < LONGEST_END_MILLIS; waited += 5) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What was found until all that is under way has been seen, a text each. */
    List<String> found() {
        awaitBeats(2);
        return List.copyOf(stalls);
    }

    @Override
    public void close() {
        watch.close();
        Screen.run(() -> Window.getWindows().removeListener(windows));
    }
}
