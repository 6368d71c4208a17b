package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Evidence;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.narrate.Narration;
import phalanx.agents.narrate.Narrative;
import phalanx.agents.narrate.NarrativeText;
import phalanx.agents.narrate.Narrator;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Proof;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Signal;
import phalanx.agents.trail.Tally;
import phalanx.agents.trail.Vote;
import phalanx.run.Outcome;

class NarrativeTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final String ID = "INC-1795428000000";
    private static final Remedy POOL = new Remedy.Enlarge("deploy/policy.json", "/pool/size", 3);
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+(?:[._-][\\p{L}\\p{N}]+)*");

    /** A step of every kind, with figures that stand nowhere else. */
    static List<Message> trail() {
        Signal errors = new Signal(
                START.minusSeconds(3),
                START.minusSeconds(4),
                Subject.EDGE,
                Measure.ERRORS,
                new Figure(0.137, 0.0004, 0.005),
                0.01);
        Signal slow = new Signal(
                START, START, Subject.service("policy"), Measure.P99, new Figure(1873.4, Double.NaN, 25), 400);
        Hypothesis pool = new Hypothesis(
                Cause.POOL_EXHAUSTED,
                Subject.instance("policy-1", "policy"),
                0.931,
                List.of(
                        new Evidence(
                                Subject.instance("policy-1", "policy"),
                                Measure.POOL_WAITING,
                                new Figure(17, 0, 0.5),
                                4.1),
                        new Evidence(
                                Subject.instance("policy-1", "policy"),
                                Measure.CPU,
                                new Figure(0.42, 0.39, 0.2),
                                -1.2)),
                List.of(Measure.GC));
        Hypothesis query = new Hypothesis(
                Cause.SLOW_QUERY,
                Subject.table("terms", "policy"),
                0.044,
                List.of(new Evidence(
                        Subject.table("terms", "policy"), Measure.MEDIAN, new Figure(88, Double.NaN, 10), 0.7)),
                List.of());
        Proposal proposal = new Proposal(ID + "/1", ID, 1, Role.BRAIN, pool, POOL, "INC-1795420000000");
        DryRun dryRun = new DryRun(
                true,
                "size 4 becomes 12",
                "--- a/x\n+++ b/x\n-  \"size\": 4,\n+  \"size\": 12,",
                "revert the commit",
                0);
        return List.of(
                new Message.Signalled(START, ID, List.of(errors, slow), ""),
                new Message.Diagnosed(at(2), ID, 1, Role.BRAIN, List.of(pool, query)),
                new Message.Proposed(at(3), proposal, dryRun),
                new Message.Voted(at(4), ID, vote(Role.SCOUT, Vote.Choice.YES, 0.62, "The objective is broken.")),
                new Message.Voted(
                        at(4), ID, vote(Role.CAG, Vote.Choice.NO, 0.51, "It is like nothing that is remembered.")),
                new Message.Decided(
                        at(5),
                        ID,
                        ID + "/1",
                        Role.BRAIN,
                        Message.Decision.APPROVED,
                        "The vote accepted it.",
                        new Tally(0.742, 0.6, 4, 3, null)),
                new Message.Begun(at(5), ID, ID + "/1"),
                new Message.Acted(at(7), ID, ID + "/1", Effect.DONE, "commit 4f2a merged", "revert 4f2a"),
                new Message.Verified(
                        at(37), ID, ID + "/1", false, List.of(new Figure(0.151, 0, 0.005), new Figure(1911, 0, 25))),
                new Message.Learned(at(37), ID, ID + "/1", Map.of(Role.SCOUT, 0.47)),
                new Message.TakenBack(at(39), ID, ID + "/1", true, "reverted by 77c0"),
                new Message.Escalated(at(40), ID, "3 attempts failed."),
                new Message.Filed(at(41), ID, "The case file is incidents/INC-1.md."),
                new Message.Closed(at(205), ID, Message.Ending.ESCALATED, "It ended without the agents."));
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static Vote vote(Role who, Vote.Choice choice, double trust, String reason) {
        return new Vote(ID + "/1", who, choice, trust, reason);
    }

    @Test
    void packets_behind_a_figure_are_named_with_their_file() {
        Subject way = Subject.way("pay-1", "pay");
        Evidence found = new Evidence(
                way,
                Measure.LOSS_FOUND,
                new Figure(0.9, Double.NaN, 0.1),
                3,
                new Proof("/captures/packets-1.pcapng", List.of(3L, 7L)));
        List<Message> all = new ArrayList<>(trail());
        all.set(
                1,
                new Message.Diagnosed(
                        at(2),
                        ID,
                        1,
                        Role.BRAIN,
                        List.of(new Hypothesis(Cause.NETWORK_LOSS, way, 0.8, List.of(found), List.of()))));
        assertTrue(told(all).toString().contains("packets #3, #7 of packets-1.pcapng"));
        assertTrue(told(all, Locale.GERMAN).toString().contains("Pakete #3, #7 in packets-1.pcapng"));
    }

    @Test
    void a_pause_is_told_with_who_wanted_it() {
        List<Message> all = new ArrayList<>(trail());
        all.add(6, new Message.Paused(at(5), ID, true, "eva"));
        assertEquals(
                "human: paused by eva: nothing is begun",
                told(all).parts().get(6).says());
        assertEquals(
                "human: angehalten von eva: nichts wird begonnen",
                told(all, Locale.GERMAN).parts().get(6).says());
    }

    private static Narrative told(List<Message> steps) {
        return told(steps, Locale.ENGLISH);
    }

    private static Narrative told(List<Message> steps, Locale language) {
        if (Narrative.find(steps, steps.getFirst().incident(), language)
                instanceof Outcome.Ok<Narrative>(Narrative told)) {
            return told;
        }
        throw new AssertionError("no narrative");
    }

    private static String text(List<Message> steps) {
        return NarrativeText.text(Narrator.template(told(steps)));
    }

    private static Properties bundle(String name) throws IOException {
        Properties words = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("resources", "agents", name))) {
            words.load(reader);
        }
        return words;
    }

    /** What of a text is neither a word of the templates nor stands in the trail; figures as they are rounded there. */
    static Set<String> unfounded(String text, List<Message> steps) throws IOException {
        Set<String> words = new HashSet<>();
        for (Object template : bundle("narrative.properties").values()) {
            TOKEN.matcher(template.toString().replaceAll("\\{\\d}", " "))
                    .results()
                    .forEach(word -> words.add(word.group().toLowerCase(Locale.ROOT)));
        }
        words.addAll(Role.byWord().keySet());
        for (Measure measure : Measure.values()) {
            words.add(measure.unit());
        }
        String trail = steps.stream().map(MessageJson::write).collect(Collectors.joining("\n"));
        Set<String> names = TOKEN.matcher(trail.replace('_', '-'))
                .results()
                .flatMap(found -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(found.group()),
                        java.util.Arrays.stream(found.group().split("-", -1))))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<Double> figures = Pattern.compile("(?<![\\w.-])-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?(?![\\w.-])")
                .matcher(trail)
                .results()
                .map(found -> Double.parseDouble(found.group()))
                .toList();
        Set<String> times = times(steps);
        Set<String> unfounded = new TreeSet<>();
        Matcher token = Pattern.compile("\\d\\d:\\d\\d:\\d\\d|(?:\\d+ min )?\\d+ s\\b|" + TOKEN)
                .matcher(text);
        while (token.find()) {
            String one = token.group();
            boolean founded = times.contains(one)
                    || words.contains(one.toLowerCase(Locale.ROOT))
                    || names.contains(one.toLowerCase(Locale.ROOT))
                    || one.matches("\\d+(?:\\.\\d+)?") && rounded(one, figures);
            if (!founded) {
                unfounded.add(one);
            }
        }
        return unfounded;
    }

    private static Set<String> times(List<Message> steps) {
        Set<String> times = new HashSet<>();
        for (Message step : steps) {
            times.add(step.at().toString().substring(11, 19));
            times.add(step.at().toString().substring(0, 10));
            if (step instanceof Message.Signalled signalled) {
                signalled
                        .signals()
                        .forEach(one -> times.add(one.since().toString().substring(11, 19)));
            }
            Duration since = Duration.between(steps.getFirst().at(), step.at());
            times.add((since.toMinutes() > 0 ? since.toMinutes() + " min " : "") + since.toSecondsPart() + " s");
        }
        return times;
    }

    private static boolean rounded(String told, List<Double> figures) {
        int digits = told.contains(".") ? told.length() - told.indexOf('.') - 1 : 0;
        return figures.stream()
                .anyMatch(figure ->
                        String.format(Locale.ROOT, "%." + digits + "f", figure).equals(told)
                                || String.format(Locale.ROOT, "%." + digits + "f", 100 * figure)
                                        .equals(told));
    }

    @Test
    void every_figure_and_name_stands_in_the_trail() throws IOException {
        List<Message> all = trail();
        assertEquals(14, all.size());
        for (int end = 1; end <= all.size(); end++) { // as it stands after each step
            List<Message> steps = all.subList(0, end);
            assertEquals(Set.of(), unfounded(text(steps), steps), text(steps));
        }
        String lies = text(all).replace("13.7 %", "13.8 %").replace("policy-1", "policy-2") + " at 10:01:01";
        assertEquals(Set.of("13.8", "policy-2", "10:01:01"), unfounded(lies, all), "the check itself");
    }

    @Test
    void the_whole_story_is_told_with_its_times() {
        String text = text(trail());
        for (String line : List.of(
                ID + ": trouble at edge, policy, over without the agents after 3 min 25 s",
                "10:00:00  scout: an objective is broken at edge, policy.",
                "errors of edge: 13.7 %, usual 0.0 %, limit 1.0 %, since 09:59:56",
                "p99 of policy: 1873 ms, what is usual is not known yet, limit 400 ms, since 10:00:00",
                "pool-exhausted at policy/policy-1, confidence 0.93",
                "for it: pool waiting of policy/policy-1 17 waiting (usual 0 waiting)",
                "against it: cpu of policy/policy-1 42.0 % (usual 39.0 %)",
                "not measured: gc @ policy/policy-1",
                "Changes: +  \"size\": 12,",
                "10:00:04  cag: voted no with weight 0.51: It is like nothing that is remembered.",
                "74 % of the trust said yes, 60 % had to; 4 answered, 3 had to.",
                "errors of edge: 15.1 %, when noticed 13.7 %, limit 1.0 %",
                "10:00:39  fixer: taken back: reverted by 77c0",
                "The case file is incidents/INC-1.md.")) {
            assertTrue(text.contains(line), line + "\n" + text);
        }
        assertEquals(text, text(trail()), "the same steps give the same words");
    }

    @Test
    void what_a_person_does_next_follows_from_the_steps() {
        List<Message> all = trail();
        assertEquals(
                List.of("Nothing yet: the agents are at work on it."),
                told(all.subList(0, 3)).next());
        List<Message> asked = new ArrayList<>(all.subList(0, 5));
        asked.add(new Message.Decided(
                at(5), ID, ID + "/1", Role.GUARDRAIL, Message.Decision.ASKED, "The risk is high.", null));
        assertEquals(
                List.of("Say yes or no to " + ID + "/1, enlarge at deploy/policy.json. No answer is a no."),
                told(asked).next());
        assertEquals(
                List.of(
                        "Find the cause. Likeliest so far: pool-exhausted at policy/policy-1, confidence 0.93.",
                        "Measure what is missing: gc @ policy/policy-1.",
                        "Did not help, and need not be tried again: enlarge @ deploy/policy.json."),
                told(all.subList(0, 12)).next());
        List<Message> unknown = new ArrayList<>(all.subList(0, 7));
        unknown.add(new Message.Acted(at(7), ID, ID + "/1", Effect.UNKNOWN, "It was cut off.", ""));
        assertEquals(
                List.of("Check whether enlarge at deploy/policy.json is in effect.", "The way back is not known."),
                told(unknown).next());
        assertEquals(
                List.of("Nothing: nothing is broken, and nothing was changed."),
                told(all).next());
    }

    @Test
    void all_scripted_incidents_can_be_told_in_both_languages() throws IOException {
        for (double confidence : new double[] {0.95, 0.7, 0.5}) {
            for (boolean heals : new boolean[] {true, false}) {
                Scripted s =
                        new Scripted("{\"mode\": \"act\", \"cooldown_seconds\": 1, \"longest_cooldown_seconds\": 2}");
                s.heals = _ -> heals;
                s.suggests(Scripted.DRAIN, confidence);
                s.suggests(Scripted.OTHER, confidence);
                s.trouble = true;
                s.pass(40);
                assertEquals(Set.of(), unfounded(text(s.steps), s.steps), text(s.steps));
                assertFalse(told(s.steps).next().isEmpty());
                String german = NarrativeText.markdown(Narrator.template(told(s.steps, Locale.GERMAN)));
                assertTrue(german.contains("## Was geschah") && !german.contains("What"), german);
            }
        }
        assertEquals(
                bundle("narrative.properties").keySet(),
                bundle("narrative_de.properties").keySet());
    }

    @Test
    void what_machines_are_called_is_no_markup_and_no_order_to_a_terminal() {
        Hypothesis hostile = new Hypothesis(
                Cause.DEAD_BACKEND,
                Subject.service("\u001b[2J<script>x</script>[a](http://x.y)\n# approve " + "x".repeat(5_000)),
                0.9,
                List.of(),
                List.of());
        List<Message> steps = List.of(new Message.Diagnosed(START, ID, 1, Role.BRAIN, List.of(hostile)));
        Narration told = Narrator.template(told(steps));
        String text = NarrativeText.text(told);
        String markdown = NarrativeText.markdown(told);
        assertFalse(text.contains("\u001b") || markdown.contains("\u001b"));
        assertFalse(markdown.contains("<script>") || markdown.contains("[a]("), markdown);
        assertTrue(markdown.lines().noneMatch(line -> line.startsWith("# approve")));
        assertTrue(text.length() < 4_000, text.length() + " characters");
    }

    @Test
    void a_long_incident_is_told_from_its_ends() {
        List<Message> steps = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            steps.add(new Message.Escalated(at(i), ID, "step " + i));
        }
        Narrative told = told(steps);
        assertEquals(800, told.leftOut());
        String text = NarrativeText.text(Narrator.template(told));
        assertTrue(text.contains("step 39\n800 steps in the middle are left out"), text);
        assertTrue(text.contains("step 840\n") && text.contains("step 999\n") && !text.contains("step 500"));
    }

    @Test
    void an_incident_that_is_not_there_is_told_with_those_that_are() {
        Outcome<Narrative> none = Narrative.find(trail(), "INC-9", Locale.ENGLISH);
        assertTrue(
                none instanceof Outcome.Failed<Narrative>(var problem)
                        && problem.toString().contains(ID),
                none.toString());
    }
}
