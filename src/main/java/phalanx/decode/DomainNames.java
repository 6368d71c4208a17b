package phalanx.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.run.ForeignText;

/** Names that DNS messages ask for, each kept once, as far as there is room for them. One thread while it is filled, then any. */
final class DomainNames {
    static final int PORT = 53;

    private static final int MOST = 20_000, HEADER = 12, LONGEST = 255;

    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final byte[] text = new byte[LONGEST + 1];

    /** Takes the first question of a message (RFC 1035 section 4.1.2). @return its index, -1 when it is cut or there is no room */
    int add(byte[] bytes, int start, int end) {
        int at = start + HEADER;
        int length = 0;
        while (at < end) {
            int label = Bytes.u8(bytes, at);
            if (label == 0) {
                return index(new String(text, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII));
            }
            if (label > 63 || at + 1 + label > end || length + label + 1 > LONGEST) {
                return -1; // a question's name is not compressed: nothing stands before it
            }
            System.arraycopy(bytes, at + 1, text, length, label);
            length += label;
            text[length++] = '.';
            at += 1 + label;
        }
        return -1;
    }

    private int index(String raw) {
        Integer before = known.get(raw);
        if (before != null) {
            return before;
        }
        if (names.size() >= MOST) {
            return -1;
        }
        known.put(raw, names.size());
        names.add(raw.isEmpty() ? "the root" : ForeignText.name(raw));
        return names.size() - 1;
    }

    String name(int index) {
        return names.get(index);
    }
}
