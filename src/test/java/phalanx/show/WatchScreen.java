package phalanx.show;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails the tests of views in which the desk kept the screen thread from its user, as {@link ScreenStalls} finds. */
public final class WatchScreen implements BeforeEachCallback, AfterEachCallback {
    private static final long COLD_NANOS = 10_000_000_000L;

    private static final Namespace OWN = Namespace.create(WatchScreen.class);

    /** Called by JUnit, which finds this class by its service file. */
    public WatchScreen() {}

    @Override
    public void beforeEach(ExtensionContext test) {
        Class<?> tests = test.getRequiredTestClass();
        boolean onPurpose = tests.equals(ScreenStallsTest.class);
        if (tests.getPackageName().startsWith("phalanx.show") && !onPurpose) {
            test.getStore(OWN).put(ScreenStalls.class, new ScreenStalls(COLD_NANOS));
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        ScreenStalls watching = test.getStore(OWN).remove(ScreenStalls.class, ScreenStalls.class);
        if (watching != null) {
            List<String> found = watching.found();
            watching.close();
            if (!found.isEmpty()) {
                throw new AssertionError(String.join("\n", found));
            }
        }
    }
}
