package phalanx.share;

import phalanx.run.ForeignText;

/** Text of any origin as XML and HTML content. Any thread. */
final class XmlText {
    private XmlText() {}

    /** What markup would be is written as text, what XML cannot hold (XML 1.0 section 2.2) or would turn the line about as {@code ?}. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        plain(text).codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Without what XML cannot hold, for writers that escape by themselves. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        ForeignText.line(text.replaceAll("[\\t\\r\\n]+", " "))
                .codePoints()
                .map(c -> holds(c) ? c : '?')
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean holds(int c) {
        return c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c >= 0x10000;
    }
}
