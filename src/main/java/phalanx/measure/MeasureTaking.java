package phalanx.measure;

import java.util.List;
import phalanx.run.Progress;
import phalanx.stitch.Stitched;

/** Takes all measures of an investigation. One thread. */
public final class MeasureTaking {
    private MeasureTaking() {}

    /** @throws Progress.Cancelled when the work was given up */
    public static Measures of(Stitched stitched, Progress progress) {
        progress.stopIfCancelled();
        progress.at("Measuring segments", 0, 2);
        List<SegmentTraffic> segments = new SegmentMeter(stitched).segments();
        progress.stopIfCancelled();
        progress.at("Measuring conversations", 1, 2);
        SecondMeter seconds = new SecondMeter(stitched);
        ConversationMeter meter = new ConversationMeter(stitched, seconds);
        List<ConversationMetrics> conversations =
                stitched.conversations().stream().map(meter::measure).toList();
        return new Measures(segments, conversations, seconds.series(segments));
    }
}
