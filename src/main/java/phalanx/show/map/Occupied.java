package phalanx.show.map;

import java.util.ArrayList;
import java.util.List;

/** Rectangles of a picture that are taken, so that labels do not lie upon each other. One thread. */
final class Occupied {
    private record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private final List<Box> boxes = new ArrayList<>();

    void take(double left, double top, double width, double height) {
        boxes.add(new Box(left, top, left + width, top + height));
    }

    /** Takes a rectangle if nothing else has a part of it. */
    boolean takeIfFree(double left, double top, double width, double height) {
        Box wanted = new Box(left, top, left + width, top + height);
        if (boxes.stream().anyMatch(wanted::meets)) {
            return false;
        }
        boxes.add(wanted);
        return true;
    }
}
