package phalanx.show.ladder;

import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** What a ladder is about, in words. Any thread. */
final class LadderTitle {
    private static final Words WORDS = Words.of("ladder");

    private LadderTitle() {}

    static String of(LadderPicture picture) {
        return subject(picture) + ", " + count(picture);
    }

    private static String subject(LadderPicture picture) {
        LadderScope scope = picture.scope();
        if (scope.compares()) {
            return WORDS.get("title-compared", name(picture, scope.conversation()), name(picture, scope.compared()));
        }
        if (scope.conversation() != Selection.NONE) {
            return name(picture, scope.conversation());
        }
        ExplainedFinding finding = scope.finding();
        return finding == null || finding.finding().conversations().isEmpty()
                ? WORDS.get("title-all")
                : WORDS.get("title-finding", finding.id());
    }

    private static String name(LadderPicture picture, int conversation) {
        Conversation of = picture.stitched().conversations().get(conversation);
        return picture.names().of(of.client()) + " > " + picture.names().of(of.server()) + " ("
                + of.transport().word() + ")";
    }

    private static String count(LadderPicture picture) {
        return picture.rungs() == picture.total()
                ? WORDS.get("packets", picture.rungs())
                : WORDS.get(
                        "shown-of",
                        Words.language().count(picture.rungs()),
                        Words.language().count(picture.total()));
    }

    /** One sentence for those who do not see the drawing: {@code Ladder: 3 capture points, 12,410 packets, 3 lost}. */
    static String summary(LadderPicture picture) {
        int lost = 0;
        for (int gap = 0; gap < picture.crossings().gaps(); gap++) {
            lost += picture.crossings().total(gap, Crossings.Kind.LOST);
        }
        return WORDS.get("summary", picture.perSide(), picture.rungs(), lost, subject(picture));
    }
}
