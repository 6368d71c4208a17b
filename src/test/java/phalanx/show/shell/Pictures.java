package phalanx.show.shell;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import phalanx.app.TestCaptures;
import phalanx.app.TestPipeline;
import phalanx.casefile.DockLayout;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.explain.CaseAccount;
import phalanx.explain.LiveAnalyzer;
import phalanx.proxy.TestOrigin;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.show.Screen;
import phalanx.show.demo.Demo;
import phalanx.show.export.ExportFormat;
import phalanx.show.ladder.LongDownload;
import phalanx.show.map.MapLevel;
import phalanx.show.map.MapView;
import phalanx.show.map.OfficeTraffic;
import phalanx.stitch.HopFile;
import phalanx.topology.Layout;

/** What the desk is shown with: every state of it that a picture is taken of, one after the other. */
final class Pictures implements AutoCloseable {
    /** Of all states that are looked at. */
    static final Set<String> NAMES = Set.of(
            "welcome",
            "loading",
            "unreadable-file",
            "case-overview",
            "cause-evidence",
            "charts",
            "packet-difference",
            "imports-events",
            "imports-charts",
            "imports-services",
            "bookmarks",
            "receive-traces",
            "damaged-file",
            "quiz",
            "tour",
            "topology",
            "topology-1000",
            "ladder",
            "ladder-folded",
            "compare",
            "ladder-million",
            "no-match",
            "filter-applied",
            "filter-completion",
            "palette",
            "table-twin",
            "preferences",
            "shortcuts",
            "about",
            "export",
            "help",
            "proxy-load",
            "proxy-fault",
            "text-200",
            "report-page-1");

    private static final int MILLION = 1_000_000, TITLE = 30, SHADOW = 9;

    private final Path folder;
    private final double width;
    private final double height;
    private final int textPercent;
    private final Map<List<HopFile>, Outcome<Analysis>> known;
    private final Consumer<Taken> look;
    private final Stage stage = Screen.on(Stage::new);
    private Desk desk;

    /** A state as it stands now, in all windows that are open. Settings of the desk may be changed while it is looked at. */
    record Taken(String name, Desk desk, Stage stage) {
        /** The desk's window and those before it. */
        List<Window> windows() {
            return Window.getWindows().stream()
                    .filter(window -> window.isShowing() && window.getScene() != null)
                    .toList();
        }

        /** Does what the next pulse would do. */
        void layOut() {
            Screen.run(() -> windows().forEach(window -> {
                window.getScene().getRoot().applyCss();
                window.getScene().getRoot().layout();
            }));
        }

        /** All windows as they lie on the screen: dialogs in the middle of the desk, lists below what opened them. */
        BufferedImage picture() {
            BufferedImage whole = shot(stage);
            Graphics2D over = whole.createGraphics();
            over.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            for (Window window : windows()) {
                if (!window.equals(stage)) {
                    BufferedImage part = shot(window);
                    int x = (whole.getWidth() - part.getWidth()) / 2;
                    int y = (whole.getHeight() - part.getHeight()) / 2;
                    if (window instanceof PopupWindow popup && popup.getOwnerNode() != null) {
                        Bounds owner = popup.getOwnerNode()
                                .localToScene(popup.getOwnerNode().getBoundsInLocal());
                        x = (int) owner.getMinX() - SHADOW;
                        y = (int) owner.getMaxY() + 2 - SHADOW;
                    } else {
                        over.setColor(new Color(0, 0, 0, 90));
                        over.fillRect(0, 0, whole.getWidth(), whole.getHeight());
                        over.setColor(new Color(0x57606a));
                        over.fillRect(x - 1, y - TITLE, part.getWidth() + 2, part.getHeight() + TITLE + 1);
                        over.setColor(Color.WHITE);
                        over.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
                        over.drawString(window instanceof Stage stage ? stage.getTitle() : "", x + 12, y - 10);
                    }
                    over.drawImage(part, x, y, null);
                }
            }
            over.dispose();
            return whole;
        }

        private static BufferedImage shot(Window window) {
            if (window instanceof PopupWindow) {
                SnapshotParameters around = new SnapshotParameters();
                around.setFill(javafx.scene.paint.Color.TRANSPARENT);
                return SwingFXUtils.fromFXImage(window.getScene().getRoot().snapshot(around, null), null);
            }
            BufferedImage shot = SwingFXUtils.fromFXImage(window.getScene().snapshot(null), null);
            BufferedImage opaque = new BufferedImage(shot.getWidth(), shot.getHeight(), BufferedImage.TYPE_INT_RGB);
            opaque.createGraphics().drawImage(shot, 0, 0, null);
            return opaque;
        }
    }

    /**
     * Opens a desk of a size.
     *
     * @param textPercent of the usual size of texts
     * @param folder for captures and configurations that are made
     * @param known answers that were given before; added to
     * @param look called with each state, on the caller's thread
     */
    Pictures(
            Path folder,
            double width,
            double height,
            int textPercent,
            Map<List<HopFile>, Outcome<Analysis>> known,
            Consumer<Taken> look) {
        this.folder = folder;
        this.width = width;
        this.height = height;
        this.textPercent = textPercent;
        this.known = known;
        this.look = look;
        desk = open(Screen.AT_ONCE, answers());
    }

    private Desk open(Jobs jobs, Analyzer analyzer) {
        return Screen.on(() -> {
            Desk made = new Desk(
                    analyzer,
                    jobs,
                    Samples.in(Path.of("sample-pcaps")),
                    server -> TestCaptures.of(server, new PrintWriter(System.err, true, StandardCharsets.UTF_8)),
                    DeskTest.settings(),
                    DeskTest.cases(),
                    TestPipeline.exporter());
            made.show(stage, List.of());
            stage.setWidth(width);
            stage.setHeight(height);
            made.settings().change(now -> now.withAppearance("light").withTextPercent(textPercent));
            return made;
        });
    }

    private void reopen(Jobs jobs, Analyzer analyzer) {
        Screen.run(desk::close);
        desk = open(jobs, analyzer);
    }

    /** Answers whole, and the same files once. */
    private Analyzer answers() {
        return new Instead((files, _, progress) ->
                known.computeIfAbsent(files, all -> TestPipeline.analyzer().analyze(all, progress)));
    }

    /** What answers to files. */
    private interface Answers {
        Outcome<Analysis> to(List<HopFile> files, long packets, Progress progress);
    }

    /** Answers so in place of the pipeline. */
    private record Instead(Answers answers) implements Analyzer {
        @Override
        public Outcome<Analysis> analyze(List<HopFile> files, long packets, Progress progress) {
            return answers.to(files, packets, progress);
        }

        @Override
        public LiveAnalyzer live() {
            return TestPipeline.analyzer().live();
        }
    }

    @Override
    public void close() {
        Screen.run(() -> {
            desk.close();
            stage.close();
        });
    }

    /** All of them. */
    void all() throws Exception {
        states();
        loss();
        imported();
        cases();
        maps();
        million();
        proxy();
    }

    /** Lets everything happen that is queued, and lays all windows out. */
    private void settle() {
        for (int i = 0; i < 2; i++) {
            Screen.settle();
            new Taken("", desk, stage).layOut();
        }
    }

    private void look(String name) {
        settle();
        look.accept(new Taken(name, desk, stage));
    }

    private Investigation investigation() {
        return Objects.requireNonNull(Screen.on(() -> desk.investigation().get()));
    }

    private Investigation investigate(List<Path> files) {
        Screen.run(() -> desk.open(files));
        settle();
        return investigation();
    }

    private void states() throws IOException {
        Screen.run(() -> desk.settings()
                .change(now -> now.withRecent(
                        List.of(TestPipeline.sample("nat-and-loss"), TestPipeline.sample("congested-uplink")).stream()
                                .map(files -> files.stream().map(Path::toString).toList())
                                .toList())));
        Screen.run(() -> desk.model().close());
        look("welcome");
        Path text = Files.writeString(folder.resolve("notes.pcapng"), "this is no capture at all");
        Screen.run(() -> desk.open(List.of(text)));
        look("unreadable-file");
        CountDownLatch enough = new CountDownLatch(1);
        reopen(Jobs.onThreads(Platform::runLater), new Instead((_, _, progress) -> {
            progress.at("Reading core-router.pcapng", 71_751_936L, 1_181_116_006L);
            pause();
            progress.at("Reading core-router.pcapng", 421_751_936L, 1_181_116_006L);
            awaited(enough);
            throw new Progress.Cancelled();
        }));
        Screen.run(() -> desk.open(TestPipeline.sample("mtu-black-hole")));
        await(() -> desk.model().state().get() instanceof DeskViewModel.State.Loading(var _, var step)
                && step.done() > 100_000_000);
        look("loading");
        enough.countDown();
        reopen(Screen.AT_ONCE, answers());
    }

    /** Long enough for a pace to be told. */
    private static void pause() {
        try {
            Thread.sleep(600);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One case in all that can be done with it. */
    private void loss() {
        Investigation loss = investigate(TestPipeline.sample("loss-on-wan-link"));
        look("cause-evidence");
        windows();
        Screen.run(() -> {
            loss.docks().show("packets");
            loss.docks().show("charts");
        });
        look("charts");
        filters();
        enlarge(loss, "ladder");
        look("ladder");
        Screen.run(() -> press(loss, KeyCode.G));
        look("ladder-folded");
        Screen.run(() -> {
            loss.selection().conversation(0);
            loss.selection().compare(1);
        });
        look("compare");
    }

    private void cases() throws IOException {
        investigate(TestPipeline.sample("mtu-black-hole"));
        look("case-overview");
        Investigation nat = investigate(TestPipeline.sample("nat-and-loss"));
        Screen.run(() -> {
            if (textPercent == 100) {
                nat.docks()
                        .restore(split(
                                false,
                                0.5,
                                split(
                                        true,
                                        0.55,
                                        tabs("centre", "ladder", "map"),
                                        tabs("bottom", "packets", "captures")),
                                tabs("inspector", "packet", "cause")));
            }
            nat.docks().show("packet");
            nat.selection().conversation(0);
            nat.selection().journey(0);
            nat.selection().nextSighting(1);
            nat.selection().nextSighting(1);
        });
        settle();
        Screen.run(() ->
                button(nat.docks().view("packet").node(), "Compare points").fire());
        look("packet-difference");
        investigate(damaged());
        look("damaged-file");
        Screen.run(() -> desk.startDemo("mtu-black-hole", Demo.Mode.QUIZ));
        look("quiz");
        Screen.run(() -> desk.startDemo("mtu-black-hole", Demo.Mode.TOUR));
        look("tour");
    }

    /** A good sample with one of its files damaged in the middle. */
    private List<Path> damaged() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path sample : TestPipeline.sample("slow-server")) {
            byte[] bytes = Files.readAllBytes(sample);
            if (sample.endsWith("core-router.pcapng")) {
                java.util.Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 4_000, (byte) 0xF0);
            }
            files.add(Files.write(folder.resolve(sample.getFileName()), bytes));
        }
        return files;
    }

    private static DockLayout split(boolean vertical, double divider, DockLayout... parts) {
        return new DockLayout.Split(vertical, List.of(divider), List.of(parts));
    }

    private static DockLayout tabs(String place, String... views) {
        return new DockLayout.Tabs(place, List.of(views), views[0]);
    }

    /** One view with most of the room, as who works in it would have it; large texts need all the room there is. */
    private void enlarge(Investigation in, String view) {
        Screen.run(() -> {
            if (textPercent == 100) {
                in.docks().restore(large(view));
            }
            in.docks().show(view);
        });
        settle();
    }

    private static DockLayout large(String view) {
        List<String> centre = new ArrayList<>(List.of("map", "ladder", "charts"));
        centre.remove(view);
        centre.addFirst(view);
        return new DockLayout.Split(
                false,
                List.of(0.16, 0.75),
                List.of(
                        tabs("left", "captures", "notes"),
                        split(
                                true,
                                0.78,
                                tabs("centre", centre.toArray(String[]::new)),
                                tabs("bottom", "conversations", "packets")),
                        split(true, 0.5, tabs("right", "cause"), tabs("inspector", "place", "packet"))));
    }

    /** What other tools recorded beside a case, and what is sent while it is looked at. */
    void imported() throws Exception {
        reopen(Screen.AT_ONCE, answers());
        Investigation loss = investigate(TestPipeline.sample("loss-on-wan-link"));
        List<Path> files = ImportSamples.write(folder.resolve("imports"), loss.analysis());
        Screen.run(() -> {
            desk.open(files);
            loss.docks().show("captures");
            loss.docks().show("events");
        });
        look("imports-events");
        enlarge(loss, "charts");
        look("imports-charts");
        Screen.run(() -> {
            MapView map = (MapView) loss.docks().view("map");
            map.model().level().set(MapLevel.NAMED);
            map.model().layout().set(Layout.Kind.LAYERED);
            loss.selection().place("named-web>named-cart");
        });
        enlarge(loss, "map");
        Screen.run(() -> loss.docks().show("place"));
        look("imports-services");
        Screen.run(() -> {
            loss.docks().reset();
            loss.selection().conversation(0);
            desk.noting().bookmark();
            loss.selection().finding(loss.analysis().findings().getFirst());
            desk.noting().bookmark();
            loss.docks().show("notes");
        });
        look("bookmarks");
        DeskTraces traces = Screen.on(() -> new DeskTraces(desk, 0, 0, folder.resolve("received")));
        Screen.run(() -> {
            desk.model().removeImport(files.get(3)); // what is received instead
            traces.toggle();
        });
        int port = Objects.requireNonNull(traces.receiver()).http().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String message : Files.readAllLines(files.get(3))) {
                client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(message))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
        Screen.run(() -> {
            traces.look();
            loss.docks().show("captures");
            loss.docks().show("packets");
        });
        look("receive-traces");
        Screen.run(traces::close);
    }

    private void maps() throws IOException {
        Investigation eight = investigate(TestPipeline.sample("asymmetric-return-loss"));
        enlarge(eight, "map");
        look("topology");
        Investigation crowd = investigate(OfficeTraffic.capture(folder, 1_000, 4_000));
        enlarge(crowd, "map");
        Screen.run(() -> button(crowd.docks().view("map").node(), "Hosts").fire());
        look("topology-1000");
    }

    /** A million packets where they are drawn first; a tenth of them lie no other way. */
    private void million() throws IOException {
        boolean first = width == 1600 && textPercent == 100;
        Investigation million = investigate(LongDownload.captures(first ? MILLION : MILLION / 10, 2, folder));
        enlarge(million, "ladder");
        Screen.run(() -> {
            million.selection().conversation(0);
            for (int i = 0; i < 120; i++) {
                press(million, KeyCode.MINUS);
            }
        });
        look("ladder-million");
        if (first) {
            known.clear(); // which is a lot to keep
            Screen.run(() -> desk.model().close());
        }
    }

    private static void press(Investigation in, KeyCode key) {
        Canvas canvas = Screen.all((Parent) in.docks().view("ladder").node()).stream()
                .filter(Canvas.class::isInstance)
                .map(Canvas.class::cast)
                .findFirst()
                .orElseThrow();
        Event.fireEvent(canvas, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
    }

    private static ButtonBase button(Node in, String text) {
        return Screen.all((Parent) in).stream()
                .filter(node -> node instanceof ButtonBase button && text.equals(button.getText()))
                .map(ButtonBase.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text));
    }

    private void filters() {
        Screen.run(() -> desk.omnibox().set("ip.addr == 192.0.2.77"));
        look("no-match");
        Screen.run(() -> desk.omnibox().set("tcp.analysis.retransmission"));
        look("filter-applied");
        Screen.run(() -> {
            desk.omnibox().focus("ip.addr == 10.0.0.0/8 and tcp.anal");
            Node field = stage.getScene().getFocusOwner();
            Event.fireEvent(
                    field, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DOWN, false, false, false, false));
        });
        look("filter-completion");
        Screen.run(() -> desk.omnibox().focus(">"));
        look("palette");
        Screen.run(() -> desk.omnibox().set(""));
    }

    private void windows() {
        for (String[] one : new String[][] {
            {"table", "table-twin"},
            {"preferences", "preferences"},
            {"shortcuts", "shortcuts"},
            {"about", "about"},
            {"export", "export"},
            {"manual", "help"}
        }) {
            Screen.run(() -> desk.commands().find(one[0]).orElseThrow().action().run());
            look(one[1]);
            Screen.run(() -> Window.getWindows().stream()
                    .filter(window -> !window.equals(stage))
                    .toList()
                    .forEach(Window::hide));
        }
    }

    /** Two servers, one slow, one that goes away, and some hundred requests. */
    private void proxy() throws Exception {
        reopen(Jobs.onThreads(Platform::runLater), answers());
        try (TestOrigin first = new TestOrigin("first");
                TestOrigin second = new TestOrigin("second");
                HttpClient client = HttpClient.newHttpClient()) {
            Path file = Files.writeString(
                    folder.resolve("lab.conf"), String.format(Locale.ROOT, """
                    # Two servers behind one name; the second is slow now and then.
                    worker_threads 1;
                    admin 127.0.0.1:0;

                    upstream shop {
                        algorithm aipredictive;
                        server 127.0.0.1:%d;
                        server 127.0.0.1:%d;
                        server 127.0.0.1:9;
                    }
                    http {
                        server {
                            listen 127.0.0.1:0;
                            ai_algorithm thompson_sampling;
                            route / { upstream shop; }
                            route /search { upstream shop; fault delay 12ms jitter=20ms; }
                            route /login { return 401 "who are you"; }
                            route /cart { upstream shop; fault abort 503; }
                        }
                    }
                    """, first.port(), second.port()));
            Screen.run(() -> {
                desk.show(ActivityBar.Activity.PROXY);
                desk.console().document().open(file);
            });
            await(() -> desk.console().document().file().get() != null);
            Screen.run(desk.console()::start);
            await(() -> desk.console().running().get() != null);
            Screen.run(() -> desk.console().record(true));
            await(() -> desk.console().snapshot().get().recording());
            List<String> paths = List.of("/item/%d", "/search?q=%d", "/item/%d/picture", "/login", "/cart", "/item/%d");
            List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
            for (int i = 0; i < 180; i++) {
                answers.add(client.sendAsync(
                        request(String.format(Locale.ROOT, paths.get(i % paths.size()), i)),
                        HttpResponse.BodyHandlers.discarding()));
                if (i % 6 == 5) {
                    answers.getLast().join();
                }
            }
            answers.forEach(CompletableFuture::join);
            await(() -> {
                desk.console().look();
                return desk.console().snapshot().get().total() == answers.size();
            });
            Screen.run(() -> Screen.all(stage.getScene().getRoot()).stream()
                    .filter(node -> node instanceof TableView<?> table
                            && !table.getItems().isEmpty())
                    .forEach(node -> ((TableView<?>) node).getSelectionModel().select(1)));
            settle();
            look("proxy-load");
            Screen.run(() -> desk.console().document().check("upstraem shop;\n"));
            await(() -> !desk.console().document().faults().get().isEmpty());
            look("proxy-fault");
        }
    }

    private HttpRequest request(String path) {
        int port =
                Screen.on(() -> Objects.requireNonNull(desk.console().running().get())
                        .http()
                        .getFirst()
                        .getPort());
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    private static void await(BooleanSupplier what) {
        for (int i = 0; i < 400; i++) {
            if (Screen.on(what::getAsBoolean)) {
                return;
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("it did not happen");
    }

    /** The first page of a case's report. */
    static BufferedImage report() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TestPipeline.exporter()
                    .report(
                            CaseAccount.of(TestPipeline.analyze(TestPipeline.sample("mtu-black-hole"))),
                            ExportFormat.PDF,
                            out,
                            Progress.NONE);
            try (PDDocument pdf = Loader.loadPDF(out.toByteArray())) {
                return new PDFRenderer(pdf).renderImage(0, 1.25f);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
