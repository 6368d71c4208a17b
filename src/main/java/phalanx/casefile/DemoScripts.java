package phalanx.casefile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The demos that come with the program. Any thread. */
public final class DemoScripts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** In the order in which they are best learned from. */
    private static final List<String> IDS = List.of(
            "mtu-black-hole",
            "asymmetric-return-loss",
            "firewall-drops-idle",
            "loss-on-one-backend",
            "congested-uplink",
            "slow-server",
            "overtaking-packets",
            "wrong-clocks",
            "loss-on-wan-link",
            "firewall-drops-syn",
            "nat-and-loss",
            "injected-resets",
            "slow-reader",
            "lossy-capture");

    private DemoScripts() {}

    /** All of them, in that language where they are translated, else in English. */
    public static List<DemoScript> all(Locale language) {
        return IDS.stream().map(id -> read(id, language)).toList();
    }

    public static Optional<DemoScript> find(String id, Locale language) {
        return IDS.contains(id) ? Optional.of(read(id, language)) : Optional.empty();
    }

    private static DemoScript read(String id, Locale language) {
        InputStream own = open(language.getLanguage() + "/" + id);
        try (InputStream stream = own != null ? own : open(id)) {
            return JSON.readValue(stream, DemoScript.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo " + id + " is not understood", e);
        }
    }

    private static @Nullable InputStream open(String name) {
        return DemoScripts.class.getResourceAsStream("/demo/" + name + ".json");
    }
}
