package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import phalanx.show.demo.Demo;
import phalanx.show.welcome.WelcomeActions;

/** What the welcome view can do. Screen thread. */
final class DeskWelcome implements WelcomeActions {
    private final Desk desk;
    private final DeskDemos demos;

    DeskWelcome(Desk desk, DeskDemos demos) {
        this.desk = desk;
        this.demos = demos;
    }

    @Override
    public void openCaptures() {
        desk.open(desk.chooseCaptures());
    }

    @Override
    public void capture() {
        desk.live().ask();
    }

    @Override
    public void openCase() {
        desk.keeping().open();
    }

    @Override
    public void proxyLab() {
        desk.show(ActivityBar.Activity.PROXY);
    }

    @Override
    public void reopen(List<Path> files) {
        desk.open(files);
    }

    @Override
    public void start(Demo.Start demo) {
        demos.start(demo);
    }
}
