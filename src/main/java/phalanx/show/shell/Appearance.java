package phalanx.show.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.Scene;
import phalanx.casefile.Settings;
import phalanx.show.Palette;
import phalanx.show.TextSize;
import phalanx.show.Theme;

/** Theme and size of texts of every window of the desk. Screen thread. */
final class Appearance {
    private static final Pattern PIXELS = Pattern.compile("(\\d+)px");

    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.LIGHT);
    private final ObservableValue<Palette> palette = theme.map(Theme::palette);
    private final ReadOnlyStringWrapper style = new ReadOnlyStringWrapper("");
    private final InvalidationListener system = _ -> follow();
    private String wanted = "light";
    private int textPercent = 100;
    private String icons = icons(textPercent);

    Appearance() {
        Platform.getPreferences().colorSchemeProperty().addListener(new WeakInvalidationListener(system));
        use("light");
    }

    ReadOnlyObjectProperty<Theme> theme() {
        return theme.getReadOnlyProperty();
    }

    ObservableValue<Palette> palette() {
        return palette;
    }

    /** What every root is styled with. */
    ReadOnlyStringProperty style() {
        return style.getReadOnlyProperty();
    }

    /** @param appearance as {@link Settings#appearance()}: the system's is followed from now on, the others stay */
    void use(String appearance) {
        wanted = appearance;
        follow();
    }

    /** As chosen: {@code system} when the system's is followed. */
    String wanted() {
        return wanted;
    }

    int textPercent() {
        return textPercent;
    }

    /** @param percent of the usual size */
    void resizeText(int percent) {
        int wanted = Math.clamp(percent, Settings.LEAST_TEXT, Settings.MOST_TEXT);
        if (wanted != textPercent) {
            textPercent = wanted;
            icons = icons(wanted);
            restyle();
        }
    }

    private void follow() {
        Theme now = switch (wanted) {
            case "dark" -> Theme.DARK;
            case "high-contrast" -> Theme.HIGH_CONTRAST;
            case "system" -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK ? Theme.DARK : Theme.LIGHT;
            default -> Theme.LIGHT;
        };
        if (!now.baseSheet().equals(Application.getUserAgentStylesheet())) { // which styles all windows anew
            Application.setUserAgentStylesheet(now.baseSheet());
        }
        theme.set(now);
        restyle();
    }

    private void restyle() {
        style.set(theme.get().css()
                + String.format(Locale.ROOT, "-fx-font-size: %.1fpx;", TextSize.USUAL * textPercent / 100));
    }

    /** Gives a root of a window, a dialog or a popup the look of the desk. */
    void dress(Parent root) {
        root.getStyleClass().add("desk");
        root.styleProperty().bind(style);
        root.getStylesheets().add(0, icons);
        root.getStylesheets().add(sheet("desk.css"));
        root.styleProperty().subscribe(_ -> {
            if (!root.getStylesheets().getFirst().equals(icons)) {
                root.getStylesheets().set(0, icons);
            }
        });
    }

    /** A scene with the look of the desk. */
    Scene scene(Parent root, double width, double height) {
        dress(root);
        return new Scene(root, width, height);
    }

    private static String sheet(String name) {
        return String.valueOf(Appearance.class.getResource("/show/" + name));
    }

    /** A sheet with the sizes of icons, which cannot be told in shares of the texts' size: they are letters of their own fonts. */
    private static String icons(int percent) {
        try (InputStream in = Appearance.class.getResourceAsStream("/show/icons.css")) {
            String usual = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            String grown = PIXELS.matcher(usual)
                    .replaceAll(size -> Math.round(Integer.parseInt(size.group(1)) * percent / 100.0) + "px");
            return "data:text/css;base64," + Base64.getEncoder().encodeToString(grown.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
