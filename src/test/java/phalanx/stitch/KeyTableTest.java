package phalanx.stitch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KeyTableTest {
    @Test
    void keeps_the_first_value_of_each_key_through_growth() {
        KeyTable table = new KeyTable();
        for (int i = 0; i < 50_000; i++) {
            assertEquals(-1, table.putIfAbsent(i * 7L - 100, i));
        }
        for (int i = 0; i < 50_000; i++) {
            assertEquals(i, table.putIfAbsent(i * 7L - 100, 99));
        }
    }
}
