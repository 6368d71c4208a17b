package phalanx.receive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** The folder that captures come into, and how much room is left in it. One server has it at a time. Any thread. */
final class Inbox implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String DRAFT = ".phalanx-upload-", HELD = ".phalanx-receive";
    private static final int LONGEST_LABEL = 40;
    private static final long HARMLESS = 64L << 20, MOST_RATIO = 200;
    private static final int MOST_AT_ONCE = 8;

    /** Those of this process: a lock of POSIX ends when its process closes any stream on the file, so none is opened twice. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path file;
    private final FileChannel held;
    private final ReceiveLimits limits;
    private int coming;
    private long reserved;

    private Inbox(Path folder, Path file, FileChannel held, ReceiveLimits limits) {
        this.folder = folder;
        this.file = file;
        this.held = held;
        this.limits = limits;
    }

    /**
     * Takes hold of a folder. What a killed server left half in it is taken away.
     *
     * @return empty when another server has it
     * @throws IOException when the folder cannot be made
     */
    static Optional<Inbox> hold(Path folder, ReceiveLimits limits) throws IOException {
        Path file = Files.createDirectories(folder).toRealPath().resolve(HELD);
        if (!OURS.add(file)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            FileChannel held = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (held.tryLock() != null) {
                    takeDraftsAway(folder);
                    taken = true;
                }
            } finally {
                if (!taken) {
                    held.close();
                }
            }
            return taken ? Optional.of(new Inbox(folder, file, held, limits)) : Optional.empty();
        } finally {
            if (!taken) {
                OURS.remove(file);
            }
        }
    }

    private static void takeDraftsAway(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : left) {
                Files.deleteIfExists(draft);
            }
        }
    }

    /** Lets the folder go. May be called again. */
    @Override
    public void close() throws IOException {
        if (!held.isOpen()) {
            return; // by now another one may have it
        }
        held.close();
        OURS.remove(file);
    }

    /** A capture that comes. One thread after the other. */
    final class Upload {
        private final Path draft;
        private final FileChannel out;
        private final MessageDigest hash = sha256();
        private final String label;
        private long room;
        private long octets;
        private boolean over;

        private Upload(String label, long room) throws IOException {
            this.label = label;
            this.room = room;
            draft = Files.createTempFile(folder, DRAFT, "");
            out = FileChannel.open(draft, StandardOpenOption.WRITE);
        }

        /** @throws Refused when it is more than may be */
        void write(byte[] bytes) throws IOException, Refused {
            octets += bytes.length;
            if (octets > limits.mostOctets()) {
                throw new Refused(Refusal.SIZE);
            }
            if (octets > room) {
                room = more(room);
            }
            hash.update(bytes);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
        }

        long octets() {
            return octets;
        }

        /** Looks whether it is a capture, and gives it its name. Takes as long as reading it does. */
        Kept keep() throws IOException, Refused {
            out.force(true); // who sent it may take its own away once it is told that it is kept
            out.close();
            String ending = check(draft);
            String name = "%s-%s-%s%s"
                    .formatted(
                            label,
                            STAMP.format(Instant.now()),
                            HexFormat.of().toHexDigits(new SecureRandom().nextInt()),
                            ending);
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            WholeFile.forceFolder(folder);
            return new Kept(name, octets, HexFormat.of().formatHex(hash.digest()));
        }

        /** Ends it: what was not kept is taken away. May be called again. */
        void close() {
            synchronized (Inbox.this) {
                if (over) {
                    return;
                }
                over = true;
                coming--;
                reserved -= room;
            }
            try {
                out.close();
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                System.getLogger("phalanx.receive").log(System.Logger.Level.WARNING, "a draft stays", e);
            }
        }
    }

    /** What is in the folder now. @param sha256 in hexadecimal digits */
    record Kept(String name, long octets, String sha256) {}

    /** It is not taken. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Refusal why;

        Refused(Refusal why) {
            super(why.title());
            this.why = why;
        }

        Refusal why() {
            return why;
        }
    }

    /**
     * Makes room for a capture.
     *
     * @param name as the sender calls it: a part of the file's name at best
     * @param octets that were announced, 0 when nothing was
     */
    Upload begin(String name, long octets) throws IOException, Refused {
        if (octets > limits.mostOctets()) {
            throw new Refused(Refusal.SIZE);
        }
        synchronized (this) {
            if (coming >= MOST_AT_ONCE) {
                throw new Refused(Refusal.BUSY);
            }
            reserve(octets, 1);
            coming++;
        }
        try {
            return new Upload(label(name), octets);
        } catch (IOException e) {
            synchronized (this) {
                coming--;
                reserved -= octets;
            }
            throw e;
        }
    }

    /** Room for a capture that is longer than was known. */
    private synchronized long more(long had) throws IOException, Refused {
        long step = Math.min(Math.max(1 << 20, had), limits.mostOctets() - had);
        reserve(step, 0);
        return had + step;
    }

    private void reserve(long octets, int files) throws IOException, Refused {
        long total = reserved + octets;
        int count = coming + files;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                String name = String.valueOf(file.getFileName());
                if (Files.isRegularFile(file) && !name.startsWith(DRAFT) && !name.equals(HELD)) {
                    total += Files.size(file);
                    count++;
                }
            }
        }
        if (total > limits.mostTotal() || count > limits.mostFiles()) {
            throw new Refused(Refusal.ROOM);
        }
        reserved += octets;
    }

    /** Letters, digits, {@code _} and {@code -}, at most 40: nothing that leads elsewhere or that a system has a meaning for. */
    static String label(String name) {
        String base = name.replaceFirst("(?i)\\.(pcap|pcapng|cap|snoop)?(\\.(gz|zst|lz4))?$", "");
        String label = base.replaceAll("[^A-Za-z0-9_]+", "-").replaceAll("^-+|-+$", "");
        return label.isEmpty() ? "capture" : label.substring(0, Math.min(label.length(), LONGEST_LABEL));
    }

    /** @return the ending that its content deserves */
    private static String check(Path draft) throws IOException, Refused {
        long size = Files.size(draft);
        switch (CaptureFile.open(draft)) {
            case Outcome.Failed<FrameCursor>(Problem problem) ->
                throw new Refused(Refusal.noCapture(about(draft, problem)));
            case Outcome.Ok<FrameCursor>(FrameCursor cursor) -> {
                try (cursor) {
                    boolean more = true;
                    while (more) {
                        more = cursor.next();
                        if (cursor.offset() > HARMLESS && cursor.offset() / MOST_RATIO > size) {
                            throw new Refused(Refusal.BOMB);
                        }
                    }
                    if (cursor.frame() == 0 && !cursor.problems().isEmpty()) {
                        throw new Refused(
                                Refusal.noCapture(about(draft, cursor.problems().getFirst())));
                    }
                    return ending(cursor.summary().format(), cursor.summary().compression());
                }
            }
        }
    }

    /** Without the name that it has for now. */
    private static String about(Path draft, Problem problem) {
        return problem.what().replace(String.valueOf(draft.getFileName()), "It");
    }

    private static String ending(String format, String compression) {
        return "." + format
                + switch (compression) {
                    case "gzip" -> ".gz";
                    case "zstd" -> ".zst";
                    case "lz4" -> ".lz4";
                    default -> "";
                };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
