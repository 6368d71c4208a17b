package phalanx.show.charts;

import phalanx.telemetry.LabelledSeries;

/** A quantity as it was collected, whole; {@link PanelBuilder} makes layers of it for a stretch of time and a width. Any thread. */
sealed interface Track {
    /** What passed in a second. @param factor from values to the unit of the chart */
    record Rate(String name, Ink ink, Samples of, double factor) implements Track {}

    /** How many a second, whatever their values. */
    record Count(String name, Ink ink, Samples of) implements Track {}

    /** How many of all were of a kind. */
    record Share(String name, Ink ink, Samples part, Samples rest) implements Track {}

    /** Durations: their median, their 95th percentile, their extremes, and single ones where there is room. */
    record Spread(String name, Ink ink, Samples of) implements Track {}

    /** A value that holds until the next. */
    record Level(String name, Ink ink, Samples of) implements Track {}

    /** Values of another tool, from point to point. */
    record Line(String name, Ink ink, LabelledSeries of) implements Track {}

    /** Stretches of the stream; both samples are of the same packets. */
    record Spans(String name, Ink ink, Samples begin, Samples end) implements Track {}

    /** Events, by letters. */
    record Events(String name, Ink ink, String mark, Samples of) implements Track {}
}
