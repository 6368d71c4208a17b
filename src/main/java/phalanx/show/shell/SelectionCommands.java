package phalanx.show.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.BooleanBinding;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.show.Controls;
import phalanx.show.Selection;
import phalanx.show.Words;
import phalanx.show.command.Command.Group;
import phalanx.show.command.Commands;
import phalanx.show.packets.OtherTools;
import phalanx.show.packets.PacketsExport;
import phalanx.stitch.Conversation;

/** What can be done with what is selected: taken to other tools, written to files. Screen thread. */
final class SelectionCommands {
    /** Wireshark could not be started. */
    static final String NO_WIRESHARK = "PHX-6201";

    private static final Words WORDS = Words.of("shell");

    private final Desk desk;

    SelectionCommands(Desk desk) {
        this.desk = desk;
    }

    void addTo(Commands commands, BooleanBinding open) {
        commands.add("copy-wireshark", Group.EDIT, "Shortcut+Shift+C", this::copyWireshark, open)
                .section()
                .add("copy-tcpdump", Group.EDIT, null, this::copyTcpdump, open)
                .add("open-wireshark", Group.EDIT, "Shortcut+Shift+W", this::openWireshark, open)
                .add("save-packets", Group.FILE, null, this::savePackets, open)
                .section();
    }

    private Optional<Investigation> shown() {
        return Optional.ofNullable(desk.investigation().get());
    }

    private void copy(String text) {
        if (text.isEmpty()) {
            desk.say(WORDS.get("copy.nothing"));
        } else {
            Controls.copy(text);
            desk.say(WORDS.get("copied", text));
        }
    }

    private void copyWireshark() {
        shown().ifPresent(shown -> copy(wireshark(shown)));
    }

    /** The narrowest that is selected, as a display filter of Wireshark; empty for nothing. */
    static String wireshark(Investigation shown) {
        Selection.State state = shown.selection().now();
        Selection.Packet packet = state.packet();
        if (packet != null) {
            return OtherTools.frame(packet.frame());
        }
        if (state.finding() != null) {
            int capture = state.finding().finding().evidence().isEmpty()
                    ? 0
                    : state.finding().finding().evidence().getFirst().capture();
            return OtherTools.finding(state.finding().finding(), capture);
        }
        return leg(shown).map(leg -> OtherTools.conversation(leg.of, leg.at)).orElse("");
    }

    private void copyTcpdump() {
        shown().ifPresent(shown ->
                copy(leg(shown).map(leg -> OtherTools.capture(leg.of, leg.at)).orElse("")));
    }

    /** A conversation as one capture point saw it. */
    private record SeenAt(Conversation of, Conversation.Leg at) {}

    /** The selected conversation, or that of the selected packet, at the selected point or the first that saw it. */
    private static Optional<SeenAt> leg(Investigation shown) {
        Selection.State state = shown.selection().now();
        int id = state.conversation() != Selection.NONE
                ? state.conversation()
                : state.journey() == Selection.NONE
                        ? Selection.NONE
                        : shown.analysis().stitched().journeys().conversation(state.journey());
        if (id == Selection.NONE) {
            return Optional.empty();
        }
        Conversation of = shown.analysis().stitched().conversations().get(id);
        int wanted = state.packet() == null ? state.capture() : state.packet().capture();
        return Optional.of(new SeenAt(
                of,
                of.legs().stream()
                        .filter(leg -> leg.capture() == wanted)
                        .findFirst()
                        .orElse(of.legs().getFirst())));
    }

    private void openWireshark() {
        shown().ifPresent(shown -> {
            Selection.Packet packet = shown.selection().now().packet();
            int capture = packet != null
                    ? packet.capture()
                    : Math.max(0, shown.selection().now().capture());
            Path file = shown.analysis()
                    .stitched()
                    .captures()
                    .get(capture)
                    .capture()
                    .file()
                    .toAbsolutePath();
            List<String> command = OtherTools.wireshark(file, packet == null ? 1 : packet.frame());
            try {
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                desk.dialogs()
                        .problem(
                                WORDS.get("wireshark.failed"),
                                new Problem(
                                        NO_WIRESHARK,
                                        WORDS.get("wireshark.why", String.valueOf(e.getMessage())),
                                        WORDS.get("wireshark.remedy", OtherTools.shell(command))));
            }
        });
    }

    private void savePackets() {
        shown().ifPresent(shown -> desk.files()
                .folder(desk.stage(), WORDS.get("choose.packets"))
                .ifPresent(folder -> savePackets(shown, folder)));
    }

    /** Writes the packets of the selected conversation or finding, or all that are shown, a file for each capture point. */
    void savePackets(Investigation shown, Path folder) {
        PacketsExport export = new PacketsExport(shown.analysis());
        BitSet journeys = journeys(shown);
        desk.model()
                .jobs()
                .start(
                        "save packets",
                        progress -> write(shown, export, journeys, folder, progress),
                        _ -> {},
                        outcome -> {
                            switch (outcome) {
                                case Outcome.Ok<Long>(var written) ->
                                    desk.say(WORDS.get("packets.saved", written, folder));
                                case Outcome.Failed<Long>(var problem) ->
                                    desk.dialogs().problem(WORDS.get("packets.failed"), problem);
                            }
                        });
    }

    private static Outcome<Long> write(
            Investigation shown, PacketsExport export, BitSet journeys, Path folder, Progress progress) {
        long written = 0;
        for (int capture = 0; capture < shown.analysis().stitched().captures().size(); capture++) {
            BitSet frames = export.frames(capture, journeys);
            if (frames.isEmpty()) {
                continue;
            }
            Path to = free(folder, shown.analysis().stitched().hopName(capture));
            switch (export.write(capture, frames, to, progress)) {
                case Outcome.Ok<Long>(var count) -> written += count;
                case Outcome.Failed<Long> failed -> {
                    return failed;
                }
            }
        }
        return Outcome.ok(written);
    }

    /** A name that no file has yet; what is there is never written over. */
    private static Path free(Path folder, String hop) {
        String safe = hop.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        Path to = folder.resolve(safe + ".pcapng");
        for (int number = 2; to.toFile().exists(); number++) {
            to = folder.resolve(safe + "-" + number + ".pcapng");
        }
        return to;
    }

    private static BitSet journeys(Investigation shown) {
        Selection.State state = shown.selection().now();
        List<Integer> conversations = new ArrayList<>();
        if (state.conversation() != Selection.NONE) {
            conversations.add(state.conversation());
        } else if (state.finding() != null) {
            conversations.addAll(state.finding().finding().conversations());
        }
        BitSet journeys = new BitSet();
        if (conversations.isEmpty()) {
            journeys.set(0, shown.analysis().stitched().journeys().size());
        }
        for (int conversation : conversations) {
            for (int journey : shown.analysis().stitched().journeys().of(conversation)) {
                journeys.set(journey);
            }
        }
        if (!shown.context().shown().getValue().isAll()) {
            journeys.and(shown.context().shown().getValue().journeys());
        }
        return journeys;
    }
}
