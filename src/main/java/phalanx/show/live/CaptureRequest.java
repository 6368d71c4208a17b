package phalanx.show.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.capture.remote.AgentAccess;
import phalanx.capture.remote.HopAddress;
import phalanx.capture.remote.HopCaptures;
import phalanx.capture.remote.HopToken;
import phalanx.capture.remote.RemoteAccess;
import phalanx.capture.remote.Secrets;
import phalanx.capture.remote.SshAccess;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.show.Words;

/**
 * Captures as they were asked for, understood. Immutable, any thread.
 *
 * @param folder of the files
 * @param believed fingerprints of host keys and certificates
 * @param tokenFile that agents are shown the content of, null for none
 */
record CaptureRequest(
        Path folder,
        List<HopCaptures.Hop> hops,
        Set<String> believed,
        @Nullable Path tokenFile) {
    /** The capture cannot begin as it was asked for. */
    static final String INCOMPLETE = "PHX-1650";

    private static final Words WORDS = Words.of("live");
    private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]*");
    private static final long MEGABYTE = 1 << 20;

    /** What stands in the window; screen thread. @return failed with what is to be mended there */
    static Outcome<CaptureRequest> of(CaptureViewModel asked) {
        try {
            List<HopCaptures.Hop> hops = new ArrayList<>();
            Set<String> names = new HashSet<>();
            Path folder = Path.of(asked.folder.get().strip()).toAbsolutePath();
            for (CaptureViewModel.Point point : asked.points()) {
                if (point.chosen.get()) {
                    add(new HopAddress.Local(point.device.name()), point.name, names, folder, asked, hops);
                }
            }
            for (CaptureViewModel.Elsewhere point : asked.elsewhere) {
                switch (HopAddress.parse(point.address.get().strip())) {
                    case Outcome.Ok<HopAddress>(var at) -> add(at, point.name, names, folder, asked, hops);
                    case Outcome.Failed<HopAddress>(var problem) -> {
                        return Outcome.failed(problem);
                    }
                }
            }
            String token = asked.tokenFile.get().strip();
            return hops.isEmpty()
                    ? Outcome.failed(incomplete("none-chosen", "none-chosen.remedy"))
                    : Outcome.ok(new CaptureRequest(
                            folder,
                            List.copyOf(hops),
                            Stream.of(asked.believed.get().strip().split("[\\s,]+", -1))
                                    .filter(word -> !word.isEmpty())
                                    .collect(Collectors.toUnmodifiableSet()),
                            token.isEmpty() ? null : Path.of(token)));
        } catch (BadName e) {
            return Outcome.failed(incomplete("bad-name", "bad-name.remedy", e.name));
        } catch (NumberFormatException _) {
            return Outcome.failed(incomplete("bad-number", "bad-number.remedy"));
        } catch (InvalidPathException e) {
            return Outcome.failed(incomplete("bad-folder", "bad-folder.remedy", e.getInput()));
        }
    }

    /** A name that cannot be a file's, or is there twice. */
    private static final class BadName extends Exception {
        private static final long serialVersionUID = 1;
        private final String name;

        BadName(String name) {
            this.name = name;
        }
    }

    private static void add(
            HopAddress at,
            StringProperty called,
            Set<String> names,
            Path folder,
            CaptureViewModel asked,
            List<HopCaptures.Hop> hops)
            throws BadName {
        String name = called.get().strip();
        if (!NAME.matcher(name).matches() || !names.add(name)) {
            throw new BadName(name);
        }
        long size = number(asked.fileSize);
        hops.add(new HopCaptures.Hop(
                name,
                at,
                new CaptureOptions(
                        at.device(),
                        asked.filter.get().strip(),
                        (int) number(asked.snaplen),
                        asked.promiscuous.get(),
                        CaptureOptions.USUAL_BUFFER),
                new RingOptions(
                        folder.resolve(name + ".pcapng"),
                        size * MEGABYTE,
                        0,
                        size > 0 ? (int) number(asked.files) : 0,
                        RingOptions.USUAL_FLOOR)));
    }

    private static long number(StringProperty text) {
        String said = text.get().strip();
        long number = said.isEmpty() ? 0 : Long.parseLong(said);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new NumberFormatException(said);
        }
        return number;
    }

    private static Problem incomplete(String what, String remedy, Object... arguments) {
        return new Problem(INCOMPLETE, WORDS.get(what, arguments), WORDS.get(remedy));
    }

    /** Begins at all points or at none; connecting takes its time. @param secrets asked for passwords, on this thread */
    Outcome<Map<String, LiveCapture>> begin(Secrets secrets) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(folder, e));
        }
        SshAccess usual =
                SshAccess.usual(Path.of(System.getProperty("user.home")), System.getenv("SSH_AUTH_SOCK"), secrets);
        HopToken token;
        try {
            token = tokenFile == null ? null : HopToken.in(tokenFile);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    INCOMPLETE, WORDS.get("bad-token", String.valueOf(e.getMessage())), WORDS.get("bad-token.remedy")));
        }
        return HopCaptures.start(
                hops,
                new RemoteAccess(
                        new SshAccess(
                                usual.knownHosts(), believed, usual.identities(), usual.agentSocket(), usual.secrets()),
                        new AgentAccess(believed, token),
                        null,
                        RemoteAccess.USUAL_PATIENCE));
    }
}
