package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.agents.observe.Proof;
import phalanx.decode.PacketTable;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.stitch.CapturePoint;

/** Opens the capture behind what agents found, at the packets that prove it. Screen thread. */
final class DeskProofs {
    private final Desk desk;
    private final Jobs jobs;
    private @Nullable Proof wanted;

    /** @param desk whose answers it waits for */
    DeskProofs(Desk desk, Jobs jobs) {
        this.desk = desk;
        this.jobs = jobs;
        desk.investigation().subscribe(this::shown);
    }

    /** Opens the file in place of what is open; where it is gone the desk says so. */
    void open(Proof proof) {
        wanted = proof;
        desk.open(List.of(Path.of(proof.file())));
    }

    private void shown(@Nullable Investigation open) {
        Proof proof = wanted;
        if (open == null || proof == null) {
            return;
        }
        wanted = null; // what is opened instead of it has nothing to do with it
        List<CapturePoint> points = open.context().analysis().stitched().captures();
        if (points.size() == 1
                && points.getFirst().capture().file().toAbsolutePath().equals(Path.of(proof.file()))) {
            // Once all others have taken the answer in.
            jobs.<Proof>start(
                    "show the packets of a finding", _ -> Outcome.ok(proof), _ -> {}, _ -> select(proof, open));
        }
    }

    private void select(Proof proof, Investigation open) {
        if (desk.investigation().get() != open) {
            return;
        }
        open.context()
                .filterFor()
                .accept(proof.frames().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", "frame.number in {", "}")));
        PacketTable packets = open.context()
                .analysis()
                .stitched()
                .captures()
                .getFirst()
                .capture()
                .packets();
        long first = proof.frames().getFirst();
        if (packets.rowOfFrame(first) >= 0) {
            open.selection().frame(0, first);
        }
        open.docks().show("packets");
    }
}
