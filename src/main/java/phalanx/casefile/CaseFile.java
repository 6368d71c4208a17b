package phalanx.casefile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case: which captures, what was said of them, what was noted, how the desk stood. Findings are not in it; they are found anew
 * from the captures. Immutable, any thread.
 *
 * @param version of this form, 1
 * @param captures in the order in which they were opened
 * @param notes oldest first
 * @param savedFilters display filters that the user keeps
 * @param dismissed why a finding is no problem, by its kind and place ({@code random_loss@edge})
 * @param desk how the desk stood, null when it was never shown
 * @param bookmarks oldest first, one on a thing
 * @param imports records of other tools, by their addresses from the case's folder, or whole ones when they lie elsewhere
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CaseFile(
        int version,
        List<Capture> captures,
        List<Note> notes,
        List<String> savedFilters,
        Map<String, String> dismissed,
        @Nullable Desk desk,
        List<Bookmark> bookmarks,
        List<String> imports) {
    /** The form that this program writes. */
    public static final int VERSION = 1;

    /**
     * A capture of the case.
     *
     * @param file its address from the case's folder, or a whole one when it lies elsewhere
     * @param name of the capture point
     * @param role of what stands there, empty when the user said nothing
     * @param place on the path, 1 next to the client, 0 as found from the packets
     * @param clockOffsetNanos of its clock against the reference, null as found from the packets
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Capture(
            String file,
            String name,
            String role,
            int place,
            @Nullable Long clockOffsetNanos) {
        public Capture {
            file = file == null ? "" : file;
            name = name == null || name.isBlank() ? "capture" : name;
            role = role == null ? "" : role;
        }
    }

    /** What a user put on something in a case. */
    public sealed interface Mark {
        /** What it is on: {@code packet/edge/12}, {@code finding/random_loss@edge}, {@code conversation/...}, {@code case}. */
        String about();

        /** When, ISO 8601 in UTC. */
        String written();
    }

    /**
     * A note.
     *
     * @param about what it is on: {@code packet/edge/12}, {@code finding/random_loss@edge}, {@code conversation/3}
     * @param written when, ISO 8601 in UTC
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Note(String about, String text, String written) implements Mark {
        public Note {
            about = about == null ? "case" : about;
            text = text == null ? "" : text;
            written = written == null ? "" : written;
        }
    }

    /**
     * A place to come back to.
     *
     * @param title what it is on, in words
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Bookmark(String about, String title, String written) implements Mark {
        public Bookmark {
            about = about == null ? "case" : about;
            title = title == null ? "" : title;
            written = written == null ? "" : written;
        }
    }

    /**
     * How the desk stood.
     *
     * @param layout of the docks, null for the usual one
     * @param filter in force, empty for none
     * @param conversation selected, -1 for none
     * @param finding selected, by kind and place, empty for none
     * @param capture name of the capture point whose frame is selected, empty for none
     * @param frame selected, 0 for none
     * @param views what single views keep, by view and key: {@code conversations.columns}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Desk(
            @Nullable DockLayout layout,
            String filter,
            int conversation,
            String finding,
            String capture,
            long frame,
            Map<String, String> views) {
        public Desk {
            filter = filter == null ? "" : filter;
            finding = finding == null ? "" : finding;
            capture = capture == null ? "" : capture;
            views = Map.copyOf(views == null ? Map.of() : views);
        }

        /** The same with another conversation selected. @param id -1 for none */
        public Desk withConversation(int id) {
            return new Desk(layout, filter, id, finding, capture, frame, views);
        }
    }

    public CaseFile {
        captures = List.copyOf(captures == null ? List.of() : captures);
        notes = List.copyOf(notes == null ? List.of() : notes);
        savedFilters = List.copyOf(savedFilters == null ? List.of() : savedFilters);
        dismissed = Map.copyOf(dismissed == null ? Map.of() : dismissed);
        bookmarks = List.copyOf(bookmarks == null ? List.of() : bookmarks);
        imports = List.copyOf(imports == null ? List.of() : imports);
    }

    /** Without bookmarks, and without records of other tools. */
    public CaseFile(
            int version,
            List<Capture> captures,
            List<Note> notes,
            List<String> savedFilters,
            Map<String, String> dismissed,
            @Nullable Desk desk) {
        this(version, captures, notes, savedFilters, dismissed, desk, List.of(), List.of());
    }

    /** A case of which nothing is known. */
    static final CaseFile EMPTY = new CaseFile(VERSION, List.of(), List.of(), List.of(), Map.of(), null);

    /** The same with the desk as it stood another time. */
    public CaseFile withDesk(@Nullable Desk other) {
        return new CaseFile(version, captures, notes, savedFilters, dismissed, other, bookmarks, imports);
    }

    /** The same with other records of other tools. */
    public CaseFile withImports(List<String> other) {
        return new CaseFile(version, captures, notes, savedFilters, dismissed, desk, bookmarks, other);
    }
}
