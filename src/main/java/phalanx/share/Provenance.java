package phalanx.share;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import phalanx.explain.Analysis;
import phalanx.run.Progress;

/**
 * Where a report comes from, so that it can be made again and checked. Immutable, any thread.
 *
 * @param made when
 * @param program with its version
 * @param files in the order of the capture points, the client's first
 */
public record Provenance(Instant made, String program, List<Source> files) {
    /** What a report gives away of the captures, and what not. */
    static final String CONTENT =
            "It holds addresses, ports, sizes, times and frame numbers, names of captures and names that were asked for, "
                    + "and no payload of any packet.";

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int PIECE = 1 << 20, PIECES_A_STEP = 16;

    /**
     * A capture file.
     *
     * @param sha256 of the file as it was when the report was made, in lower-case hexadecimal; empty when it could not be read again
     */
    public record Source(String point, String file, long packets, String sha256) {
        String fingerprint() {
            return sha256.isEmpty() ? "could not be read again" : sha256;
        }
    }

    public Provenance {
        files = List.copyOf(files);
    }

    /** {@code 2026-11-21 09:40:07 UTC}. */
    String when() {
        return WHEN.format(made);
    }

    /**
     * Reads all capture files once more for their fingerprints.
     *
     * @throws Progress.Cancelled when the work was given up
     */
    public static Provenance of(Analysis analysis, Instant made, String program, Progress progress) {
        List<Source> files = new ArrayList<>();
        for (int capture : analysis.stitched().clientFirst()) {
            var decoded = analysis.stitched().captures().get(capture).capture();
            files.add(new Source(
                    analysis.stitched().hopName(capture),
                    String.valueOf(decoded.file().getFileName()),
                    decoded.summary().frames(),
                    sha256(decoded.file(), progress)));
        }
        return new Provenance(made, program, files);
    }

    private static String sha256(Path file, Progress progress) {
        if (!Files.isRegularFile(file)) {
            return ""; // a pipe gives its packets once
        }
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            long size = Files.size(file);
            long done = 0;
            int pieces = 0;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                progress.stopIfCancelled();
                digest.update(piece, 0, count);
                done += count;
                if (++pieces % PIECES_A_STEP == 0) {
                    progress.at("Fingerprint of " + file.getFileName(), done, size);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            System.getLogger("phalanx.share").log(System.Logger.Level.DEBUG, "no fingerprint", e);
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
