package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.show.shell.Scenes;

/** In a language that no one speaks every word of the desk stands between brackets; what does not was written in the code. */
class HardCodedTextTest {
    /** Fields of protocols, by the names that RFCs and Wireshark give them; packets in a line; the pages of the manual and their titles. */
    private static final List<String> WRITTEN_ELSEWHERE = List.of(
            "packets.FieldTree$Cell",
            "shell.TableTwin  label",
            "help.Markdown",
            "help.HelpView$EntryCell",
            "help.HelpView ScrollPane name");

    @AfterEach
    void english() {
        Words.use(Locale.ENGLISH);
    }

    @Test
    void every_text_of_every_scene_is_a_word_of_a_bundle_or_data(@TempDir Path folder) {
        Words.use(Words.PSEUDO);
        Map<String, String> hardCoded = new TreeMap<>();
        List<String> scenes = new ArrayList<>();
        int[] texts = {0};
        Scenes.all(1280, 800, 100, folder, shown -> {
            scenes.add(shown.name());
            CaptureData data = new CaptureData(shown.analysis(), shown.said());
            List<VisibleText> all = new ArrayList<>(VisibleText.of(shown.scene().getRoot()));
            if (shown.view() != null) {
                all.addAll(VisibleText.of(shown.view()));
            }
            texts[0] += all.size();
            for (VisibleText text : all) {
                String left = data.left(text.text());
                if (!left.isEmpty() && WRITTEN_ELSEWHERE.stream().noneMatch(text.place()::startsWith)) {
                    hardCoded.put(text.place() + ": " + left, shown.name());
                }
            }
        });
        assertTrue(scenes.size() > 20 && texts[0] > 5000, () -> texts[0] + " texts in " + scenes);
        assertEquals(
                "",
                String.join(
                        "\n",
                        hardCoded.entrySet().stream().map(Object::toString).toList()));
    }

    @Test
    void a_label_written_in_the_code_is_caught() {
        Words.use(Words.PSEUDO);
        CaptureData data = new CaptureData(null, List.of());
        String word = Words.of("welcome").get("captures");
        Screen.run(() -> {
            VBox box = new VBox(new Label(word), new Label("Open it"), new Label("12.4 ms"));
            List<String> left = VisibleText.of(box).stream()
                    .map(text -> data.left(text.text()))
                    .filter(text -> !text.isEmpty())
                    .toList();
            assertEquals(List.of("Open it"), left);
        });
    }
}
