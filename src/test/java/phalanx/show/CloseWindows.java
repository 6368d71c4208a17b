package phalanx.show;

import java.util.List;
import javafx.stage.Window;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Closes the windows that a test left open, so that what they show can be forgotten. */
public final class CloseWindows implements AfterEachCallback {
    /** Called by JUnit, which finds this class by its service file. */
    public CloseWindows() {}

    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getRequiredTestClass().getPackageName().startsWith("phalanx.show")) {
            Screen.run(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        }
    }
}
