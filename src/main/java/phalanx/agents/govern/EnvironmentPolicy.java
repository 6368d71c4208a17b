package phalanx.agents.govern;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import phalanx.act.Remedy;
import phalanx.act.Risk;
import phalanx.config.JsonSection;

/**
 * What the agents may do in one environment. Immutable, any thread.
 *
 * @param mode how far they may go by themselves
 * @param actAt confidence above which they act, 0..1
 * @param askAt confidence from which they ask a person; below it they only report
 * @param approveAt share of all trust that must say yes, by risk, 0..1
 * @param askHuman risks at which a person is asked whatever the confidence
 * @param remedies those allowed
 * @param mostOfUpstream share of an upstream's servers that may be out of use at once, 0..1
 * @param cooldown at a target after an action; doubled with each that failed there
 * @param longestCooldown that doubling ends at
 * @param actionsPerHour in the whole environment
 * @param respectBudget whether a spent error budget leaves only taking back
 * @param windows when they may act; always where there are none
 * @param frozen days on which they only take back
 */
public record EnvironmentPolicy(
        Mode mode,
        double actAt,
        double askAt,
        Map<Risk, Double> approveAt,
        Set<Risk> askHuman,
        Set<Remedy.Kind> remedies,
        double mostOfUpstream,
        Duration cooldown,
        Duration longestCooldown,
        int actionsPerHour,
        boolean respectBudget,
        List<Window> windows,
        List<Freeze> frozen) {
    /** How far the agents may go by themselves. */
    public enum Mode {
        /** They try what they would do, without effect, and say what would have come of it. */
        DRY_RUN,
        /** They ask a person each time. */
        ASK,
        /** They act within the limits. */
        ACT
    }

    /** Times of a week in the zone of this machine. @param to behind it; midnight where equal to from: the whole day */
    public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        boolean holds(ZonedDateTime at) {
            LocalTime time = at.toLocalTime();
            if (from.isBefore(to)) {
                return days.contains(at.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
            }
            return !time.isBefore(from) && days.contains(at.getDayOfWeek()) // over midnight
                    || time.isBefore(to) && days.contains(at.getDayOfWeek().minus(1));
        }
    }

    /** Days, both included. */
    public record Freeze(LocalDate from, LocalDate to) {
        boolean holds(ZonedDateTime at) {
            LocalDate day = at.toLocalDate();
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    public EnvironmentPolicy {
        approveAt = Map.copyOf(approveAt);
        askHuman = Set.copyOf(askHuman);
        remedies = Set.copyOf(remedies);
        windows = List.copyOf(windows);
        frozen = List.copyOf(frozen);
    }

    /** Nothing may be done. */
    static final EnvironmentPolicy NOTHING = new EnvironmentPolicy(
            Mode.DRY_RUN,
            1,
            1,
            Map.of(),
            Set.of(),
            Set.of(),
            0,
            Duration.ofHours(1),
            Duration.ofHours(1),
            0,
            true,
            List.of(),
            List.of());

    /** Whether they may act at this time. */
    public boolean open(ZonedDateTime at) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.holds(at));
    }

    /** Whether only taking back is allowed on this day. */
    public boolean frozen(ZonedDateTime at) {
        return frozen.stream().anyMatch(freeze -> freeze.holds(at));
    }

    private static final Map<String, Mode> MODES = Map.of("dry-run", Mode.DRY_RUN, "ask", Mode.ASK, "act", Mode.ACT);
    private static final Map<String, Risk> RISKS = Map.of("low", Risk.LOW, "medium", Risk.MEDIUM, "high", Risk.HIGH);
    private static final List<Remedy.Kind> STANDARD =
            EnumSet.complementOf(EnumSet.of(Remedy.Kind.HOOK)).stream().toList();

    /** Reads one; what is left out has its careful standard. */
    static EnvironmentPolicy of(JsonSection section) {
        Map<String, Remedy.Kind> kinds = new TreeMap<>();
        Arrays.stream(Remedy.Kind.values()).forEach(kind -> kinds.put(kind.word(), kind));
        double actAt = section.number("act_at", 0.90, 0.5, 1);
        double askAt = section.number("ask_at", Math.min(0.60, actAt), 0, 1);
        if (askAt > actAt) {
            section.refuse(
                    section.at("ask_at"),
                    "\"ask_at\" is above \"act_at\".",
                    "People are asked at less confidence, not at more.");
        }
        EnumMap<Risk, Double> approveAt = new EnumMap<>(Map.of(Risk.LOW, 0.5, Risk.MEDIUM, 0.6, Risk.HIGH, 0.8));
        section.section("approve_at").ifPresent(inner -> {
            RISKS.forEach(
                    (word, risk) -> approveAt.put(risk, inner.number(word, approveAt.getOrDefault(risk, 1.0), 0.5, 1)));
            inner.finish();
        });
        EnvironmentPolicy policy = new EnvironmentPolicy(
                section.choice("mode", MODES, Mode.DRY_RUN),
                actAt,
                askAt,
                approveAt,
                Set.copyOf(section.choices("ask_human", RISKS, List.of(Risk.HIGH))),
                Set.copyOf(section.choices("remedies", kinds, STANDARD)),
                section.number("most_of_upstream", 0.5, 0, 1),
                seconds(section, "cooldown_seconds", 60),
                seconds(section, "longest_cooldown_seconds", 3600),
                section.whole("actions_per_hour", 12, 0, 10_000),
                section.flag("respect_budget", true),
                section.sections("windows").stream()
                        .map(EnvironmentPolicy::window)
                        .toList(),
                section.sections("frozen").stream()
                        .map(EnvironmentPolicy::freeze)
                        .toList());
        section.finish();
        return policy;
    }

    private static Duration seconds(JsonSection section, String name, int standard) {
        return Duration.ofSeconds(section.whole(name, standard, 0, 7 * 24 * 3600));
    }

    private static Window window(JsonSection section) {
        Map<String, DayOfWeek> days = new TreeMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day.name().substring(0, 3).toLowerCase(Locale.ROOT), day);
        }
        Window window = new Window(
                Set.copyOf(section.choices("days", days, List.copyOf(days.values()))),
                read(section, "from", "a time such as 09:30", LocalTime::parse).orElse(LocalTime.MIDNIGHT),
                read(section, "to", "a time such as 17:00", LocalTime::parse).orElse(LocalTime.MIDNIGHT));
        section.finish();
        return window;
    }

    private static Freeze freeze(JsonSection section) {
        Function<String, LocalDate> day = LocalDate::parse;
        Optional<LocalDate> from = read(section, "from", "a day such as 2026-12-20", day);
        Optional<LocalDate> to = read(section, "to", "a day such as 2027-01-02", day);
        if (from.isEmpty() || to.isEmpty() || to.get().isBefore(from.get())) {
            section.refuse(
                    section.at(),
                    "These days are no stretch of time.",
                    "Write \"from\" and \"to\", both days included.");
        }
        section.finish();
        return new Freeze(
                from.orElse(LocalDate.MIN), to.orElse(LocalDate.MAX)); // a fault keeps the policy from being used
    }

    private static <T> Optional<T> read(JsonSection section, String name, String wanted, Function<String, T> reader) {
        return section.text(name).flatMap(text -> {
            try {
                return Optional.of(reader.apply(text));
            } catch (DateTimeException _) {
                section.refuse(
                        section.at(name),
                        "\"" + name + "\" wants " + wanted + ", found \"" + text + "\".",
                        "Write " + wanted + ".");
                return Optional.empty();
            }
        });
    }
}
