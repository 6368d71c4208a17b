package phalanx.show.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** A line of marks above the charts: a triangle for what failed, a diamond for what was changed; marks that would cover each other are one. One thread. */
final class EventLane {
    private static final int DIAMOND = 2, TRIANGLE = 3;

    /** Marks at one place, at least one. */
    private record Group(double x, List<EventMark> marks) {
        boolean isTrouble() {
            return marks.stream().anyMatch(EventMark::isTrouble);
        }
    }

    private final Frame frame;
    private final @Nullable EventMark chosen;
    private final List<Group> groups = new ArrayList<>();

    EventLane(ChartPicture picture, Frame frame) {
        this.frame = frame;
        chosen = picture.chosen();
        for (EventMark mark : picture.marks()) {
            if (!picture.window().contains(mark.event().nanos())) {
                continue;
            }
            double x = frame.x(mark.event().nanos(), picture.window());
            if (groups.isEmpty() || x - groups.getLast().x > frame.fontSize()) {
                groups.add(new Group(x, new ArrayList<>()));
            }
            groups.getLast().marks.add(mark);
        }
    }

    /** Pixels; 0 without marks. */
    double height() {
        return groups.isEmpty() ? 0 : frame.fontSize() + 6;
    }

    /** @param top where the line begins */
    void draw(Pen pen, Palette palette, double top) {
        double y = top + height() / 2;
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            boolean here = chosen != null && group.marks.contains(chosen);
            pen.fill(group.isTrouble() ? palette.critical() : palette.selection());
            Markers.fill(pen, group.isTrouble() ? TRIANGLE : DIAMOND, group.x, y, 0.34 * frame.fontSize());
            if (here) {
                pen.stroke(palette.selection(), 2);
                double half = 0.62 * frame.fontSize();
                pen.ring(group.x - half, y - half, 2 * half, 2 * half);
            }
            double room = (i + 1 < groups.size() ? groups.get(i + 1).x : frame.width()) - group.x - frame.fontSize();
            if (group.marks.size() > 1 && room > 1.4 * frame.fontSize()) {
                pen.font(0.8 * frame.fontSize(), false);
                pen.fill(palette.soft());
                pen.text(String.valueOf(group.marks.size()), group.x + 0.7 * frame.fontSize(), y, Pen.Align.LEFT, room);
            }
        }
    }

    /** The marks at a place, nearest group; empty for none. */
    List<EventMark> at(double x) {
        Optional<Group> hit = groups.stream()
                .filter(group -> Math.abs(group.x - x) <= 0.7 * frame.fontSize())
                .findFirst();
        return hit.map(Group::marks).orElse(List.of());
    }
}
