package phalanx.show;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks the user for files and folders. Each question returns with its answer, which is empty when the user thinks better of it. Screen thread. */
public interface FileDialogs {
    /** Asks for files that are there. */
    List<Path> open(@Nullable Window owner, String title, ExtensionFilter... kinds);

    /** Asks for one file that is there. */
    Optional<Path> openOne(@Nullable Window owner, String title, ExtensionFilter... kinds);

    /** Asks where to write a file; what has that name already may be written over. @param name suggested */
    Optional<Path> save(@Nullable Window owner, String title, String name, ExtensionFilter... kinds);

    /** Asks for a folder. */
    Optional<Path> folder(@Nullable Window owner, String title);
}
