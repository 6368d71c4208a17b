package phalanx.show.notes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import phalanx.casefile.CaseFile;
import phalanx.casefile.Derived;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.show.NotedPackets;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/**
 * The notes and bookmarks of a case. What a note is on is kept in words that outlive a new analysis: {@code packet/edge/12}, {@code
 * finding/random_loss@edge>core}, {@code conversation/10.0.0.1:4000>10.0.0.2:80/TCP}, or {@code case}. Screen thread.
 */
public final class Notes {
    private static final Words WORDS = Words.of("notes");
    private static final String ON_PACKET = "packet/";

    private final ObservableList<CaseFile.Note> all = FXCollections.observableArrayList();
    private final ObservableList<CaseFile.Bookmark> bookmarks = FXCollections.observableArrayList();
    private final ObservableList<CaseFile.Mark> marks = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<NotedPackets> packets = new ReadOnlyObjectWrapper<>(NotedPackets.NONE);
    private final Analysis analysis;
    private final Selection selection;

    /** @param kept notes, oldest first  @param marked bookmarks, one on a thing */
    public Notes(Analysis analysis, Selection selection, List<CaseFile.Note> kept, List<CaseFile.Bookmark> marked) {
        this.analysis = analysis;
        this.selection = selection;
        all.setAll(kept);
        bookmarks.setAll(marked);
        all.subscribe(this::sort);
        bookmarks.subscribe(this::sort);
        sort();
    }

    private void sort() {
        marks.setAll(Stream.concat(all.stream(), bookmarks.stream())
                .sorted(Comparator.comparing(CaseFile.Mark::written))
                .toList());
        Map<Integer, Map<Long, String>> noted = new HashMap<>();
        marks.forEach(mark -> packet(mark.about())
                .ifPresent(packet -> noted.computeIfAbsent(packet.capture(), _ -> new HashMap<>())
                        .merge(packet.frame(), said(mark), Notes::both)));
        packets.set(NotedPackets.of(noted));
    }

    private static String said(CaseFile.Mark mark) {
        return mark instanceof CaseFile.Note note
                ? note.text().lines().findFirst().orElse("").strip()
                : WORDS.get("bookmark");
    }

    /** Words say more than a bookmark, and a newer note is one of several. */
    private static String both(String older, String newer) {
        String bookmark = WORDS.get("bookmark");
        return older.equals(bookmark) ? newer : newer.equals(bookmark) ? older : older + "; " + newer;
    }

    /** The packets that notes and bookmarks are on. */
    public ObservableValue<NotedPackets> packets() {
        return packets.getReadOnlyProperty();
    }

    /** Oldest first. */
    public ObservableList<CaseFile.Note> all() {
        return all;
    }

    /** One on a thing. */
    public ObservableList<CaseFile.Bookmark> bookmarks() {
        return bookmarks;
    }

    /** Notes and bookmarks, oldest first. */
    ObservableList<CaseFile.Mark> marks() {
        return marks;
    }

    /** The bookmark on what is selected, or one that is not yet kept; empty when nothing is selected. */
    public Optional<CaseFile.Bookmark> bookmark(Instant now) {
        String about = about();
        return about.equals("case")
                ? Optional.empty()
                : Optional.of(bookmarks.stream()
                        .filter(bookmark -> bookmark.about().equals(about))
                        .findFirst()
                        .orElseGet(() -> new CaseFile.Bookmark(
                                about,
                                title(about),
                                now.truncatedTo(ChronoUnit.SECONDS).toString())));
    }

    /** A note on what is selected, not yet kept. */
    public CaseFile.Note draft(String text, Instant now) {
        return new CaseFile.Note(
                about(), text.strip(), now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** What is selected, as notes name it. */
    public String about() {
        Selection.State state = selection.now();
        Selection.Packet packet = state.packet();
        if (packet != null) {
            return ON_PACKET + analysis.stitched().hopName(packet.capture()) + "/" + packet.frame();
        }
        ExplainedFinding finding = state.finding();
        if (finding != null) {
            return "finding/" + finding(finding);
        }
        return state.conversation() == Selection.NONE ? "case" : "conversation/" + conversation(state.conversation());
    }

    /** What is selected, for a person who is to write a note on it. */
    public String aboutInWords() {
        return title(about());
    }

    /** A finding by kind and place: {@code random_loss@edge>core}; {@code random_loss@edge>} behind the last capture point. */
    public String finding(ExplainedFinding told) {
        return Derived.name(told.finding(), analysis.stitched());
    }

    /** What a note is on, when capture points have other names. @param names new ones by old ones */
    public static String renamed(String about, Map<String, String> names) {
        if (about.startsWith(ON_PACKET)) {
            int last = about.lastIndexOf('/');
            String point = about.substring(ON_PACKET.length(), Math.max(ON_PACKET.length(), last));
            return ON_PACKET + names.getOrDefault(point, point) + about.substring(last);
        }
        return about.startsWith("finding/")
                ? "finding/" + renamedFinding(about.substring("finding/".length()), names)
                : about;
    }

    /** A finding as {@link #finding} names it, when capture points have other names. @param names new ones by old ones */
    public static String renamedFinding(String named, Map<String, String> names) {
        int at = named.indexOf('@') + 1;
        String where = named.substring(at);
        int between = where.indexOf('>');
        if (between >= 0) {
            String from = where.substring(0, between);
            String to = where.substring(between + 1);
            where = names.getOrDefault(from, from) + ">" + names.getOrDefault(to, to);
        } else if (names.containsKey(where)) {
            where = names.getOrDefault(where, where);
        } else {
            int role = where.indexOf('/') + 1;
            String point = where.substring(role);
            where = where.substring(0, role) + names.getOrDefault(point, point);
        }
        return named.substring(0, at) + where;
    }

    private Optional<ExplainedFinding> finding(String named) {
        return analysis.findings().stream()
                .filter(told -> finding(told).equals(named))
                .findFirst();
    }

    private String conversation(int id) {
        Conversation of = analysis.stitched().conversations().get(id);
        return of.client() + ">" + of.server() + "/" + of.transport().word();
    }

    /** All notes with what they are on in words, for a report. */
    public List<CaseAccount.Note> told() {
        return all.stream()
                .map(note -> new CaseAccount.Note(title(note.about()), note.text(), note.written()))
                .toList();
    }

    /** What a note or bookmark is on, in words. */
    String title(String about) {
        String[] parts = about.split("/", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        return switch (parts[0]) {
            case "packet" -> {
                int last = rest.lastIndexOf('/');
                yield WORDS.get("on.packet", rest.substring(last + 1), rest.substring(0, Math.max(0, last)));
            }
            case "finding" ->
                WORDS.get(
                        "on.finding",
                        finding(rest)
                                .map(told -> Words.language()
                                                .kind(told.finding().kind()) + ", "
                                        + Words.language().place(told.finding().where(), analysis.stitched()))
                                .orElse(rest.replace('_', ' ').replace("@", ", ")));
            case "conversation" -> WORDS.get("on.conversation", rest.replace(">", " > "));
            default -> WORDS.get("on.case");
        };
    }

    /** Selects what a note is on. @return whether it is still there */
    boolean show(CaseFile.Mark mark) {
        String[] parts = mark.about().split("/", 2);
        String rest = parts.length < 2 ? "" : parts[1];
        return switch (parts[0]) {
            case "packet" -> {
                Optional<Selection.Packet> packet = packet(mark.about());
                packet.ifPresent(found -> selection.frame(found.capture(), found.frame()));
                yield packet.isPresent();
            }
            case "finding" -> {
                Optional<ExplainedFinding> found = finding(rest);
                found.ifPresent(selection::finding);
                yield found.isPresent();
            }
            case "conversation" -> {
                int id = 0;
                int conversations = analysis.stitched().conversations().size();
                while (id < conversations && !conversation(id).equals(rest)) {
                    id++;
                }
                if (id < conversations) {
                    selection.conversation(id);
                }
                yield id < conversations;
            }
            default -> true;
        };
    }

    /** The packet that a note is on; empty when it is on something else, or the packet is no longer there. */
    private Optional<Selection.Packet> packet(String about) {
        String rest = about.startsWith(ON_PACKET) ? about.substring(ON_PACKET.length()) : "";
        int last = rest.lastIndexOf('/');
        String number = rest.substring(last + 1);
        for (int capture = 0; capture < analysis.stitched().captures().size(); capture++) {
            if (last > 0
                    && analysis.stitched().hopName(capture).equals(rest.substring(0, last))
                    && number.matches("\\d{1,9}")) {
                long frame = Long.parseLong(number);
                long frames =
                        analysis.stitched().captures().get(capture).packets().frames();
                if (frame >= 1 && frame <= frames) {
                    return Optional.of(new Selection.Packet(capture, frame, Selection.NONE));
                }
            }
        }
        return Optional.empty();
    }
}
