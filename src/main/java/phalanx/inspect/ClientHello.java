package phalanx.inspect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import phalanx.run.ForeignText;

/**
 * What a TLS client hello asks for (RFC 8446 section 4.1.2, RFC 6066 section 3).
 *
 * @param serverName empty when the client names none; control characters are taken out
 */
record ClientHello(String serverName) {
    private static final int SERVER_NAME = 0, FIXED = 34;

    /** @param body behind the handshake header; what contradicts itself reads as no name */
    static ClientHello of(ByteBuffer body) {
        try {
            body.position(body.position() + FIXED); // version, random
            skip(body, Byte.toUnsignedInt(body.get())); // session
            skip(body, Short.toUnsignedInt(body.getShort())); // cipher suites
            skip(body, Byte.toUnsignedInt(body.get())); // compression
            if (body.remaining() < 2) {
                return new ClientHello("");
            }
            int end = body.position() + 2 + Short.toUnsignedInt(body.getShort());
            while (body.position() + 4 <= Math.min(end, body.limit())) {
                int type = Short.toUnsignedInt(body.getShort());
                int length = Short.toUnsignedInt(body.getShort());
                if (type == SERVER_NAME && length > 5) {
                    body.position(body.position() + 3); // list length, name type
                    byte[] name = new byte[Short.toUnsignedInt(body.getShort())];
                    body.get(name);
                    return new ClientHello(ForeignText.name(new String(name, StandardCharsets.UTF_8)));
                }
                skip(body, length);
            }
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            return new ClientHello("");
        }
        return new ClientHello("");
    }

    private static void skip(ByteBuffer body, int length) {
        body.position(body.position() + length);
    }
}
