package phalanx.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionTest {
    private static final Directive BLOCK = Directive.of("main", "block { ... }", "", "");
    private static final Directive SIZE = Directive.of("main block", "size NUMBER", "5", "");
    private static final Directive TIME = Directive.of("block", "time TIME", "", "");
    private static final List<Directive> ALL = List.of(BLOCK, SIZE, TIME);

    private final List<Fault> faults = new ArrayList<>();

    private Section read(String text) {
        return Section.outermost("x.conf", ConfText.parse("x.conf", text).nodes(), ALL, faults);
    }

    private List<String> faults() {
        return faults.stream().map(Fault::toString).toList();
    }

    @Test
    void an_inner_block_inherits_what_it_does_not_say_itself() {
        Section main = read("size 7; block { } block { size 8; time 500ms; }");
        Section first = main.inner(main.all(BLOCK).get(0));
        Section second = main.inner(main.all(BLOCK).get(1));
        assertEquals(7, first.number(SIZE, 5, 0, 10));
        assertEquals(8, second.number(SIZE, 5, 0, 10));
        assertEquals(Duration.ofMillis(500), second.time(TIME, Duration.ZERO));
        assertEquals(List.of(), faults());
    }

    @Test
    void unknown_and_misplaced_names_are_refused_with_the_nearest() {
        Section main = read("sizze 7; time 1s; block { size; }");
        main.number(SIZE, 5, 0, 10);
        Section block = main.inner(main.all(BLOCK).getFirst());
        block.number(SIZE, 5, 0, 10);
        main.finish();
        assertEquals(
                List.of(
                        "x.conf:1:27: size is given 0 arguments. Write: size NUMBER",
                        "x.conf:1:1: There is no directive sizze. Did you mean size?",
                        "x.conf:1:10: time cannot stand outside all blocks. Move it: it stands in block."),
                faults());
    }

    @Test
    void a_value_of_another_kind_is_refused_at_its_own_place() {
        assertEquals(5, read("size many;").number(SIZE, 5, 0, 10));
        assertEquals(
                List.of(
                        "x.conf:1:6: size wants a whole number from 0 to 10, found \"many\". Write: size NUMBER (standard: 5)"),
                faults());
    }

    @Test
    void what_stands_twice_is_refused() {
        read("size 1;\nsize 2;").number(SIZE, 5, 0, 10);
        assertEquals(List.of("x.conf:2:1: size stands here and in line 1. Keep one of them."), faults());
    }
}
