package phalanx.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeqNumberTest {
    @Test
    void order_survives_the_wrap() {
        assertTrue(SeqNumber.isBefore(0xFFFF_FFF0, 5));
        assertFalse(SeqNumber.isBefore(5, 0xFFFF_FFF0));
        assertFalse(SeqNumber.isBefore(7, 7));
        assertEquals(5, SeqNumber.later(5, 0xFFFF_FFF0));
    }
}
