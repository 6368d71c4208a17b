package phalanx.capture.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureOptions;
import phalanx.run.ForeignText;

/**
 * What a Phalanx that records and one that captures as an agent say to each other, version 1. On the line: one octet that says what it is,
 * four that say how long the rest is (big endian, as all numbers), the rest. Nothing is allocated by a length that passes the cap.
 * Immutable, any thread.
 */
sealed interface Message {
    int VERSION = 1;
    /** Of what comes from somebody who has not shown the token yet. */
    int MOST_BEFORE_TOKEN = 2048;
    /** Of what an agent is told. */
    int MOST_TOLD = 32 << 10;
    /** Of what an agent sends: a frame and what belongs to it. */
    int MOST_SENT = CaptureOptions.WHOLE + 64;

    /** Who connects says this first. @param hop that is pushed, empty for one that records */
    record Hello(int version, String token, String hop) implements Message {}

    /** The token is right. */
    record Welcome(int version) implements Message {}

    /** No, and why. */
    record Refused(String what, String remedy) implements Message {}

    /** Which interfaces are there? */
    record ListInterfaces() implements Message {}

    /** These. */
    record Interfaces(List<CaptureInterface> all) implements Message {}

    /**
     * Begin to capture, or go on sending.
     *
     * @param session chosen at random by who records
     * @param next number of the first frame that is wanted, counted from 0
     */
    record Start(UUID session, long next, CaptureOptions options) implements Message {}

    /** @param resumed false when it begins anew  @param by who captures there */
    record Started(boolean resumed, String by) implements Message {}

    /** @param bytes what was captured of it  @param length what it had on the wire */
    record Frame(long number, int linkType, long nanos, int length, byte[] bytes) implements Message {}

    /**
     * Once a second, also as a sign of life.
     *
     * @param dropped by kernel and interface, -1 for not known
     * @param lost for the line was too slow
     * @param numbered frames that have a number so far, sent or not
     * @param millis when this was so, by a clock of the agent that nobody sets: only differences mean something
     */
    record Counts(long dropped, long lost, long numbered, long millis) implements Message {}

    /** All frames before this one have come. Once a second, also as a sign of life. */
    record Ack(long next) implements Message {}

    /** Capture no more, send what is left. */
    record Stop() implements Message {}

    /** Nothing more comes. @param why empty when it was asked for */
    record End(String why) implements Message {}

    private int kind() {
        return switch (this) {
            case Hello _ -> 1;
            case Welcome _ -> 2;
            case Refused _ -> 3;
            case ListInterfaces _ -> 4;
            case Interfaces _ -> 5;
            case Start _ -> 6;
            case Started _ -> 7;
            case Frame _ -> 8;
            case Counts _ -> 9;
            case Ack _ -> 10;
            case Stop _ -> 11;
            case End _ -> 12;
        };
    }

    /** Writes it; does not flush. */
    default void write(DataOutputStream to) throws IOException {
        to.writeByte(kind());
        if (this instanceof Frame(long number, int linkType, long nanos, int length, byte[] bytes)) {
            to.writeInt(24 + bytes.length);
            to.writeLong(number);
            to.writeInt(linkType);
            to.writeLong(nanos);
            to.writeInt(length);
            to.write(bytes);
            return;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body(new DataOutputStream(body));
        to.writeInt(body.size());
        body.writeTo(to);
    }

    private void body(DataOutputStream out) throws IOException {
        switch (this) {
            case Hello(int version, String token, String hop) -> {
                out.writeInt(version);
                out.writeUTF(token);
                out.writeUTF(hop);
            }
            case Welcome(int version) -> out.writeInt(version);
            case Refused(String what, String remedy) -> {
                out.writeUTF(what);
                out.writeUTF(remedy);
            }
            case Interfaces(List<CaptureInterface> all) -> {
                out.writeInt(all.size());
                for (CaptureInterface one : all) {
                    out.writeUTF(one.name());
                    out.writeUTF(one.description());
                    out.writeUTF(String.join(" ", one.addresses()));
                    out.writeBoolean(one.up());
                    out.writeBoolean(one.loopback());
                    out.writeLong(one.octets());
                }
            }
            case Start(UUID session, long next, CaptureOptions options) -> {
                out.writeLong(session.getMostSignificantBits());
                out.writeLong(session.getLeastSignificantBits());
                out.writeLong(next);
                out.writeUTF(options.device());
                out.writeUTF(options.filter());
                out.writeInt(options.snaplen());
                out.writeBoolean(options.promiscuous());
                out.writeInt(options.bufferBytes());
            }
            case Started(boolean resumed, String by) -> {
                out.writeBoolean(resumed);
                out.writeUTF(by);
            }
            case Counts(long dropped, long lost, long numbered, long millis) -> {
                out.writeLong(dropped);
                out.writeLong(lost);
                out.writeLong(numbered);
                out.writeLong(millis);
            }
            case Ack(long next) -> out.writeLong(next);
            case End(String why) -> out.writeUTF(why);
            case Frame _, ListInterfaces _, Stop _ -> {}
        }
    }

    /**
     * Reads the next one.
     *
     * @param most octets that are believed
     * @throws ProtocolException when it is none
     */
    static Message read(DataInputStream from, int most) throws IOException {
        int kind = from.readUnsignedByte();
        int length = from.readInt();
        if (length < 0 || length > most) {
            throw new ProtocolException("a message of " + length + " bytes");
        }
        byte[] body = new byte[length];
        from.readFully(body);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
            Message message = read(kind, in, length);
            if (in.available() > 0) {
                throw new ProtocolException("a message that is too long for its kind");
            }
            return message;
        } catch (EOFException e) {
            throw protocol("a message that is too short for its kind", e);
        } catch (UTFDataFormatException e) {
            throw protocol("a text that is none", e);
        }
    }

    private static ProtocolException protocol(String what, IOException cause) {
        ProtocolException fault = new ProtocolException(what);
        fault.initCause(cause);
        return fault;
    }

    private static Message read(int kind, DataInputStream in, int length) throws IOException {
        return switch (kind) {
            case 1 -> new Hello(in.readInt(), in.readUTF(), in.readUTF());
            case 2 -> new Welcome(in.readInt());
            case 3 -> new Refused(in.readUTF(), in.readUTF());
            case 4 -> new ListInterfaces();
            case 5 -> interfaces(in, length);
            case 6 ->
                new Start(
                        new UUID(in.readLong(), in.readLong()),
                        in.readLong(),
                        new CaptureOptions(in.readUTF(), in.readUTF(), in.readInt(), in.readBoolean(), in.readInt()));
            case 7 -> new Started(in.readBoolean(), in.readUTF());
            case 8 -> frame(in);
            case 9 -> new Counts(in.readLong(), in.readLong(), in.readLong(), in.readLong());
            case 10 -> new Ack(in.readLong());
            case 11 -> new Stop();
            case 12 -> new End(in.readUTF());
            default -> throw new ProtocolException("a message of kind " + kind);
        };
    }

    private static Message frame(DataInputStream in) throws IOException {
        long number = in.readLong();
        int linkType = in.readInt();
        long nanos = in.readLong();
        int length = in.readInt();
        if (number < 0 || linkType < 0 || linkType > 0xFFFF || length < 0) {
            throw new ProtocolException("a frame that can be none");
        }
        return new Frame(number, linkType, nanos, length, in.readAllBytes());
    }

    private static Message interfaces(DataInputStream in, int length) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > length) {
            throw new ProtocolException(count + " interfaces");
        }
        List<CaptureInterface> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            String description = in.readUTF();
            String addresses = ForeignText.line(in.readUTF());
            all.add(new CaptureInterface(
                    ForeignText.name(name),
                    ForeignText.name(description),
                    addresses.isEmpty() ? List.of() : List.of(addresses.split(" ", -1)),
                    in.readBoolean(),
                    in.readBoolean(),
                    in.readLong()));
        }
        return new Interfaces(List.copyOf(all));
    }
}
