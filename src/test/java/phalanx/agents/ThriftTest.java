package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.run.MemoryGuard;

class ThriftTest {
    private static final long MIB = 1 << 20;

    private long now = 300 * MIB;
    private final List<String> done = new ArrayList<>();
    private final Thrift thrift = new Thrift(
            () -> now,
            on -> done.add(on ? "shed" : "hold"),
            says -> done.add(says.substring(0, says.indexOf(" of memory"))),
            () -> done.add("give back"));

    private void looks(int count, long mib) {
        now = mib * MIB;
        for (int i = 0; i < count; i++) {
            thrift.look();
        }
    }

    @Test
    void less_is_held_from_450_MiB_on_and_as_much_as_before_only_after_a_while_below_400() {
        looks(100, 449);
        assertEquals(List.of(), done);
        looks(1, 450);
        assertTrue(thrift.tight());
        assertEquals(List.of("shed", "Phalanx holds 450 MiB", "give back"), done);
        done.clear();
        looks(29, 430);
        assertEquals(List.of(), done, "not below");
        looks(1, 430);
        assertEquals(List.of("give back"), done, "asked for again after half a minute");
        looks(9, 399);
        looks(1, 401);
        looks(9, 399);
        assertTrue(thrift.tight(), "not for long enough");
        looks(1, 399);
        assertEquals(List.of("give back", "hold", "Phalanx holds 399 MiB"), done);
        done.clear();
        looks(50, 449);
        assertEquals(List.of(), done);
    }

    @Test
    void this_process_holds_something() {
        long held = MemoryGuard.resident();
        assertTrue(held > 20 * MIB && held < 64_000 * MIB, String.valueOf(held));
    }
}
