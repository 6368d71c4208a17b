package phalanx.show.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may be typed for a clock. */
class CaptureChangesTest {
    @Test
    void a_clock_is_set_in_any_unit_with_point_or_comma() {
        assertEquals(Optional.of(12_500_000L), CaptureChanges.nanos("+12.5 ms"));
        assertEquals(Optional.of(12_500_000L), CaptureChanges.nanos(" 12,5ms "));
        assertEquals(Optional.of(-300_000L), CaptureChanges.nanos("\u2212300 \u00b5s"));
        assertEquals(Optional.of(-2_000_000_000L), CaptureChanges.nanos("-2 s"));
        assertEquals(Optional.empty(), CaptureChanges.nanos("12.5"));
        assertEquals(Optional.empty(), CaptureChanges.nanos("1,000.5 ms"));
        assertEquals(Optional.empty(), CaptureChanges.nanos("soon"));
    }
}
