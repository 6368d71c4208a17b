package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import phalanx.show.FileDialogs;

/** A user who opens nothing and writes into one folder under a new name each time. Screen thread. */
class FolderDialogs implements FileDialogs {
    private final Path folder;
    private int asked;

    FolderDialogs(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Path> open(@Nullable Window owner, String title, ExtensionFilter... kinds) {
        return List.of();
    }

    @Override
    public Optional<Path> openOne(@Nullable Window owner, String title, ExtensionFilter... kinds) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> save(@Nullable Window owner, String title, String name, ExtensionFilter... kinds) {
        return Optional.of(folder.resolve(++asked + "-" + name));
    }

    @Override
    public Optional<Path> folder(@Nullable Window owner, String title) {
        return Optional.of(folder);
    }
}
