package phalanx.act.hook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import phalanx.act.Carried;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.Remedies;
import phalanx.act.Remedy;
import phalanx.act.hook.Hook.Action;

/** Remedies by declared commands and addresses. What did not end well may have done something: that is for a person to check. */
public final class HookRemedies implements Remedies {
    /** Calls remembered, so that none is made twice. */
    private static final int REMEMBERED = 1_000;

    private static final Duration ENDING = Duration.ofSeconds(10);
    /** Characters of what a hook says, in a sentence. */
    private static final int SAID = 300;

    private final HookBook book;
    private final HookClient client;
    private final Map<String, Carried> done = bounded();
    private final Map<String, Carried> takenBack = bounded();

    public HookRemedies(HookBook book) {
        this(book, new HookClient((SSLSocketFactory) SSLSocketFactory.getDefault(), InetAddress::getAllByName));
    }

    HookRemedies(HookBook book, HookClient client) {
        this.book = book;
        this.client = client;
    }

    private static Map<String, Carried> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Carried> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** What a call came to. @param touched whether something may have been done */
    private record Called(boolean well, boolean touched, String says, String output) {
        static Called refused(String says) {
            return new Called(false, false, says, "");
        }
    }

    private static Map<String, String> values(Remedy.Hook remedy) {
        return Map.of("service", remedy.service(), "instance", remedy.instance(), "server", remedy.server());
    }

    private Called call(Remedy remedy, Action action, String proposal) {
        if (!(remedy instanceof Remedy.Hook asked)) {
            return Called.refused("No hook carries out a " + remedy.kind().word() + ".");
        }
        return switch (book.hooks().get(asked.name())) {
            case null -> Called.refused("There is no hook \"" + asked.name() + "\".");
            case Hook.Command command -> command(asked, command, action);
            case Hook.Address address -> address(asked, address, action, proposal);
        };
    }

    private static Called command(Remedy.Hook asked, Hook.Command command, Action action) {
        Optional<List<String>> words = HookBook.filled(command.words().getOrDefault(action, List.of()), values(asked));
        if (words.isEmpty() || words.get().isEmpty()) {
            return Called.refused(
                    "A name that \"" + asked.name() + "\" needs is missing, or is none that a command gets.");
        }
        String program = words.get().getFirst();
        if (!Files.isExecutable(Path.of(program))) {
            return Called.refused(program + " is no program that can be run.");
        }
        try {
            ChildCommand.Ended ended = ChildCommand.run(words.get(), command.environment(), command.limit());
            String how = ended.inTime() ? "ended with " + ended.code() : "was killed after " + told(command.limit());
            return new Called(ended.code() == 0, true, asked.name() + " " + how + said(ended.output()), ended.output());
        } catch (IOException e) {
            return Called.refused(program + " cannot be started (" + e.getMessage() + ").");
        }
    }

    private static String told(Duration limit) {
        return limit.toSeconds() + " s";
    }

    private static String said(String output) {
        String line = output.strip().replace("\n", "; ");
        return line.isEmpty() ? "." : ": " + (line.length() > SAID ? line.substring(0, SAID) + " ..." : line) + ".";
    }

    private Called address(Remedy.Hook asked, Hook.Address address, Action action, String proposal) {
        URI place = address.places().get(action);
        if (place == null || !values(asked).values().stream().allMatch(v -> v.isEmpty() || HookBook.fit(v))) {
            return Called.refused("A name is none that a hook gets.");
        }
        String body = """
            {"schema":"phalanx.hook-call/1","action":"%s","hook":"%s","proposal":"%s","service":"%s","instance":"%s","server":"%s"}""".formatted(
                        action.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        asked.name().replaceAll("[^A-Za-z0-9._-]", "-"),
                        proposal.replaceAll("[^A-Za-z0-9./-]", "-"),
                        asked.service(),
                        asked.instance(),
                        asked.server());
        try {
            HookClient.Answer answer = client.post(place, address.privately(), body, address.limit());
            return new Called(
                    answer.well(),
                    true,
                    asked.name() + " answered " + answer.status() + said(answer.body()),
                    answer.body());
        } catch (HookClient.Refused e) {
            return Called.refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Called(
                    false,
                    true,
                    asked.name() + " did not answer within " + told(address.limit()) + " (" + e.getMessage() + ").",
                    "");
        }
    }

    @Override
    public DryRun dryRun(Remedy remedy) {
        Called called = call(remedy, Action.DRY_RUN, "");
        return called.well()
                ? new DryRun(true, called.says(), called.output(), "The hook's own way back.", 0)
                : DryRun.refused(called.says());
    }

    @Override
    public synchronized Carried carryOut(Remedy remedy, String proposal) {
        Carried before = done.get(proposal);
        if (before != null) {
            return before;
        }
        Carried carried = carried(call(remedy, Action.RUN, proposal), remedy);
        done.put(proposal, carried);
        return carried;
    }

    /** What its owner gave it, and some for starting and ending it. */
    @Override
    public Duration patience(Remedy remedy) {
        Hook hook = remedy instanceof Remedy.Hook asked ? book.hooks().get(asked.name()) : null;
        return hook == null ? Duration.ZERO : hook.limit().plus(ENDING);
    }

    private static Carried carried(Called called, Remedy remedy) {
        Effect effect = called.well() ? Effect.DONE : called.touched() ? Effect.UNKNOWN : Effect.FAILED;
        String name = remedy instanceof Remedy.Hook hook ? hook.name() : "";
        return new Carried(effect, called.says(), effect == Effect.FAILED ? "" : "way_back of " + name);
    }

    @Override
    public synchronized Carried stateOf(Remedy remedy, String proposal) {
        Carried known = done.get(proposal);
        return known != null
                ? known
                : new Carried(Effect.UNKNOWN, "Phalanx ended while a hook may have been at work.", "its way_back");
    }

    /** Once for a proposal: asked again, it answers the same. */
    @Override
    public synchronized Carried takeBack(Remedy remedy, String proposal, String wayBack) {
        Carried before = takenBack.get(proposal);
        if (before != null) {
            return before;
        }
        Called called = call(remedy, Action.WAY_BACK, proposal);
        Carried carried = new Carried(called.well() ? Effect.DONE : Effect.FAILED, called.says(), "");
        takenBack.put(proposal, carried);
        return carried;
    }
}
