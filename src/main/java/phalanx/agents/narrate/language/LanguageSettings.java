package phalanx.agents.narrate.language;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;

/**
 * Which language model is asked, and how much: {@code language.json}. Immutable, any thread.
 *
 * @param url of the server: this machine's, unless the file says {@code "remote": true}
 * @param model as the server calls it
 * @param key empty where the server wants none
 */
public record LanguageSettings(
        Provider provider, URI url, String model, Optional<LanguageKey> key, Price price, Limits limits) {
    /** What stands in {@code "schema"}. */
    public static final String SCHEMA = "phalanx.language/1";

    private static final int LONGEST = 200;
    /** The most that each limit can be set to. */
    private static final int SECONDS = 60, ANSWER = 4_000, TOKENS = 10_000_000, MONEY = 10_000;

    /** How it is asked. */
    public enum Provider {
        /** Servers that speak as OpenAI's do. */
        OPENAI,
        OLLAMA
    }

    /** In any currency, for a million tokens; 0 for a model of one's own. */
    public record Price(double input, double output) {
        /** Of so many tokens. */
        double of(long inputTokens, long outputTokens) {
            return (input * inputTokens + output * outputTokens) / 1e6;
        }
    }

    /**
     * What it may use.
     *
     * @param time until its whole answer is there
     * @param answerTokens of one answer
     * @param incidentCost in the currency of the price
     */
    public record Limits(
            Duration time, int answerTokens, int incidentTokens, int hourTokens, double incidentCost, double hourCost) {
        static final Limits STANDARD = new Limits(Duration.ofSeconds(8), 800, 20_000, 100_000, 0.1, 1);
    }

    /** Reads a file, and all its faults at once. */
    public static JsonSection.Read<LanguageSettings> read(Path file) {
        return JsonSection.read(JsonText.read(file), SCHEMA, section -> of(section, file.toAbsolutePath()));
    }

    private static LanguageSettings of(JsonSection section, Path file) {
        Provider provider = section.choice(
                "provider", Map.of("openai", Provider.OPENAI, "ollama", Provider.OLLAMA), Provider.OLLAMA);
        boolean remote = section.flag("remote", false);
        Optional<LanguageKey> key = section.section("key").map(inner -> LanguageKey.of(inner, file));
        URI url = url(section, remote, key.isPresent());
        String model = section.text("model").orElse("");
        if (model.isBlank() || model.length() > LONGEST) {
            section.refuse(section.at("model"), "No model is named.", "Write \"model\": as the server calls it.");
        }
        Price price = section.section("price").map(LanguageSettings::price).orElse(new Price(0, 0));
        Limits limits = section.section("limits").map(LanguageSettings::limits).orElse(Limits.STANDARD);
        return new LanguageSettings(provider, url, model, key, price, limits);
    }

    private static URI url(JsonSection section, boolean remote, boolean secret) {
        URI none = URI.create("http://127.0.0.1");
        String text = section.text("url").orElse("");
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException _) {
            url = URI.create("");
        }
        String host = url.getHost();
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (host == null
                || !web
                || url.getRawUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null) {
            section.refuse(
                    section.at("url"), "This is no address of a server.", "Write \"url\": \"http://127.0.0.1:11434\".");
            return none;
        }
        boolean here = isHere(host);
        if (!here && !remote) {
            section.refuse(
                    section.at("url"),
                    "The server is not this machine: what is known of incidents would leave it.",
                    "Write an address of this machine, or \"remote\": true where that is wanted.");
        }
        if (!here && secret && "http".equals(url.getScheme())) {
            section.refuse(section.at("url"), "The key would be readable on the way.", "Write https in place of http.");
        }
        return url;
    }

    /** By name or figures, without asking anybody. */
    private static boolean isHere(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** Whether it is this machine that is asked. */
    boolean local() {
        return isHere(url.getHost());
    }

    private static Price price(JsonSection section) {
        Price price = new Price(
                section.number("input_per_million", 0, 0, MONEY), section.number("output_per_million", 0, 0, MONEY));
        section.finish();
        return price;
    }

    private static Limits limits(JsonSection section) {
        Limits usual = Limits.STANDARD;
        Limits limits = new Limits(
                Duration.ofMillis(
                        (long) (1000 * section.number("seconds", (double) usual.time.toSeconds(), 0.1, SECONDS))),
                section.whole("answer_tokens", usual.answerTokens, 50, ANSWER),
                section.whole("tokens_per_incident", usual.incidentTokens, 0, TOKENS),
                section.whole("tokens_per_hour", usual.hourTokens, 0, TOKENS),
                section.number("cost_per_incident", usual.incidentCost, 0, MONEY),
                section.number("cost_per_hour", usual.hourCost, 0, MONEY));
        section.finish();
        return limits;
    }
}
