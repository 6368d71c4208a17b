package phalanx.show;

import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import phalanx.explain.Analysis;
import phalanx.run.Jobs;
import phalanx.telemetry.Telemetry;

/**
 * What a view of an investigation is given. Screen thread.
 *
 * @param selection what the user looks at; every view follows it and may change it
 * @param shown what the display filter leaves over
 * @param palette changes with the theme: repaint then
 * @param jobs for everything that may take longer than a frame
 * @param filterFor puts a display filter into the omnibox and applies it
 * @param proof brings a view to the front that shows the selected packet, unless one is there
 * @param telemetry what other tools recorded; changes when files come and go, and each second while it is received
 * @param names what hosts are called by what was imported
 * @param noted packets with notes or bookmarks
 */
public record ViewContext(
        Analysis analysis,
        Selection selection,
        ObservableValue<Shown> shown,
        ObservableValue<Palette> palette,
        Jobs jobs,
        Consumer<String> filterFor,
        Runnable proof,
        ObservableValue<Telemetry> telemetry,
        ObservableValue<HostNames> names,
        ObservableValue<NotedPackets> noted) {
    /** Where no other view could come to the front, and nothing is imported or noted. */
    public ViewContext(
            Analysis analysis,
            Selection selection,
            ObservableValue<Shown> shown,
            ObservableValue<Palette> palette,
            Jobs jobs,
            Consumer<String> filterFor) {
        this(
                analysis,
                selection,
                shown,
                palette,
                jobs,
                filterFor,
                () -> {},
                new SimpleObjectProperty<>(Telemetry.NONE),
                new SimpleObjectProperty<>(HostNames.NONE),
                new SimpleObjectProperty<>(NotedPackets.NONE));
    }
}
