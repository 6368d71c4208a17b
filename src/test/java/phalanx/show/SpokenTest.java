package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.glass.ui.Accessible;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import org.junit.jupiter.api.Test;

class SpokenTest {
    /** In the place of a screen reader. */
    private static final class Listening extends Accessible {
        private final List<AccessibleAttribute> heard = new ArrayList<>();

        static Listening to(Node node) throws ReflectiveOperationException {
            Listening listening = new Listening();
            Field reader = Node.class.getDeclaredField("accessible");
            reader.setAccessible(true);
            reader.set(node, listening);
            return listening;
        }

        @Override
        public void sendNotification(AccessibleAttribute changed) {
            heard.add(changed);
        }

        @Override
        protected long getNativeAccessible() {
            return 0;
        }
    }

    @Test
    void a_reader_hears_of_another_sentence_once() throws Exception {
        Canvas canvas = new Canvas();
        Spoken.diagram(canvas, "Ladder", "Arrow keys select packets.");
        assertEquals(AccessibleRole.IMAGE_VIEW, canvas.getAccessibleRole());
        Listening reader = Listening.to(canvas);
        Spoken.tell(canvas, "Ladder: 3 packets.");
        Spoken.tell(canvas, "Ladder: 3 packets.");
        assertEquals(List.of(AccessibleAttribute.TEXT), reader.heard);
        assertEquals("Ladder: 3 packets.", canvas.queryAccessibleAttribute(AccessibleAttribute.TEXT));
        Spoken.tell(canvas, "Selected: packet 1. Ladder: 3 packets.");
        assertEquals(2, reader.heard.size());
    }
}
