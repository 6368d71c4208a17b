package phalanx.show.shell;

import javafx.beans.binding.BooleanBinding;
import phalanx.show.command.Command.Group;
import phalanx.show.command.Commands;

/** What can be done about captures under way, as commands. Screen thread. */
final class CaptureCommands {
    private final Desk desk;

    CaptureCommands(Desk desk) {
        this.desk = desk;
    }

    void addTo(Commands commands) {
        BooleanBinding running = desk.model().live().isNotNull();
        commands.add("capture", Group.CAPTURE, "Shortcut+K", () -> desk.live().ask())
                .section()
                .add(
                        "capture-stop",
                        Group.CAPTURE,
                        "Shortcut+E",
                        () -> desk.live().stop(),
                        running)
                .add("capture-pause", Group.CAPTURE, null, () -> desk.live().pause(), running)
                .add(
                        "capture-follow",
                        Group.CAPTURE,
                        "Shortcut+Shift+F",
                        () -> desk.live()
                                .following()
                                .set(!desk.live().following().get()),
                        running)
                .add("capture-details", Group.CAPTURE, null, () -> desk.live().details(), running)
                .toggle(
                        "receive-traces",
                        Group.CAPTURE,
                        null,
                        () -> desk.traces().toggle(),
                        desk.traces().running())
                .section();
    }
}
