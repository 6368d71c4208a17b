package phalanx.act.git;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of a merge request, for people: kept in the repository itself as {@code refs/phalanx/requests/ID}, which
 * {@code git show} prints. Immutable, any thread.
 *
 * @param request the branch and its commit
 * @param incident what it belongs to
 * @param author who asked for it
 * @param decided when it was merged, closed or taken back; empty while it is open
 * @param notes reason, votes and what was measured, one sentence each
 * @param address where it is shown outside, empty for nowhere
 */
public record RequestRecord(
        MergeRequest request,
        String incident,
        String author,
        State state,
        Instant opened,
        Optional<Instant> decided,
        List<String> notes,
        String address) {
    private static final int NOTES = 200;

    /** How far it is. */
    public enum State {
        OPEN,
        MERGED,
        /** Refused, or given up. */
        CLOSED,
        /** Merged, and taken back later. */
        REVERTED;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<State> of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }
    }

    public RequestRecord {
        notes = List.copyOf(notes);
    }

    /** What is before the number of a proposal: {@code INC-1} of {@code INC-1/2}. */
    static String incident(String id) {
        int number = id.lastIndexOf('/');
        return number < 0 ? id : id.substring(0, number);
    }

    RequestRecord with(State next, Instant at) {
        Optional<Instant> when = next == State.OPEN ? Optional.empty() : Optional.of(at);
        return new RequestRecord(request, incident, author, next, opened, when, notes, address);
    }

    /** With more said; beyond {@value #NOTES} notes it is left out. */
    RequestRecord saying(List<String> more) {
        List<String> said =
                Stream.concat(notes.stream(), more.stream()).limit(NOTES).toList();
        return new RequestRecord(request, incident, author, state, opened, decided, said, address);
    }

    RequestRecord shownAt(String where) {
        return new RequestRecord(request, incident, author, state, opened, decided, notes, where);
    }
}
