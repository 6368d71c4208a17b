package phalanx.agents.narrate;

import java.util.List;
import java.util.function.UnaryOperator;
import phalanx.explain.Markdown;
import phalanx.run.ForeignText;

/** A narration as text for a terminal, or as Markdown. Any thread. */
public final class NarrativeText {
    private static final String STEP = "          ";

    private NarrativeText() {}

    /** Lines for a terminal. */
    public static String text(Narration told) {
        return new Layout("", "", "", "", "- ", STEP, ForeignText::line).of(told);
    }

    /** CommonMark; nothing that packets, logs or models say is markup in it. */
    public static String markdown(Narration told) {
        return new Layout("# ", "## ", "- ", "**", "- ", "  - ", Markdown::escape).of(told);
    }

    private record Layout(
            String title,
            String head,
            String part,
            String strong,
            String item,
            String detail,
            UnaryOperator<String> fit) {
        String of(Narration told) {
            Narrative narrative = told.narrative();
            NarrativeWords words = new NarrativeWords(narrative.language());
            StringBuilder text = new StringBuilder();
            line(text, title, narrative.title());
            text.append('\n');
            line(text, "", words.told("source", words.day(narrative.since())));
            text.append('\n');
            line(text, head, words.told("head.told"));
            text.append('\n');
            for (int i = 0; i < narrative.parts().size(); i++) {
                Narrative.Part one = narrative.parts().get(i);
                if (narrative.leftOut() > 0 && i == Storyteller.FIRST) {
                    line(text, part, words.told("left.out", narrative.leftOut()));
                }
                text.append(part)
                        .append(strong)
                        .append(words.clock(one.at()))
                        .append(strong)
                        .append("  ");
                line(text, "", one.says());
                one.details().forEach(says -> line(text, detail, says));
            }
            text.append('\n');
            list(text, words.told("head.next"), narrative.next());
            told.words().ifPresent(model -> {
                text.append('\n');
                list(text, words.told("head.words", model.model()), model.lines());
                text.append('\n');
                line(text, "", words.told("words.note"));
            });
            if (!told.note().isEmpty()) {
                text.append('\n');
                line(text, "", words.said(told.note()));
            }
            return text.toString();
        }

        private void list(StringBuilder text, String heading, List<String> lines) {
            line(text, head, heading);
            text.append('\n');
            lines.forEach(says -> line(text, item, says));
        }

        private void line(StringBuilder text, String before, String says) {
            text.append(before).append(fit.apply(says)).append('\n');
        }
    }
}
