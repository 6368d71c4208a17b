package phalanx.dissect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import phalanx.capture.CapturedFrame;

/** Takes a frame apart, from its record in the file to the application's message. Any thread, one call each. */
public final class Dissector {
    private static final int MOST_NODES = 4_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.nnnnnnnnn 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Dissector() {}

    /** Whatever the bytes are, there is a tree; what contradicts itself is said at the place. */
    public static Dissection dissect(CapturedFrame frame) {
        Layers layers = new Layers(MOST_NODES);
        byte[] bytes = frame.bytes();
        Slice all = new Slice(bytes, 0, bytes.length, Math.max(bytes.length, frame.length()));
        try {
            record(frame, layers.begin("Frame " + frame.number(), "frame", all));
            LinkTypes.dissect(frame.linkType(), all, layers);
        } catch (Slice.EndOfBytes e) {
            layers.ended(null, e);
        } catch (Branch.Full _) {
            layers.full();
        }
        return new Dissection(frame, layers.built(bytes.length));
    }

    private static void record(CapturedFrame frame, Branch node) {
        int held = frame.bytes().length;
        node.says("%d bytes on wire, %d bytes captured".formatted(frame.length(), held));
        node.derived("Interface id", "frame.interface_id", named(frame), Integer.toString(frame.interfaceId()));
        if (!frame.interfaceName().isEmpty()) {
            node.derived(
                    "Interface name",
                    "frame.interface_name",
                    frame.interfaceName(),
                    Branch.quoted(frame.interfaceName()));
        }
        node.derived("Link type", "", LinkTypes.name(frame.linkType()), "");
        Instant at = Instant.ofEpochSecond(0, frame.nanos());
        node.derived("Arrival time", "frame.time", TIME.format(at), "");
        String epoch = at.getEpochSecond() + "." + String.format(Locale.ROOT, "%09d", at.getNano());
        node.derived("Epoch time", "frame.time_epoch", epoch + " seconds", epoch);
        String number = Long.toString(frame.number());
        node.derived("Frame number", "frame.number", number, number);
        node.derived("Frame length", "frame.len", frame.length() + " bytes", Integer.toString(frame.length()));
        node.derived("Capture length", "frame.cap_len", held + " bytes", Integer.toString(held));
        if (!frame.comment().isEmpty()) {
            node.derived("Comment", "frame.comment", frame.comment(), Branch.quoted(frame.comment()));
        }
        if (frame.cut()) {
            node.remark(
                    Expert.NOTE,
                    "%d of %d bytes were captured (cut by the snap length)".formatted(held, frame.length()));
        }
    }

    private static String named(CapturedFrame frame) {
        return frame.interfaceName().isEmpty()
                ? Integer.toString(frame.interfaceId())
                : frame.interfaceId() + " (" + frame.interfaceName() + ")";
    }
}
