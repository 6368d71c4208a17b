package phalanx.show;

import com.sun.javafx.scene.input.DragboardHelper;
import com.sun.javafx.tk.TKClipboard;
import java.io.File;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.util.Pair;
import org.jspecify.annotations.Nullable;

/** Files that are dragged over a node and dropped on it, as from another program. Screen thread. */
public final class FileDrop implements TKClipboard {
    private final List<File> files;

    private FileDrop(List<Path> files) {
        this.files = files.stream().map(Path::toFile).toList();
    }

    public static void on(Node target, List<Path> files) {
        FileDrop drop = new FileDrop(files);
        drop.fire(target, DragEvent.DRAG_OVER);
        drop.fire(target, DragEvent.DRAG_DROPPED);
    }

    private void fire(Node target, EventType<DragEvent> type) {
        Event.fireEvent(
                target,
                new DragEvent(
                        this,
                        target,
                        type,
                        DragboardHelper.createDragboard(this),
                        1,
                        1,
                        1,
                        1,
                        TransferMode.COPY,
                        null,
                        target,
                        null));
    }

    @Override
    public Set<DataFormat> getContentTypes() {
        return Set.of(DataFormat.FILES);
    }

    @Override
    @SafeVarargs
    public final boolean putContent(Pair<DataFormat, Object>... content) {
        return false;
    }

    @Override
    public @Nullable Object getContent(DataFormat format) {
        return format.equals(DataFormat.FILES) ? files : null;
    }

    @Override
    public boolean hasContent(DataFormat format) {
        return format.equals(DataFormat.FILES);
    }

    @Override
    public Set<TransferMode> getTransferModes() {
        return EnumSet.of(TransferMode.COPY);
    }

    @Override
    public void setDragView(Image image) {}

    @Override
    public void setDragViewOffsetX(double x) {}

    @Override
    public void setDragViewOffsetY(double y) {}

    @Override
    public @Nullable Image getDragView() {
        return null;
    }

    @Override
    public double getDragViewOffsetX() {
        return 0;
    }

    @Override
    public double getDragViewOffsetY() {
        return 0;
    }
}
