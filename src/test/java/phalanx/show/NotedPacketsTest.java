package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which packets are noted. */
class NotedPacketsTest {
    @Test
    void packets_are_found_by_capture_and_frame_and_told_in_order() {
        NotedPackets noted = NotedPackets.of(
                Map.of(1, Map.of(7L, "a"), 0, Map.of(4_000_000_000L, "b", 7L, "c"), 300, Map.of(1L, "d")));
        assertEquals("a", noted.of(1, 7));
        assertEquals("b", noted.of(0, 4_000_000_000L));
        assertEquals("", noted.of(0, 8));
        assertEquals("", NotedPackets.NONE.of(0, 1));
        List<String> told = new ArrayList<>();
        noted.each((capture, frame, text) -> told.add(capture + "/" + frame + " " + text));
        assertEquals(List.of("0/7 c", "0/4000000000 b", "1/7 a", "300/1 d"), told);
    }
}
