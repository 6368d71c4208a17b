package phalanx.proxy.guard.rules;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where in a request, or in its answer, a text stands. Any thread. */
public enum Place {
    PATH,
    QUERY,
    COOKIE,
    HEADER,
    AGENT,
    REFERER,
    BODY,
    NAME,
    FILE,
    XML,
    REQUEST,
    /** The first octets of an answer, where answers are looked at; no rule looks there that does not say so. */
    RESPONSE;

    private static final Map<String, Place> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Place::toString, Function.identity()));
    /** Values of all kinds and their names: where a rule looks that does not say where. */
    static final int USUAL = bits(Set.of(PATH, QUERY, COOKIE, HEADER, AGENT, REFERER, BODY, NAME, FILE, XML, REQUEST));

    static Map<String, Place> byName() {
        return BY_NAME;
    }

    static int bits(Set<Place> places) {
        return places.stream().mapToInt(Place::bit).sum();
    }

    /** Its bit in a set of places. */
    public int bit() {
        return 1 << ordinal();
    }

    /** As a rule writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
