package phalanx.casefile;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person, an agent or the program itself decided about a case. The audit trail keeps each as it is; what a case holds
 * follows from all of them in order. Immutable, any thread.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.CapturesArranged.class, name = "captures"),
    @JsonSubTypes.Type(value = Change.ImportsNamed.class, name = "imports"),
    @JsonSubTypes.Type(value = Change.CaptureHashed.class, name = "capture-hash"),
    @JsonSubTypes.Type(value = Change.NoteWritten.class, name = "note"),
    @JsonSubTypes.Type(value = Change.NoteRemoved.class, name = "note-removed"),
    @JsonSubTypes.Type(value = Change.Dismissed.class, name = "dismissed"),
    @JsonSubTypes.Type(value = Change.DismissalTakenBack.class, name = "dismissal-taken-back"),
    @JsonSubTypes.Type(value = Change.FiltersSaved.class, name = "filters"),
    @JsonSubTypes.Type(value = Change.Bookmarked.class, name = "bookmark"),
    @JsonSubTypes.Type(value = Change.BookmarkRemoved.class, name = "bookmark-removed"),
    @JsonSubTypes.Type(value = Change.DeskStood.class, name = "desk"),
    @JsonSubTypes.Type(value = Change.Told.class, name = "timeline"),
    @JsonSubTypes.Type(value = Change.Voted.class, name = "vote"),
    @JsonSubTypes.Type(value = Change.Decided.class, name = "decision"),
    @JsonSubTypes.Type(value = Change.Stepped.class, name = "agent-step"),
    @JsonSubTypes.Type(value = Change.Remembered.class, name = "precedent"),
    @JsonSubTypes.Type(value = Change.Restored.class, name = "restored")
})
public sealed interface Change {
    /** The captures with their names, roles, places and clocks, in place of those before. */
    record CapturesArranged(List<CaseFile.Capture> captures) implements Change {
        public CapturesArranged {
            captures = List.copyOf(captures);
        }
    }

    /** The records of other tools beside the captures, in place of those before. @param files as the case names them */
    record ImportsNamed(List<String> files) implements Change {
        public ImportsNamed {
            files = List.copyOf(files);
        }
    }

    /**
     * What a capture file held when it was kept.
     *
     * @param file as the case names it
     * @param sha256 in hexadecimal
     * @param modified when it had been written to last, ISO 8601 in UTC; null when that was not kept
     */
    record CaptureHashed(
            String file,
            long bytes,
            String sha256,
            @Nullable String modified) implements Change {}

    /** A note was written. */
    record NoteWritten(CaseFile.Note note) implements Change {}

    /** A note was taken away. */
    record NoteRemoved(CaseFile.Note note) implements Change {}

    /** A finding is no problem. @param finding by kind and place */
    record Dismissed(String finding, String reason) implements Change {}

    /** A finding is one again. */
    record DismissalTakenBack(String finding) implements Change {}

    /** The saved filters, in place of those before. */
    record FiltersSaved(List<String> filters) implements Change {
        public FiltersSaved {
            filters = List.copyOf(filters);
        }
    }

    /** A place to come back to; on a thing that has one, in its place. */
    record Bookmarked(CaseFile.Bookmark bookmark) implements Change {}

    /** A bookmark was taken away. */
    record BookmarkRemoved(String about) implements Change {}

    /** How the desk stood when the case was kept; no decision, but kept as safely. @param desk null for the usual one */
    record DeskStood(CaseFile.@Nullable Desk desk) implements Change {}

    /**
     * Something that happened, for the timeline.
     *
     * @param happenedAt ISO 8601 in UTC; when it was noted is in the trail
     * @param source where it is known from: {@code analysis}, {@code desk}, an agent's name
     * @param kind one word: {@code verdict}, {@code note}, {@code action}
     * @param evidence what it is about, as notes name it; empty for none
     */
    record Told(String happenedAt, String source, String kind, String text, String evidence) implements Change {}

    /**
     * A vote on a proposal.
     *
     * @param agent whether an agent gave it, not a person
     * @param trust its weight, 0..1
     */
    record Voted(String proposal, String voter, boolean agent, double trust, Choice choice, String reason)
            implements Change {
        public Voted {
            if (!(trust >= 0 && trust <= 1)) {
                throw new IllegalArgumentException("a trust of " + trust);
            }
        }
    }

    /** What a vote can say. */
    enum Choice {
        YES,
        NO,
        VETO
    }

    /** What became of a proposal. */
    record Decided(String proposal, Verdict outcome, String reason) implements Change {}

    /** How a proposal can end; escalated to a person when the agents may not, or cannot. */
    enum Verdict {
        APPROVED,
        REJECTED,
        ESCALATED
    }

    /** A step of the agents. @param content as JSON, on one line */
    record Stepped(String incident, String content) implements Change {}

    /**
     * What came of a remedy, for the next time.
     *
     * @param happenedAt ISO 8601 in UTC
     * @param signature what the incident looked like, in words
     * @param vector of the signature: 32-bit floats, big-endian, in Base64
     * @param cause and {@code remedy}: one word each
     */
    record Remembered(
            String incident,
            String happenedAt,
            String signature,
            String vector,
            String cause,
            String service,
            String remedy,
            boolean healed)
            implements Change {}

    /** The case was restored after damage, or taken over from an older form. @param how one sentence */
    record Restored(String how) implements Change {}

    /** One word for people: {@code note-removed}. */
    default String word() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
