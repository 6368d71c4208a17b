package phalanx.inspect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The client's first flight of one QUIC connection, opened with the keys that its first connection id gives (RFC 9001 section 5). */
final class QuicHandshake {
    private static final int LONGEST_HELLO = 1 << 15;
    private static final int CRYPTO = 6, PADDING = 0, PING = 1;
    private static final int TAG_BITS = 128, SAMPLE = 16;

    private final SecretKeySpec key;
    private final byte[] iv;
    private final SecretKeySpec headerKey;
    private final byte[] hello = new byte[LONGEST_HELLO];
    private final boolean[] known = new boolean[LONGEST_HELLO];
    private boolean told;

    private QuicHandshake(SecretKeySpec key, byte[] iv, SecretKeySpec headerKey) {
        this.key = key;
        this.iv = iv;
        this.headerKey = headerKey;
    }

    /** @return null when the packet is not the client's first, whose connection id makes the keys */
    static @Nullable QuicHandshake begin(QuicInitial first) {
        try {
            for (byte[] salt : first.salts()) {
                QuicHandshake handshake = keys(first, salt);
                if (handshake.open(first) != null) {
                    return handshake;
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            System.getLogger("phalanx.inspect").log(System.Logger.Level.DEBUG, "QUIC keys", e);
        }
        return null;
    }

    private static QuicHandshake keys(QuicInitial first, byte[] salt) throws GeneralSecurityException {
        KDF kdf = KDF.getInstance("HKDF-SHA256");
        SecretKey initial = kdf.deriveKey(
                "Generic",
                HKDFParameterSpec.ofExtract()
                        .addSalt(salt)
                        .addIKM(first.destination())
                        .extractOnly());
        SecretKey client = kdf.deriveKey("Generic", HKDFParameterSpec.expandOnly(initial, label("client in", 32), 32));
        String prefix = first.keyPrefix();
        return new QuicHandshake(
                new SecretKeySpec(expand(kdf, client, prefix + "key", 16), "AES"),
                expand(kdf, client, prefix + "iv", 12),
                new SecretKeySpec(expand(kdf, client, prefix + "hp", 16), "AES"));
    }

    private static byte[] expand(KDF kdf, SecretKey secret, String name, int length) throws GeneralSecurityException {
        return kdf.deriveData(HKDFParameterSpec.expandOnly(secret, label(name, length), length));
    }

    /** HkdfLabel of RFC 8446 section 7.1, without a context. */
    private static byte[] label(String name, int length) {
        byte[] full = ("tls13 " + name).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + full.length)
                .putShort((short) length)
                .put((byte) full.length)
                .put(full)
                .put((byte) 0)
                .array();
    }

    /** @return the client's hello once it is complete, the first time only */
    @Nullable
    ClientHello add(QuicInitial packet) {
        if (told) {
            return null;
        }
        byte[] frames = open(packet);
        if (frames != null) {
            collect(ByteBuffer.wrap(frames));
        }
        int length = (hello[1] & 0xFF) << 16 | (hello[2] & 0xFF) << 8 | hello[3] & 0xFF;
        for (int i = 0; i < Math.min(4L + length, LONGEST_HELLO); i++) {
            if (!known[i]) {
                return null;
            }
        }
        told = true;
        return hello[0] == 1 && length + 4 <= LONGEST_HELLO
                ? ClientHello.of(ByteBuffer.wrap(hello, 4, length).slice())
                : null;
    }

    /** Takes header and packet protection off. @return the frames, null when these are not its keys */
    private byte @Nullable [] open(QuicInitial packet) {
        byte[] rest = packet.rest();
        try {
            Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding"); // one block of public ciphertext makes the mask
            ecb.init(Cipher.ENCRYPT_MODE, headerKey);
            byte[] mask = ecb.doFinal(rest, 4, SAMPLE);
            byte[] header = packet.header().clone();
            header[0] ^= (byte) (mask[0] & 0x0F);
            int numberLength = (header[0] & 3) + 1;
            byte[] full = Arrays.copyOf(header, header.length + numberLength);
            byte[] nonce = iv.clone();
            for (int i = 0; i < numberLength; i++) {
                full[header.length + i] = (byte) (rest[i] ^ mask[1 + i]);
                nonce[nonce.length - numberLength + i] ^= full[header.length + i];
            }
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            gcm.updateAAD(full);
            return gcm.doFinal(rest, numberLength, rest.length - numberLength);
        } catch (GeneralSecurityException _) {
            return null;
        }
    }

    /** CRYPTO frames (RFC 9000 section 19.6) of a client's Initial; others than padding and ping end the reading. */
    private void collect(ByteBuffer frames) {
        try {
            while (frames.hasRemaining()) {
                int type = frames.get();
                if (type == PADDING || type == PING) {
                    continue;
                }
                if (type != CRYPTO) {
                    return;
                }
                long offset = QuicInitial.variable(frames);
                long length = QuicInitial.variable(frames);
                if (offset + length > LONGEST_HELLO || offset < 0 || length > frames.remaining()) {
                    return;
                }
                frames.get(hello, (int) offset, (int) length);
                Arrays.fill(known, (int) offset, (int) (offset + length), true);
            }
        } catch (BufferUnderflowException _) {
            System.getLogger("phalanx.inspect").log(System.Logger.Level.DEBUG, "a QUIC frame ends early");
        }
    }
}
