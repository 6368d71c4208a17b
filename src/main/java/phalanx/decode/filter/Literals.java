package phalanx.decode.filter;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import phalanx.decode.filter.FilterLexer.Kind;
import phalanx.decode.filter.FilterLexer.Token;

/** Reads the values that stand in a filter as the types of the fields that they are compared with. */
final class Literals {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd[' ']['T']HH:mm[:ss]", Locale.ROOT);

    private Literals() {}

    static Literal of(Field field, FieldType type, Token token) {
        if (token.kind() == Kind.END || token.kind() == Kind.SYMBOL) {
            throw new FilterError(token.column(), "a value for " + field.name() + " (" + type.word() + ") is missing");
        }
        try {
            return switch (type) {
                case UNSIGNED -> unsigned(field, token);
                case BOOLEAN -> Literal.number(truth(token.text()));
                case IPV4, IPV6 -> address(type, token.text());
                case ETHERNET -> Literal.number(ethernet(token.text()));
                case TEXT -> Literal.text(token.text());
                case BYTES, PROTOCOL, LABEL -> Literal.bytes(bytes(token));
                case DURATION, DECIMAL -> Literal.number(nanos(token.text()));
                case TIME -> Literal.number(time(token.text()));
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException _) {
            throw new FilterError(
                    token.column(), "\"%s\" is no %s, as %s is".formatted(token.text(), type.word(), field.name()));
        }
    }

    /** What {@code contains} looks for: text, or bytes as {@code 47:45:54}. */
    static Literal searched(FieldType type, Token token) {
        if (token.kind() == Kind.END || token.kind() == Kind.SYMBOL) {
            throw new FilterError(token.column(), "what to search for is missing");
        }
        return type == FieldType.TEXT ? Literal.text(token.text()) : Literal.bytes(bytes(token));
    }

    private static Literal unsigned(Field field, Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        long value;
        if (text.startsWith("0x")) {
            value = Long.parseUnsignedLong(text.substring(2), 16);
        } else if (text.length() > 1 && text.startsWith("0")) {
            value = Long.parseUnsignedLong(text.substring(1), 8);
        } else {
            value = Long.parseUnsignedLong(text);
        }
        boolean counts = field.type() != FieldType.UNSIGNED; // len() and count() of other types
        if (!counts && Long.compareUnsigned(value, field.most()) > 0) {
            throw new FilterError(
                    token.column(),
                    "%s is too large for %s (%d bits, at most %d)"
                            .formatted(token.text(), field.name(), field.bits(), field.most()));
        }
        return Literal.number(value);
    }

    private static long truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true" -> 1;
            case "0", "false" -> 0;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Literal address(FieldType type, String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (type == FieldType.IPV4 && !literal.matches("\\d+(\\.\\d+){3}")) {
            throw new IllegalArgumentException(text); // shortened forms of another age
        }
        InetAddress address = InetAddress.ofLiteral(literal);
        boolean v4 = address instanceof Inet4Address;
        if (v4 != (type == FieldType.IPV4)) {
            throw new IllegalArgumentException(text);
        }
        int prefix = slash < 0 ? -1 : Integer.parseInt(text.substring(slash + 1));
        if (slash >= 0 && (prefix < 0 || prefix > (v4 ? 32 : 128))) {
            throw new IllegalArgumentException(text);
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return v4
                ? new Literal(0, Integer.toUnsignedLong(bytes.getInt()), prefix, "", null)
                : new Literal(bytes.getLong(), bytes.getLong(), prefix, "", null);
    }

    private static long ethernet(String text) {
        byte[] bytes = hex(text);
        if (bytes.length != 6) {
            throw new IllegalArgumentException(text);
        }
        return ByteBuffer.allocate(8).putShort((short) 0).put(bytes).getLong(0);
    }

    private static byte[] bytes(Token token) {
        if (token.kind() == Kind.TEXT) {
            return token.text().getBytes(StandardCharsets.UTF_8);
        }
        boolean separated = token.text().matches("\\p{XDigit}{2}([:.-]\\p{XDigit}{2})*");
        return separated ? hex(token.text()) : token.text().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String pair : text.split("[:.-]", -1)) {
            if (pair.length() > 2) {
                throw new IllegalArgumentException(text);
            }
            out.write(Integer.parseInt(pair, 16));
        }
        return out.toByteArray();
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }

    /** Epoch seconds, or a date and time: local, or with {@code UTC} or {@code Z} behind it. */
    private static long time(String text) {
        if (text.matches("-?\\d+(\\.\\d+)?")) {
            return nanos(text);
        }
        boolean utc = text.endsWith("UTC") || text.endsWith("Z");
        String bare = utc ? text.replaceAll("\\s*(UTC|Z)$", "") : text;
        int point = bare.indexOf('.');
        String fraction = point < 0 ? "" : bare.substring(point + 1);
        LocalDateTime local = LocalDateTime.parse(point < 0 ? bare : bare.substring(0, point), TIME);
        Instant instant =
                local.atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault()).toInstant();
        long nanos = fraction.isEmpty() ? 0 : nanos("0." + fraction);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), nanos);
    }
}
