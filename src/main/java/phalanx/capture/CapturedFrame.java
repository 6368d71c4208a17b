package phalanx.capture;

/**
 * One frame, taken out of its file. Any thread; the bytes are not to be changed.
 *
 * @param number in the file, from 1
 * @param nanos stamp, epoch nanoseconds
 * @param linkType LINKTYPE number
 * @param bytes those that the file holds
 * @param length bytes that the frame had on the wire, at least as many
 * @param interfaceId of the interface that captured it
 * @param interfaceName empty when the file does not say
 * @param comment what someone noted on it, empty for nothing
 */
public record CapturedFrame(
        long number,
        long nanos,
        int linkType,
        byte[] bytes,
        int length,
        int interfaceId,
        String interfaceName,
        String comment) {
    /** Whether the file holds less of it than the wire did. */
    public boolean cut() {
        return bytes.length < length;
    }
}
