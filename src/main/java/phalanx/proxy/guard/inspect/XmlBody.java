package phalanx.proxy.guard.inspect;

import phalanx.proxy.guard.decode.Escapes;
import phalanx.proxy.guard.decode.Text;
import phalanx.proxy.guard.rules.Place;

/** Takes the text of XML and the values of its attributes to an inspector; what declares or includes more is for the rules. One thread. */
final class XmlBody {
    /** So much of a section of characters is looked at as markup, too. */
    private static final int SECTION = 80;

    private final Inspector inspector;
    /** The text of the element or the value of the attribute that is read; comments and sections only seem to part a text. */
    private final Text text = new Text();
    /** All but the text: what declares, includes or is ignored. */
    private final Text markup = new Text();

    XmlBody(Inspector inspector) {
        this.inspector = inspector;
    }

    void look(byte[] octets, int length) {
        inspector.named(octets, 0, 0);
        text.clear();
        markup.clear();
        int i = 0;
        while (i < length) {
            int from = i;
            if (octets[i] != '<') {
                i = find(octets, i, length, "<");
                Escapes.references(octets, from, i, text);
            } else if (HeadWalk.starts(octets, i, length, "<![cdata[")) {
                int end = find(octets, i + 9, length, "]]>");
                text.add(octets, Math.min(i + 9, end), end);
                markup.add(octets, from, Math.min(end, from + SECTION));
                i = end + 3;
            } else if (HeadWalk.starts(octets, i, length, "<!--")) {
                i = find(octets, i + 4, length, "-->") + 3;
                markup.add(octets, from, Math.min(length, i));
            } else if (HeadWalk.starts(octets, i, length, "<?")) {
                i = find(octets, i + 2, length, "?>") + 2;
                markup.add(octets, from, Math.min(length, i));
            } else {
                told();
                i = tag(octets, i + 1, length);
                markup.add(octets, from, i);
            }
        }
        told();
        inspector.named(octets, 0, 0);
        inspector.literals(Place.XML, markup.octets(), 0, markup.length());
    }

    /** The values of a tag's attributes; where it ends. */
    private int tag(byte[] octets, int from, int length) {
        for (int i = from; i < length; i++) {
            byte c = octets[i];
            if (c == '>') {
                return i + 1;
            }
            if (c == '"' || c == '\'') {
                int end = i + 1;
                while (end < length && octets[end] != c) {
                    end++;
                }
                Escapes.references(octets, i + 1, end, text);
                told();
                i = end;
            }
        }
        return length;
    }

    private static int find(byte[] octets, int from, int length, String sign) {
        for (int i = from; i < length; i++) {
            if (HeadWalk.starts(octets, i, length, sign)) {
                return i;
            }
        }
        return length;
    }

    private void told() {
        byte[] octets = text.octets();
        int start = 0;
        while (start < text.length() && octets[start] <= ' ' && octets[start] >= 0) {
            start++;
        }
        if (start < text.length()) {
            inspector.plain(Place.BODY, octets, start, text.length());
        }
        text.clear();
    }
}
