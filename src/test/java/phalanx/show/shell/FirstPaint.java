package phalanx.show.shell;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;

/**
 * How long after the start of the JVM a window has its first picture; run by hand, once a JVM: {@code FirstPaint desk}, and
 * {@code FirstPaint empty} for a window with a menu, three panes, a list and a table, to compare with.
 */
final class FirstPaint {
    private FirstPaint() {}

    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch painted = new CountDownLatch(1);
        Platform.startup(() -> {
            Stage stage = new Stage();
            if (arguments[0].equals("desk")) {
                Desk desk = new Desk(
                        TestPipeline.analyzer(),
                        Jobs.onThreads(Platform::runLater),
                        List.of(),
                        DeskTest.NO_CAPTURES,
                        DeskTest.settings(),
                        DeskTest.cases(),
                        TestPipeline.exporter());
                desk.show(stage, List.of());
            } else {
                stage.setScene(new Scene(empty(), 1360, 860));
                stage.show();
            }
            // the pulse that lays out is the one that paints; what is asked for behind it runs when it is over
            stage.getScene().addPostLayoutPulseListener(() -> Platform.runLater(painted::countDown));
            Platform.requestNextPulse();
        });
        painted.await();
        long since = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println(arguments[0] + " " + since + " ms");
        Runtime.getRuntime().halt(0);
    }

    private static BorderPane empty() {
        BorderPane root = new BorderPane(new SplitPane(new ListView<String>(), new Label(), new TableView<String>()));
        root.setTop(new MenuBar(new Menu("File"), new Menu("Edit"), new Menu("View")));
        return root;
    }
}
