package phalanx.agents.narrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.trail.Message;

/** What a person does next, as it follows from the steps. One thread. */
final class NextSteps {
    private final Storyteller story;
    private final NarrativeWords words;
    private final List<String> lines = new ArrayList<>();

    NextSteps(Storyteller story, NarrativeWords words) {
        this.story = story;
        this.words = words;
    }

    List<String> told() {
        Optional<Message.Closed> closed = story.last(Message.Closed.class);
        Optional<Message.Escalated> escalated = story.last(Message.Escalated.class);
        changed();
        if (closed.isEmpty() && escalated.isPresent()) {
            find();
        } else if (closed.isEmpty() && lines.isEmpty()) {
            open();
        }
        if (closed.isPresent() && lines.isEmpty()) {
            lines.add(words.told("next.nothing"));
        }
        return lines;
    }

    /** What was changed and is still so, or may be. */
    private void changed() {
        story.last(Message.Acted.class)
                .ifPresent(acted -> story.remedy(acted.proposal()).ifPresent(remedy -> {
                    Optional<Message.TakenBack> back = story.last(Message.TakenBack.class)
                            .filter(one -> one.proposal().equals(acted.proposal()));
                    if (back.isPresent()) {
                        back.filter(one -> !one.done())
                                .ifPresent(one -> add("next.undo", remedy, words.said(one.says())));
                    } else if (acted.effect() == Effect.UNKNOWN) {
                        add("next.unknown", remedy);
                        lines.add(story.wayBack(acted.wayBack()));
                    } else if (acted.effect() == Effect.DONE
                            && story.last(Message.Closed.class).isPresent()) {
                        add("next.stay", remedy);
                        lines.add(story.wayBack(acted.wayBack()));
                    }
                }));
    }

    private void add(String key, Remedy remedy, Object... more) {
        Object[] all = new Object[2 + more.length];
        all[0] = remedy.kind().word();
        all[1] = remedy.target();
        System.arraycopy(more, 0, all, 2, more.length);
        lines.add(words.told(key, all));
    }

    private void find() {
        Optional<Hypothesis> likeliest = story.last(Message.Diagnosed.class)
                .flatMap(one -> one.hypotheses().stream().findFirst());
        lines.add(likeliest
                .map(one -> words.told("next.find", story.cause(one)))
                .orElseGet(() -> words.told("next.find.none")));
        likeliest.flatMap(Storyteller::missing).ifPresent(missing -> lines.add(words.told("next.measure", missing)));
        story.failed().ifPresent(failed -> lines.add(words.told("next.failed", failed)));
    }

    private void open() {
        Optional<Message.Decided> decided = story.last(Message.Decided.class);
        Optional<Remedy> remedy = decided.flatMap(one -> story.remedy(one.proposal()));
        Optional<Message.Decision> decision = remedy.flatMap(_ -> decided).map(Message.Decided::decision);
        if (decision.filter(one -> one == Message.Decision.ASKED).isPresent()) {
            lines.add(words.told(
                    "next.answer",
                    decided.orElseThrow().proposal(),
                    remedy.orElseThrow().kind().word(),
                    remedy.orElseThrow().target()));
        } else if (decision.filter(one -> one == Message.Decision.DRY_RUN).isPresent()) {
            add("next.dry", remedy.orElseThrow());
        } else {
            lines.add(words.told("next.wait"));
        }
    }
}
