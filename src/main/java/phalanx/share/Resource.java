package phalanx.share;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts that come with the program. Any thread. */
final class Resource {
    private Resource() {}

    /** @param name from the root of the class path */
    static String text(String name) throws IOException {
        try (InputStream stream = Resource.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
