package phalanx.show.omnibox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** Where {@code #12}, {@code #c3} and {@code #F1} lead: a frame of every capture point, a conversation, a finding. Screen thread. */
final class GoTo {
    private static final Words WORDS = Words.of("omnibox");

    private final @Nullable Analysis analysis;
    private final @Nullable Selection selection;

    GoTo(@Nullable Analysis analysis, @Nullable Selection selection) {
        this.analysis = analysis;
        this.selection = selection;
    }

    List<Suggestion> suggestions(String typed) {
        Analysis of = analysis;
        Selection by = selection;
        List<Suggestion> places = new ArrayList<>();
        if (of == null || by == null) {
            return places;
        }
        String wanted = typed.toLowerCase(Locale.ROOT);
        for (ExplainedFinding told : of.findings()) {
            if (!wanted.isEmpty() && told.id().toLowerCase(Locale.ROOT).startsWith(wanted)) {
                places.add(new Suggestion.Act(told.id(), told.summary(), () -> by.finding(told)));
            }
        }
        if (wanted.matches("c\\d{1,9}")) {
            int id = Integer.parseInt(wanted.substring(1));
            if (id < of.stitched().conversations().size()) {
                Conversation to = of.stitched().conversations().get(id);
                places.add(new Suggestion.Act(
                        WORDS.get("conversation", String.valueOf(id)),
                        to.client() + " > " + to.server() + " " + to.transport().word(),
                        () -> by.conversation(id)));
            }
        }
        if (wanted.matches("\\d{1,9}")) {
            long frame = Long.parseLong(wanted);
            for (int capture : of.stitched().clientFirst()) {
                if (frame >= 1
                        && frame
                                <= of.stitched()
                                        .captures()
                                        .get(capture)
                                        .packets()
                                        .frames()) {
                    places.add(new Suggestion.Act(
                            WORDS.get("frame", wanted),
                            of.stitched().hopName(capture),
                            () -> by.frame(capture, frame)));
                }
            }
        }
        return places;
    }
}
