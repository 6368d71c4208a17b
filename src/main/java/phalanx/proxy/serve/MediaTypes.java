package phalanx.proxy.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The media type of a file by the end of its name, from {@code resources/proxy/media-types.txt}. Any thread. */
final class MediaTypes {
    private static final Map<String, String> TYPES = read();

    private MediaTypes() {}

    private static Map<String, String> read() {
        Map<String, String> types = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(MediaTypes.class.getResourceAsStream("/proxy/media-types.txt")),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.strip().split("\\s+", -1);
                for (int i = 1; i < words.length && !words[0].startsWith("#"); i++) {
                    types.put(words[i], words[0]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(types);
    }

    /** {@code application/octet-stream} for a name that tells nothing. */
    static String of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String type = dot < 0 ? null : TYPES.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
        if (type == null) {
            return "application/octet-stream";
        }
        boolean text = type.startsWith("text/") || type.equals("application/json") || type.endsWith("javascript");
        return text ? type + "; charset=utf-8" : type;
    }
}
