package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import phalanx.casefile.CaptureAddress;
import phalanx.casefile.CaseFile;
import phalanx.show.captures.CaptureEdits;
import phalanx.show.imports.Entry;
import phalanx.show.imports.ImportsViewModel;
import phalanx.stitch.HopFile;

/** Changes to the captures of the open investigation. Screen thread. */
final class DeskEdits implements CaptureEdits {
    private final Desk desk;

    DeskEdits(Desk desk) {
        this.desk = desk;
    }

    /** A capture as a case in that folder keeps it. */
    static CaseFile.Capture kept(Path folder, HopFile file) {
        OptionalLong clock = file.placement().clockOffsetNanos();
        return new CaseFile.Capture(
                CaptureAddress.of(folder, file.file()),
                file.hop().name(),
                file.placement().role(),
                file.placement().place(),
                clock.isPresent() ? clock.getAsLong() : null);
    }

    @Override
    public List<HopFile> files() {
        return desk.model().files();
    }

    @Override
    public void rearrange(String what, List<HopFile> wanted) {
        desk.model().rearrange(what, wanted);
    }

    @Override
    public ImportsViewModel imports() {
        return desk.model().imports();
    }

    @Override
    public void remove(Entry imported) {
        desk.model().removeImport(imported.file());
    }

    @Override
    public void add() {
        desk.addCaptures();
    }
}
