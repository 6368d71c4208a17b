package phalanx.inspect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import phalanx.run.ForeignText;

/**
 * What a TLS server chose (RFC 8446 section 4.1.3, RFC 7301 section 3.1).
 *
 * @param version as RFC 8446 section 4.2.1 numbers them
 * @param protocol application protocol, empty when it is not said in clear text
 */
record ServerHello(int version, String protocol) {
    private static final int SUPPORTED_VERSIONS = 43, APPLICATION_PROTOCOL = 16, RANDOM = 32;

    /** @param body behind the handshake header; what contradicts itself reads as not said */
    static ServerHello of(ByteBuffer body) {
        int version = 0;
        String protocol = "";
        try {
            version = Short.toUnsignedInt(body.getShort());
            body.position(body.position() + RANDOM);
            int session = Byte.toUnsignedInt(body.get());
            body.position(body.position() + session + 2 + 1); // cipher suite, compression
            int end = body.remaining() < 2 ? 0 : body.position() + 2 + Short.toUnsignedInt(body.getShort());
            while (body.position() + 4 <= Math.min(end, body.limit())) {
                int type = Short.toUnsignedInt(body.getShort());
                int length = Short.toUnsignedInt(body.getShort());
                int next = body.position() + length;
                if (type == SUPPORTED_VERSIONS && length == 2) {
                    version = Short.toUnsignedInt(body.getShort());
                } else if (type == APPLICATION_PROTOCOL && length > 3) {
                    body.getShort();
                    byte[] name = new byte[Byte.toUnsignedInt(body.get())];
                    body.get(name);
                    protocol = ForeignText.name(new String(name, StandardCharsets.UTF_8));
                }
                body.position(next);
            }
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            return new ServerHello(version, protocol);
        }
        return new ServerHello(version, protocol);
    }
}
