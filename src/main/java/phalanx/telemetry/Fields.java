package phalanx.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import phalanx.metrics.Moment;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.run.ForeignText;

/** One record of a file as fields by name, whatever it was written in. What is missing is empty. One thread. */
interface Fields {
    /** Text of a field; empty where there is none. */
    String get(String field);

    /** One whose fields are those of a JSON object; {@code a.b} is b inside of a, unless a field is called so itself. */
    static Fields of(JsonNode json) {
        return field -> {
            JsonNode found = json.get(field);
            for (int dot = field.indexOf('.'); found == null && dot > 0; dot = field.indexOf('.', dot + 1)) {
                JsonNode outer = json.get(field.substring(0, dot));
                found = outer == null ? null : outer.get(field.substring(dot + 1));
            }
            return found == null || found.isNull() ? "" : found.isValueNode() ? found.asText() : found.toString();
        };
    }

    /** Text of a field, fit for a line of a report. */
    default String shown(String field) {
        return ForeignText.name(get(field));
    }

    /** @throws Malformed when the field holds no time */
    default long time(String field) throws Malformed {
        OptionalLong time = Moment.parse(get(field));
        if (time.isEmpty()) {
            throw new Malformed("\"" + shown(field) + "\" in " + field + " is no time");
        }
        return time.getAsLong();
    }

    /** Nanoseconds from a field in seconds, 0 where it holds none. */
    default long seconds(String field) {
        try {
            String text = get(field);
            return text.isEmpty() ? 0 : new BigDecimal(text).movePointRight(9).longValue();
        } catch (NumberFormatException | ArithmeticException _) {
            return 0;
        }
    }

    /** A whole number, -1 where there is none. */
    default long number(String field) {
        try {
            return Long.parseLong(get(field));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** Address and port, null where the field holds no address. */
    default @Nullable Endpoint endpoint(String address, String port) {
        IpAddress parsed = address(get(address));
        long number = number(port);
        return parsed == null ? null : new Endpoint(parsed, number < 0 || number > 0xFFFF ? 0 : (int) number);
    }

    /** An address as text, null for another text; nothing is looked up. */
    static @Nullable IpAddress address(String text) {
        boolean literal =
                text.indexOf(':') >= 0 ? text.matches("[0-9A-Fa-f:.]{2,45}") : text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        if (!literal) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(text).getAddress();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes.length == 4 ? IpAddress.v4(buffer.getInt()) : IpAddress.v6(buffer.getLong(), buffer.getLong());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
