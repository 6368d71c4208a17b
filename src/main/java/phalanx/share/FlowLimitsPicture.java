package phalanx.share;

import java.util.Arrays;
import java.util.stream.Collectors;
import phalanx.explain.FactFormat;
import phalanx.measure.FlowLimit;
import phalanx.measure.FlowLimits;

/** The shares of what a sender waited for, side by side, as SVG. */
final class FlowLimitsPicture {
    private static final double WIDTH = 180, HEIGHT = 12;

    private FlowLimitsPicture() {}

    static String of(FlowLimits limits) {
        Svg svg = new Svg();
        double x = 0;
        for (FlowLimit limit : FlowLimit.values()) {
            double width = WIDTH * limits.of(limit) / Math.max(1, limits.total());
            if (width > 0) {
                svg.bar(limit.key(), x, 0, width, HEIGHT);
            }
            x += width;
        }
        String told = Arrays.stream(FlowLimit.values())
                .filter(limit -> limits.of(limit) > 0)
                .map(limit -> limit.word() + " " + FactFormat.percent(limits.of(limit), limits.total()))
                .collect(Collectors.joining(", "));
        return svg.picture(WIDTH, HEIGHT, told);
    }
}
