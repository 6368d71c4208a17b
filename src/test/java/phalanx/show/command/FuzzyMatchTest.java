package phalanx.show.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzyMatchTest {
    private static final List<String> TITLES =
            List.of("Save case", "Save case as\u2026", "Select less", "Find next", "Reset layout", "High contrast");

    private static String best(String letters) {
        return TITLES.stream()
                .filter(title -> FuzzyMatch.score(letters, title) >= 0)
                .max(Comparator.comparingInt(title -> FuzzyMatch.score(letters, title)))
                .orElse("");
    }

    @Test
    void beginnings_of_words_and_letters_in_a_row_win() {
        assertEquals("Save case", best("sc"));
        assertEquals("Find next", best("fn"));
        assertEquals("Reset layout", best("layout"));
        assertEquals("High contrast", best("HICO"));
    }

    @Test
    void a_letter_that_is_missing_fits_nothing_and_no_letters_fit_all() {
        assertEquals("", best("xyz"));
        assertTrue(TITLES.stream().allMatch(title -> FuzzyMatch.score("", title) == 0));
    }
}
