package phalanx.show.dock;

import java.util.function.Supplier;
import phalanx.show.DeskView;

/**
 * A view as the docks know it.
 *
 * @param id as it is kept with layouts
 * @param title on its tab
 * @param icon of its tab, by Ikonli's name
 * @param place where it stands when nobody moved it
 * @param made makes it when it is first shown
 */
public record DockedView(String id, String title, String icon, DockPlace place, Supplier<DeskView> made) {}
