package phalanx.show.dock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Orientation;
import javafx.geometry.Side;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.DockLayout;
import software.coley.bentofx.Bento;
import software.coley.bentofx.building.DockBuilding;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/** Turns layouts into BentoFX's containers and back. Screen thread. */
final class DockTree {
    private DockTree() {}

    /**
     * Fills a branch with what a layout says.
     *
     * @param known the dockable of a view, null for one that this version does not have or that stands elsewhere already
     */
    static void fill(
            Bento bento, DockContainerBranch into, DockLayout layout, Function<String, @Nullable Dockable> known) {
        switch (layout) {
            case DockLayout.Split(var vertical, var dividers, var parts) -> {
                into.setOrientation(vertical ? Orientation.VERTICAL : Orientation.HORIZONTAL);
                for (DockLayout part : parts) {
                    into.addContainer(container(bento, part, known));
                }
                double[] at = dividers.stream()
                        .mapToDouble(Double::doubleValue)
                        .limit(Math.max(0, parts.size() - 1))
                        .map(divider -> Math.clamp(divider, 0.02, 0.98))
                        .toArray();
                into.setDividerPositions(at);
            }
            case DockLayout.Tabs tabs -> into.addContainer(container(bento, tabs, known));
        }
    }

    private static DockContainer container(Bento bento, DockLayout layout, Function<String, @Nullable Dockable> known) {
        DockBuilding building = bento.dockBuilding();
        return switch (layout) {
            case DockLayout.Split split -> {
                DockContainerBranch branch = building.branch();
                fill(bento, branch, split, known);
                yield branch;
            }
            case DockLayout.Tabs(var place, var views, var selected) -> {
                DockContainerLeaf leaf = leaf(bento, place);
                for (String view : views) {
                    Dockable dockable = known.apply(view);
                    if (dockable != null) {
                        leaf.addDockable(dockable);
                    }
                }
                leaf.getDockables().stream()
                        .filter(dockable -> dockable.getIdentifier().equals(selected))
                        .findFirst()
                        .ifPresent(leaf::selectDockable);
                yield leaf;
            }
        };
    }

    /** An empty dock; it goes when its last view has gone. */
    static DockContainerLeaf leaf(Bento bento, String place) {
        DockContainerLeaf leaf = bento.dockBuilding().leaf(place);
        leaf.setSide(Side.TOP);
        leaf.setPruneWhenEmpty(true);
        return leaf;
    }

    /** What stands where now. */
    static DockLayout layout(DockContainer container) {
        return switch (container) {
            case DockContainerBranch branch -> {
                List<Double> dividers = new ArrayList<>();
                for (double divider : branch.getDividerPositions()) {
                    dividers.add(Math.round(divider * 10_000) / 10_000.0);
                }
                yield new DockLayout.Split(
                        branch.getOrientation() == Orientation.VERTICAL,
                        dividers,
                        branch.getChildContainers().stream()
                                .map(DockTree::layout)
                                .toList());
            }
            case DockContainerLeaf leaf -> {
                Dockable selected = leaf.getSelectedDockable();
                yield new DockLayout.Tabs(
                        leaf.getIdentifier(),
                        leaf.getDockables().stream()
                                .map(Dockable::getIdentifier)
                                .toList(),
                        selected == null ? null : selected.getIdentifier());
            }
        };
    }
}
