package phalanx.agents.narrate;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.act.Remedy;
import phalanx.agents.cause.Evidence;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Proof;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Signal;
import phalanx.agents.trail.Tally;
import phalanx.agents.trail.Vote;

/** Tells the steps of one incident. One thread. */
final class Storyteller {
    /** Steps told at the beginning and at the end, where there are more than both. */
    static final int FIRST = 40, LAST = 160;
    /** Hypotheses, evidence for and against one, lines of a difference that are told. */
    private static final int NAMED = 3, PROOFS = 3, LINES = 12;

    private final List<Message> steps;
    private final NarrativeWords words;
    private final Locale language;
    private final List<Signal> signals;

    /** @param steps at least one, all of one incident */
    Storyteller(List<Message> steps, Locale language) {
        this.steps = steps;
        this.language = language;
        words = new NarrativeWords(language);
        signals = last(Message.Signalled.class).map(Message.Signalled::signals).orElse(List.of());
    }

    <T extends Message> Optional<T> last(Class<T> type) {
        return steps.stream().filter(type::isInstance).map(type::cast).reduce((_, later) -> later);
    }

    Narrative narrative() {
        List<Narrative.Part> parts = new ArrayList<>();
        int leftOut = Math.max(0, steps.size() - FIRST - LAST);
        for (int i = 0; i < steps.size(); i++) {
            if (i < FIRST || i >= FIRST + leftOut) {
                Message step = steps.get(i);
                parts.add(new Narrative.Part("E" + (i + 1), step.at(), says(step), details(step)));
            }
        }
        List<String> suspects = last(Message.Diagnosed.class).stream()
                .flatMap(diagnosed -> diagnosed.hypotheses().stream())
                .limit(NAMED)
                .map(this::cause)
                .toList();
        return new Narrative(
                steps.getFirst().incident(),
                language,
                title(),
                steps.getFirst().at(),
                parts,
                suspects,
                new NextSteps(this, words).told(),
                leftOut);
    }

    private String title() {
        String incident = steps.getFirst().incident();
        String places = places();
        return last(Message.Closed.class)
                .map(closed -> {
                    String time = NarrativeWords.time(
                            Duration.between(steps.getFirst().at(), closed.at()));
                    return switch (closed.ending()) {
                        case HEALED -> words.told("title.healed", incident, places, time);
                        case PASSED -> words.told("title.passed", incident, places, time);
                        case ESCALATED -> words.told("title.escalated", incident, places, time);
                    };
                })
                .orElseGet(() -> words.told(
                        last(Message.Escalated.class).isPresent() ? "title.person" : "title.open", incident, places));
    }

    private String places() {
        return signals.isEmpty()
                ? "?"
                : signals.stream()
                        .map(signal -> signal.subject().toString())
                        .distinct()
                        .limit(NAMED)
                        .collect(joining(", "));
    }

    private String says(Message step) {
        String who = who(step);
        return switch (step) {
            case Message.Signalled _ -> words.told("signalled", who, places());
            case Message.Diagnosed diagnosed ->
                words.told(diagnosed.hypotheses().isEmpty() ? "diagnosed.none" : "diagnosed", who);
            case Message.Proposed proposed -> {
                Proposal proposal = proposed.proposal();
                Hypothesis why = proposal.hypothesis();
                yield words.told(
                        "proposed",
                        who,
                        proposal.id(),
                        proposal.remedy().kind().word(),
                        proposal.remedy().target(),
                        why.cause().word(),
                        why.place(),
                        words.degree(why.confidence()));
            }
            case Message.Voted voted -> vote(who, voted.vote());
            case Message.Decided decided ->
                words.told(
                        switch (decided.decision()) {
                            case APPROVED -> "decided.approved";
                            case ASKED -> "decided.asked";
                            case DRY_RUN -> "decided.dry";
                            case REJECTED -> "decided.rejected";
                        },
                        who,
                        decided.proposal(),
                        words.said(decided.reason()));
            case Message.Begun begun -> words.told("begun", who, begun.proposal());
            case Message.Acted acted ->
                words.told(
                        switch (acted.effect()) {
                            case DONE -> "acted.done";
                            case FAILED -> "acted.failed";
                            case UNKNOWN -> "acted.unknown";
                        },
                        who,
                        words.said(acted.says()));
            case Message.Verified verified -> words.told(verified.healed() ? "verified.healed" : "verified.not", who);
            case Message.TakenBack back ->
                words.told(back.done() ? "back.done" : "back.failed", who, words.said(back.says()));
            case Message.Learned learned -> words.told("learned", who, trust(learned));
            case Message.Escalated escalated -> words.told("escalated", who, words.said(escalated.says()));
            case Message.Reviewed reviewed -> words.told("reviewed", who, words.said(reviewed.says()));
            case Message.Filed filed -> words.told("filed", who, words.said(filed.says()));
            case Message.Paused paused -> words.told(paused.on() ? "paused" : "resumed", who, paused.who());
            case Message.Closed closed ->
                words.told(
                        switch (closed.ending()) {
                            case HEALED -> "closed.healed";
                            case PASSED -> "closed.passed";
                            case ESCALATED -> "closed.escalated";
                        },
                        who,
                        words.said(closed.says()));
        };
    }

    private static String who(Message step) {
        return step.by().word();
    }

    private String vote(String who, Vote vote) {
        return words.told(
                switch (vote.choice()) {
                    case YES -> "voted.yes";
                    case NO -> "voted.no";
                    case VETO -> "voted.veto";
                },
                who,
                words.degree(vote.trust()),
                words.said(vote.reason()));
    }

    private String trust(Message.Learned learned) {
        return learned.trust().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey().word() + " " + words.degree(one.getValue()))
                .collect(joining(", "));
    }

    private List<String> details(Message step) {
        return switch (step) {
            case Message.Signalled signalled ->
                signalled.signals().stream().map(this::signal).toList();
            case Message.Diagnosed diagnosed ->
                diagnosed.hypotheses().stream()
                        .limit(NAMED)
                        .flatMap(this::weighed)
                        .toList();
            case Message.Proposed proposed -> proposal(proposed);
            case Message.Decided decided -> tally(decided.tally());
            case Message.Acted acted -> acted.wayBack().isEmpty() ? List.of() : List.of(wayBack(acted.wayBack()));
            case Message.Verified verified -> after(verified.after());
            default -> List.of();
        };
    }

    private String signal(Signal signal) {
        String measure = signal.measure().word();
        String now = words.value(signal.measure(), signal.figure().now());
        String limit = words.value(signal.measure(), signal.limit());
        String since = words.clock(signal.since());
        double usual = signal.figure().usual();
        return Double.isNaN(usual)
                ? words.told("signal.new", measure, signal.subject(), now, limit, since)
                : words.told(
                        "signal", measure, signal.subject(), now, words.value(signal.measure(), usual), limit, since);
    }

    String cause(Hypothesis one) {
        return words.told("cause", one.cause().word(), one.place(), words.degree(one.confidence()));
    }

    private Stream<String> weighed(Hypothesis one) {
        List<String> lines = new ArrayList<>(List.of(cause(one)));
        evidence(one, proof -> proof.weight() > 0).ifPresent(found -> lines.add(words.told("cause.for", found)));
        evidence(one, proof -> proof.weight() < 0).ifPresent(found -> lines.add(words.told("cause.against", found)));
        missing(one).ifPresent(found -> lines.add(words.told("cause.missing", found)));
        return lines.stream();
    }

    private Optional<String> evidence(Hypothesis one, Predicate<Evidence> which) {
        return listed(one.evidence().stream().filter(which).limit(PROOFS).map(proof -> {
            String measure = proof.measure().word();
            String now = words.value(proof.measure(), proof.figure().now());
            double usual = proof.figure().usual();
            String figure = Double.isNaN(usual)
                    ? words.told("evidence.new", measure, proof.subject(), now)
                    : words.told("evidence", measure, proof.subject(), now, words.value(proof.measure(), usual));
            Proof packets = proof.proof();
            return packets == null ? figure : words.told("evidence.packets", figure, packets.name(), packets.numbers());
        }));
    }

    static Optional<String> missing(Hypothesis one) {
        return listed(one.missing().stream().map(measure -> measure.word() + " @ " + one.place()));
    }

    static Optional<String> listed(Stream<String> texts) {
        return texts.reduce((all, next) -> all + "; " + next);
    }

    private List<String> proposal(Message.Proposed proposed) {
        List<String> lines = new ArrayList<>();
        String precedent = proposed.proposal().precedent();
        if (!precedent.isEmpty()) {
            lines.add(words.told("precedent", precedent));
        }
        lines.add(words.told(
                proposed.dryRun().passed() ? "dry.passed" : "dry.failed",
                words.said(proposed.dryRun().says())));
        proposed.dryRun()
                .difference()
                .lines()
                .filter(line -> line.matches("[+-](?![+-]{2} ).*"))
                .limit(LINES)
                .forEach(line -> lines.add(words.told("difference", line)));
        if (!proposed.dryRun().wayBack().isEmpty()) {
            lines.add(wayBack(proposed.dryRun().wayBack()));
        }
        return lines;
    }

    String wayBack(String says) {
        return says.isEmpty() ? words.told("way.back.unknown") : words.told("way.back", words.said(says));
    }

    private List<String> tally(@Nullable Tally tally) {
        if (tally == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(words.told(
                "tally", words.percent(tally.yes()), words.percent(tally.needed()), tally.answered(), tally.quorum()));
        if (tally.vetoed() != null) {
            lines.add(words.told("tally.veto", tally.vetoed().word()));
        }
        return lines;
    }

    /** The figures afterwards, where each can be told beside its signal. */
    private List<String> after(List<Figure> figures) {
        if (figures.size() != signals.size()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            Signal signal = signals.get(i);
            lines.add(words.told(
                    "after",
                    signal.measure().word(),
                    signal.subject(),
                    words.value(signal.measure(), figures.get(i).now()),
                    words.value(signal.measure(), signal.figure().now()),
                    words.value(signal.measure(), signal.limit())));
        }
        return lines;
    }

    /** Proposals that were measured and did not help, in words. */
    Optional<String> failed() {
        return listed(steps.stream()
                .filter(step -> step instanceof Message.Verified verified && !verified.healed())
                .flatMap(step -> remedy(((Message.Verified) step).proposal()).stream())
                .map(remedy -> remedy.kind().word() + " @ " + remedy.target()));
    }

    /** What a proposal would do. */
    Optional<Remedy> remedy(String proposal) {
        return steps.stream()
                .filter(step -> step instanceof Message.Proposed proposed
                        && proposed.proposal().id().equals(proposal))
                .map(step -> ((Message.Proposed) step).proposal().remedy())
                .findFirst();
    }
}
