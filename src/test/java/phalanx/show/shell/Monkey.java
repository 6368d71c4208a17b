package phalanx.show.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.robot.Robot;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Modality;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import phalanx.app.TestPipeline;
import phalanx.show.FileDrop;
import phalanx.show.Screen;
import phalanx.show.command.Command;

/** Somebody without a plan at the desk: the same for the same seed, as far as threads allow. Used from the test's thread. */
final class Monkey implements AutoCloseable {
    private static final int MOST_WINDOWS = 8, PATIENCE = 30;
    private static final List<String> SAMPLES =
            List.of("loss-on-wan-link", "mtu-black-hole", "firewall-drops-syn", "nat-and-loss", "slow-server");
    private static final List<KeyCode> TYPED = List.of(
            KeyCode.A,
            KeyCode.C,
            KeyCode.E,
            KeyCode.F,
            KeyCode.I,
            KeyCode.M,
            KeyCode.N,
            KeyCode.P,
            KeyCode.R,
            KeyCode.S,
            KeyCode.T,
            KeyCode.U,
            KeyCode.V,
            KeyCode.W,
            KeyCode.DIGIT0,
            KeyCode.DIGIT1,
            KeyCode.DIGIT2,
            KeyCode.DIGIT4,
            KeyCode.PERIOD,
            KeyCode.EQUALS,
            KeyCode.MINUS,
            KeyCode.SLASH,
            KeyCode.SPACE,
            KeyCode.SPACE);
    private static final List<KeyCode> MOVING = List.of(
            KeyCode.TAB,
            KeyCode.TAB,
            KeyCode.ENTER,
            KeyCode.ENTER,
            KeyCode.ESCAPE,
            KeyCode.LEFT,
            KeyCode.RIGHT,
            KeyCode.UP,
            KeyCode.DOWN,
            KeyCode.DOWN,
            KeyCode.HOME,
            KeyCode.END,
            KeyCode.PAGE_UP,
            KeyCode.PAGE_DOWN,
            KeyCode.BACK_SPACE,
            KeyCode.DELETE,
            KeyCode.CONTEXT_MENU,
            KeyCode.F10);
    /** Would start another program. */
    private static final List<String> LEFT_ALONE = List.of("open-wireshark");

    private final Random random;
    private final LiveDesk live;
    private final Robot robot;
    private final List<Path> odd;
    private final TreeMap<Integer, Runnable> habits = new TreeMap<>();
    private int shares;
    private int events;
    private int atRest;

    /** @param odd files that are no captures */
    Monkey(long seed, Path folder, List<Path> odd) {
        random = new Random(seed);
        this.odd = odd;
        live = new LiveDesk(folder, new Answers(folder));
        robot = Screen.on(Robot::new);
        habit(30, this::click);
        habit(5, () -> clicks(2, MouseButton.PRIMARY));
        habit(6, () -> clicks(1, MouseButton.SECONDARY));
        habit(8, this::drag);
        habit(8, this::wheel);
        habit(5, this::withModifier);
        habit(12, () -> type(one(TYPED), random.nextInt(8) == 0));
        habit(15, () -> type(one(MOVING), random.nextInt(8) == 0));
        habit(10, this::commandKeys);
        habit(1, this::resize);
        habit(1, this::drop);
        habit(2, this::closeOne);
        habit(2, live::idle);
    }

    private void habit(int share, Runnable act) {
        shares += share;
        habits.put(shares, act);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    int events() {
        return events;
    }

    /** What it did, in words. */
    String told() {
        return live.acts() + " acts, slowest: " + live.slowest();
    }

    /** Does one thing, whatever it is. */
    void event() {
        events++;
        habits.higherEntry(random.nextInt(shares)).getValue().run();
        live.check();
        tidy();
    }

    private void tidy() {
        if (live.others().size() > MOST_WINDOWS) {
            live.closeOthers();
        }
        atRest = Screen.on(() -> live.desk().investigation().get()) == null ? atRest + 1 : 0;
        if (atRest > PATIENCE) {
            atRest = 0;
            live.closeOthers();
            live.act("open", () -> live.desk().open(TestPipeline.sample(one(SAMPLES))));
            live.idle();
        }
    }

    /** The windows that take part: while one that must be answered is open, it and its popups. Screen thread. */
    private List<Window> takingPart() {
        List<Window> all = Window.getWindows().stream()
                .filter(window -> window.isShowing() && window.getScene() != null && window.getWidth() > 2)
                .toList();
        Optional<Window> asking = all.stream()
                .filter(window -> window instanceof Stage stage && stage.getModality() != Modality.NONE)
                .reduce((_, last) -> last);
        return asking.isEmpty()
                ? all
                : all.stream().filter(window -> belongs(window, asking.get())).toList();
    }

    private static boolean belongs(@Nullable Window window, Window to) {
        return window != null
                && (window.equals(to) || window instanceof PopupWindow popup && belongs(popup.getOwnerWindow(), to));
    }

    /** A place in a window that takes part, popups first. Screen thread. */
    private Point2D place() {
        List<Window> windows = takingPart();
        Window in = windows.isEmpty() ? live.stage() : random.nextInt(3) == 0 ? one(windows) : windows.getLast();
        double x = in.getX() + 1 + random.nextDouble() * (in.getWidth() - 2);
        double y = in.getY() + 1 + random.nextDouble() * (in.getHeight() - 2);
        return new Point2D(Math.clamp(x, 1, 998), Math.clamp(y, 1, 998));
    }

    private Point2D moveSomewhere() {
        Point2D at = Screen.on(this::place);
        live.act("move to " + (int) at.getX() + " " + (int) at.getY(), () -> robot.mouseMove(at));
        return at;
    }

    private void pressed(String what, Runnable action) {
        live.act(what, () -> {
            // The headless robot fails for what is done beside all windows.
            boolean within = Window.getWindows().stream()
                    .anyMatch(window -> window.isShowing()
                            && robot.getMouseX() >= window.getX()
                            && robot.getMouseX() < window.getX() + window.getWidth()
                            && robot.getMouseY() >= window.getY()
                            && robot.getMouseY() < window.getY() + window.getHeight());
            if (within) {
                action.run();
            }
        });
    }

    private void click() {
        clicks(1, MouseButton.PRIMARY);
    }

    private void clicks(int times, MouseButton button) {
        moveSomewhere();
        for (int i = 0; i < times; i++) {
            pressed("press " + button, () -> robot.mousePress(button));
            pressed("release " + button, () -> robot.mouseRelease(button));
        }
    }

    private void drag() {
        moveSomewhere();
        pressed("press", () -> robot.mousePress(MouseButton.PRIMARY));
        for (int i = random.nextInt(6); i >= 0; i--) {
            moveSomewhere();
        }
        pressed("release", () -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    private void wheel() {
        moveSomewhere();
        int turn = random.nextInt(-5, 6);
        focusSomething();
        pressed("wheel " + turn, () -> robot.mouseWheel(turn));
    }

    private void focusSomething() {
        live.act("focus", () -> {
            List<Window> windows = takingPart();
            boolean focused = windows.stream().anyMatch(Window::isFocused);
            if (!focused && !windows.isEmpty()) {
                windows.stream()
                        .filter(Stage.class::isInstance)
                        .reduce((_, last) -> last)
                        .ifPresent(Window::requestFocus);
            }
        });
    }

    private void type(KeyCode code, boolean shift) {
        focusSomething();
        typed((shift ? "Shift+" : "") + code, shift ? List.of(KeyCode.SHIFT) : List.of(), code);
    }

    private void typed(String what, List<KeyCode> modifiers, KeyCode code) {
        live.act("key " + what, () -> {
            if (Window.getWindows().stream().noneMatch(Window::isFocused)) {
                return;
            }
            modifiers.forEach(robot::keyPress);
            try {
                robot.keyType(code);
            } finally {
                modifiers.forEach(robot::keyRelease);
            }
        });
    }

    private void commandKeys() {
        List<Command> commands = live.desk().commands().all().stream()
                .filter(command -> command.keys() instanceof KeyCodeCombination && !LEFT_ALONE.contains(command.id()))
                .toList();
        Command chosen = one(commands);
        KeyCodeCombination keys = (KeyCodeCombination) Objects.requireNonNull(chosen.keys());
        List<KeyCode> modifiers = new ArrayList<>();
        if (keys.getControl() == ModifierValue.DOWN || keys.getShortcut() == ModifierValue.DOWN) {
            modifiers.add(KeyCode.CONTROL);
        }
        if (keys.getAlt() == ModifierValue.DOWN) {
            modifiers.add(KeyCode.ALT);
        }
        if (keys.getShift() == ModifierValue.DOWN) {
            modifiers.add(KeyCode.SHIFT);
        }
        focusSomething();
        typed(keys.getName() + " for " + chosen.id(), modifiers, keys.getCode());
    }

    /** The headless robot knows no modifiers with the mouse; these events go to the node under it. */
    private void withModifier() {
        Point2D at = Screen.on(this::place);
        boolean shift = random.nextBoolean();
        boolean alt = !shift && random.nextInt(3) == 0;
        boolean control = !shift && !alt;
        double by = random.nextBoolean() ? 40 : -40;
        boolean turn = random.nextBoolean();
        live.act((shift ? "Shift" : alt ? "Alt" : "Ctrl") + (turn ? " and wheel" : " and click") + " at " + at, () -> {
            Node target = under(at);
            if (target == null) {
                return;
            }
            Point2D in = target.screenToLocal(at);
            PickResult picked = new PickResult(target, in.getX(), in.getY());
            if (turn) {
                Event.fireEvent(
                        target,
                        new ScrollEvent(
                                ScrollEvent.SCROLL,
                                in.getX(),
                                in.getY(),
                                at.getX(),
                                at.getY(),
                                shift,
                                control,
                                alt,
                                false,
                                false,
                                false,
                                0,
                                by,
                                0,
                                by,
                                ScrollEvent.HorizontalTextScrollUnits.NONE,
                                0,
                                ScrollEvent.VerticalTextScrollUnits.NONE,
                                0,
                                0,
                                picked));
            } else {
                for (var type : List.of(
                        MouseEvent.MOUSE_PRESSED,
                        MouseEvent.MOUSE_DRAGGED,
                        MouseEvent.MOUSE_RELEASED,
                        MouseEvent.MOUSE_CLICKED)) {
                    double moved = type == MouseEvent.MOUSE_PRESSED ? 0 : by;
                    Event.fireEvent(
                            target,
                            new MouseEvent(
                                    type,
                                    in.getX(),
                                    in.getY() + moved,
                                    at.getX(),
                                    at.getY() + moved,
                                    MouseButton.PRIMARY,
                                    1,
                                    shift,
                                    control,
                                    alt,
                                    false,
                                    type != MouseEvent.MOUSE_CLICKED,
                                    false,
                                    false,
                                    true,
                                    false,
                                    moved == 0,
                                    picked));
                }
            }
        });
    }

    /** The innermost node at a place of the screen, null for none. Screen thread. */
    private @Nullable Node under(Point2D at) {
        return takingPart().stream()
                .map(Window::getScene)
                .map(Scene::getRoot)
                .filter(root -> contains(root, at))
                .reduce((_, last) -> last)
                .map(root -> innermost(root, at))
                .orElse(null);
    }

    private static boolean contains(Node node, Point2D at) {
        Point2D in = node.screenToLocal(at);
        return node.isVisible() && !node.isMouseTransparent() && !node.isDisabled() && in != null && node.contains(in);
    }

    private static Node innermost(Node node, Point2D at) {
        List<Node> inside = node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .filter(child -> contains(child, at))
                        .sorted(Comparator.comparingDouble(Node::getViewOrder).reversed())
                        .toList()
                : List.of();
        return inside.isEmpty() ? node : innermost(inside.getLast(), at);
    }

    private void resize() {
        double width = random.nextInt(300, 1000);
        double height = random.nextInt(200, 960);
        boolean whole = random.nextInt(3) > 0;
        live.act("resize to " + width + " " + height, () -> {
            live.stage().setWidth(whole ? LiveDesk.WIDTH : width);
            live.stage().setHeight(whole ? LiveDesk.HEIGHT : height);
        });
    }

    private void drop() {
        List<Path> files = files();
        live.act("drop " + files, () -> {
            Node target = under(place());
            if (target != null && takingPart().contains(live.stage())) {
                FileDrop.on(target, files);
            }
        });
    }

    private List<Path> files() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of(one(odd));
            case 1 -> List.of(Path.of("sample-pcaps", one(SAMPLES)));
            case 2 -> List.of(TestPipeline.sample(one(SAMPLES)).getLast());
            case 3 -> List.of(Path.of("gone.pcap"));
            default -> TestPipeline.sample(one(SAMPLES));
        };
    }

    private void closeOne() {
        List<Window> others = live.others();
        if (!others.isEmpty()) {
            Window window = one(others);
            live.act(
                    "close a window",
                    () -> window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST)));
        }
    }

    @Override
    public void close() {
        live.close();
    }

    /** Chooses files as it does everything. */
    private final class Answers extends FolderDialogs {
        Answers(Path folder) {
            super(folder);
        }

        @Override
        public List<Path> open(@Nullable Window owner, String title, ExtensionFilter... kinds) {
            return random.nextBoolean() ? List.of() : files();
        }

        @Override
        public Optional<Path> openOne(@Nullable Window owner, String title, ExtensionFilter... kinds) {
            return random.nextBoolean() ? Optional.empty() : Optional.of(one(odd));
        }

        @Override
        public Optional<Path> save(@Nullable Window owner, String title, String name, ExtensionFilter... kinds) {
            return random.nextBoolean() ? Optional.empty() : super.save(owner, title, name, kinds);
        }

        @Override
        public Optional<Path> folder(@Nullable Window owner, String title) {
            return random.nextBoolean() ? Optional.empty() : super.folder(owner, title);
        }
    }
}
