package phalanx.act.hook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phalanx.config.Json;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;

/** The hooks that the user declared in {@code hooks.json}, by name; none where there is no such file. Immutable, any thread. */
public record HookBook(Map<String, Hook> hooks) {
    public static final HookBook NONE = new HookBook(Map.of());

    private static final String SCHEMA = "phalanx.hooks/1";
    /** Placeholders of arguments. */
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    static final Set<String> KNOWN = Set.of("service", "instance", "server");
    private static final Set<String> SHELLS = Set.of(
            "sh",
            "ash",
            "bash",
            "csh",
            "dash",
            "fish",
            "ksh",
            "mksh",
            "tcsh",
            "zsh",
            "busybox",
            "env",
            "xargs",
            "sudo",
            "su",
            "cmd",
            "powershell",
            "pwsh");
    private static final Map<Hook.Action, String> COMMANDS =
            Map.of(Hook.Action.RUN, "command", Hook.Action.DRY_RUN, "dry_run", Hook.Action.WAY_BACK, "way_back");
    private static final Map<Hook.Action, String> ADDRESSES =
            Map.of(Hook.Action.RUN, "url", Hook.Action.DRY_RUN, "dry_run", Hook.Action.WAY_BACK, "way_back");

    public HookBook {
        hooks = Map.copyOf(hooks);
    }

    /** Reads a file, and all its faults at once. @param causes that a hook may be for, by their words */
    public static JsonSection.Read<HookBook> read(Path file, Set<String> causes) {
        return JsonSection.read(JsonText.read(file), SCHEMA, section -> book(section, causes));
    }

    /** Reads a text. @param name of the file, for positions */
    public static JsonSection.Read<HookBook> parse(String name, String text, Set<String> causes) {
        return JsonSection.read(JsonText.parse(name, text), SCHEMA, section -> book(section, causes));
    }

    /** The names of those for a cause, in a fixed order. */
    public List<String> of(String cause) {
        return hooks.entrySet().stream()
                .filter(one -> one.getValue().causes().contains(cause))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static HookBook book(JsonSection section, Set<String> causes) {
        return new HookBook(section.named("hooks", one -> hook(one, causes)));
    }

    private static Hook hook(JsonSection section, Set<String> causes) {
        Map<String, String> words = new TreeMap<>();
        causes.forEach(cause -> words.put(cause, cause));
        Set<String> wanted = Set.copyOf(section.choices("for", words, List.of()));
        if (wanted.isEmpty()) {
            section.refuse(section.at("for"), "Nobody would ask for this hook.", "Write \"for\": [\"dead-backend\"].");
        }
        Hook hook = section.names().contains("url") ? address(section, wanted) : command(section, wanted);
        section.finish();
        return hook;
    }

    private static Duration limit(JsonSection section, int standard) {
        return Duration.ofSeconds(section.whole("seconds", standard, 1, 600));
    }

    private static Hook command(JsonSection section, Set<String> causes) {
        Map<Hook.Action, List<String>> words = new EnumMap<>(Hook.Action.class);
        COMMANDS.forEach((action, name) -> words.put(action, words(section, name)));
        Map<String, String> environment = new HashMap<>();
        section.section("environment")
                .ifPresent(all -> all.names().forEach(name -> all.text(name).ifPresent(v -> environment.put(name, v))));
        return new Hook.Command(causes, words, environment, limit(section, 60));
    }

    private static List<String> words(JsonSection section, String name) {
        List<Json.Text> texts = section.texts(name);
        if (texts.isEmpty()) {
            section.refuse(
                    section.at(name),
                    "\"" + name + "\" is missing.",
                    "Write [\"/usr/bin/program\", \"argument\"]; running, trying and taking back are each a command.");
            return List.of();
        }
        Path program = Path.of(texts.getFirst().value().replace('\0', '?'));
        String called = program.getFileName() == null
                ? ""
                : program.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.exe$", "");
        if (!program.isAbsolute() || PLACEHOLDER.matcher(program.toString()).find()) {
            section.refuse(
                    texts.getFirst().at(),
                    "The program is not named with its whole path.",
                    "Write it from the root, such as /usr/bin/ansible-playbook.");
        } else if (SHELLS.contains(called)) {
            section.refuse(
                    texts.getFirst().at(),
                    "\"" + called + "\" would run what it is told.",
                    "Name the program itself; a file with a \"#!\" line is one, too.");
        }
        for (Json.Text text : texts) {
            Matcher placeholders = PLACEHOLDER.matcher(text.value());
            while (placeholders.find()) {
                if (!KNOWN.contains(placeholders.group(1))) {
                    section.refuse(
                            text.at(),
                            "There is no placeholder " + placeholders.group() + ".",
                            "There are {service}, {instance} and {server}.");
                }
            }
            if (text.value().indexOf('\0') >= 0) {
                section.refuse(text.at(), "No argument can hold a zero.", "Take it out.");
            }
        }
        return texts.stream().map(Json.Text::value).toList();
    }

    private static Hook address(JsonSection section, Set<String> causes) {
        boolean plain = section.flag("plain", false);
        Map<Hook.Action, URI> places = new EnumMap<>(Hook.Action.class);
        ADDRESSES.forEach((action, name) -> place(section, name, plain).ifPresent(place -> places.put(action, place)));
        return new Hook.Address(causes, places, section.flag("private", false), limit(section, 10));
    }

    private static Optional<URI> place(JsonSection section, String name, boolean plain) {
        String text = section.text(name).orElse("");
        try {
            URI place = new URI(text);
            boolean scheme = "https".equals(place.getScheme()) || plain && "http".equals(place.getScheme());
            if (scheme
                    && place.getHost() != null
                    && place.getUserInfo() == null
                    && place.getFragment() == null
                    && text.chars().allMatch(c -> c > ' ' && c < 127)) {
                return Optional.of(place);
            }
        } catch (URISyntaxException _) {
            // told below
        }
        section.refuse(
                section.at(name),
                "\"" + name + "\" is no address that can be asked.",
                "Write https://HOST/PATH, without a user; \"plain\": true allows http. Running, trying and taking back are each an address.");
        return Optional.empty();
    }

    /** Names and addresses as they may stand in an argument: none begins with a dash, none means anything to a shell. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    /** The words with the values in place of the placeholders; empty where a value is missing or is none that may stand there. */
    static Optional<List<String>> filled(List<String> words, Map<String, String> values) {
        for (String word : words) {
            Matcher placeholders = PLACEHOLDER.matcher(word);
            while (placeholders.find()) {
                if (!fit(values.getOrDefault(placeholders.group(1), ""))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(words.stream()
                .map(word -> PLACEHOLDER
                        .matcher(word)
                        .replaceAll(m -> Matcher.quoteReplacement(values.getOrDefault(m.group(1), ""))))
                .toList());
    }

    static boolean fit(String value) {
        return VALUE.matcher(value).matches();
    }
}
