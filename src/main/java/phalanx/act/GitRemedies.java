package phalanx.act;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.Forge;
import phalanx.act.git.RequestRecord;
import phalanx.config.ConfEdit;
import phalanx.config.Node;
import phalanx.config.Values;
import phalanx.run.Outcome;

/** Remedies by a merge request to the repository that the configuration is deployed from. */
public final class GitRemedies implements Remedies {
    private static final String LIMIT = "global_rate_limit";

    private final ConfigRepository repository;
    private final String proxyFile;
    private final Forge forge;

    /**
     * @param proxyFile where the proxy's configuration lies in the repository
     * @param forge where merge requests are merged: the repository itself, or a service
     */
    public GitRemedies(ConfigRepository repository, String proxyFile, Forge forge) {
        this.repository = repository;
        this.proxyFile = proxyFile;
        this.forge = forge;
    }

    @Override
    public DryRun dryRun(Remedy remedy) {
        Outcome<String> difference = files(remedy).then(repository::difference);
        return switch (difference) {
            case Outcome.Failed<String>(var problem) -> DryRun.refused(problem.what());
            case Outcome.Ok<String>(String same)
            when same.isEmpty() -> DryRun.refused("The configuration says so already.");
            case Outcome.Ok<String>(String text) ->
                new DryRun(true, title(remedy) + ".", text, "A commit that takes it back.", 0);
        };
    }

    private static String title(Remedy remedy) {
        return switch (remedy) {
            case Remedy.RateLimit(String listen, int rate) -> "At most " + rate + " requests a second at " + listen;
            case Remedy.TimeLimit(String route, Duration time) ->
                "At most " + time.toMillis() + " ms for answers at " + route;
            case Remedy.Balancer(String upstream, String algorithm) ->
                "Servers of " + upstream + " chosen by " + algorithm;
            case Remedy.CircuitBreaker(String upstream, int failures, Duration _) ->
                "Servers of " + upstream + " rest after " + failures + " failures";
            case Remedy.Revert(String commit, String _) ->
                "Take back " + commit.substring(0, Math.min(8, commit.length()));
            case Remedy.Enlarge(String file, String pointer, int times) ->
                file + ": " + pointer + " " + times + " times as large";
            case Remedy.Restart(String _, String instance, String _) -> "Start " + instance + " anew";
            case Remedy.Configure(String file, List<Remedy.Configure.Change> changes) ->
                file + ": "
                        + String.join(
                                ", ",
                                changes.stream()
                                        .map(c -> c.pointer() + " " + c.value())
                                        .toList());
            default -> remedy.kind().word();
        };
    }

    /** The files as they are with the remedy. */
    private Outcome<Map<String, @Nullable String>> files(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Configure(String file, List<Remedy.Configure.Change> changes) ->
                edited(file, text -> JsonEdit.apply(file, text, changes));
            case Remedy.Restart(String file, String _, String pointer) ->
                edited(file, text -> JsonEdit.whole(file, text, pointer, count -> count + 1));
            case Remedy.Enlarge(String file, String pointer, int times) ->
                edited(file, text -> JsonEdit.whole(file, text, pointer, count -> count * Math.clamp(times, 2, 10)));
            case Remedy.Revert(String commit, String _) -> repository.before(commit);
            case Remedy.RateLimit(String listen, int rate) -> edited(proxyFile, text -> limited(text, listen, rate));
            case Remedy.TimeLimit(String route, Duration time) ->
                proxy(
                        node -> List.of("route", "location")
                                        .contains(node.name().text())
                                && !node.arguments().isEmpty()
                                && node.arguments().getLast().text().equals(route),
                        "proxy_read_timeout",
                        List.of(time.toMillis() + "ms"));
            case Remedy.Balancer(String upstream, String algorithm) ->
                proxy(node -> isUpstream(node, upstream), "algorithm", List.of(algorithm));
            case Remedy.CircuitBreaker(String upstream, int failures, Duration open) ->
                proxy(node -> isUpstream(node, upstream), "max_fails", List.of(String.valueOf(failures)))
                        .then(once -> proxy(
                                once,
                                node -> isUpstream(node, upstream),
                                "fail_timeout",
                                List.of(open.toMillis() + "ms")));
            default -> JsonEdit.unfit("Git carries out no " + remedy.kind().word() + ".");
        };
    }

    /** A limit that is there is never loosened. */
    private Outcome<String> limited(String text, String listen, int rate) {
        Predicate<Node> server = node -> node.name().text().equals("server") && has(node, "listen", listen);
        Optional<Long> now = ConfEdit.of(text)
                .flatMap(one -> one.block(server))
                .flatMap(block -> one(block, LIMIT))
                .flatMap(node -> Values.number(node.argument(0), 1, Integer.MAX_VALUE));
        return now.isPresent() && now.get() <= rate
                ? JsonEdit.unfit("At most " + now.get() + " requests a second are let in at " + listen + " already.")
                : set(text, server, LIMIT, List.of(String.valueOf(rate)));
    }

    private static Optional<Node> one(Node block, String directive) {
        return block.block().orElse(List.of()).stream()
                .filter(node ->
                        node.name().text().equals(directive) && node.arguments().size() == 1)
                .findFirst();
    }

    private static boolean isUpstream(Node node, String name) {
        return node.name().text().equals("upstream")
                && node.arguments().size() == 1
                && node.argument(0).equals(name);
    }

    private static boolean has(Node block, String directive, String argument) {
        return block.block().orElse(List.of()).stream()
                .anyMatch(node -> node.name().text().equals(directive)
                        && !node.arguments().isEmpty()
                        && node.argument(0).equals(argument));
    }

    private Outcome<Map<String, @Nullable String>> edited(String file, Function<String, Outcome<String>> edit) {
        return repository
                .read(file)
                .then(text -> text.isEmpty() ? JsonEdit.unfit("There is no " + file + ".") : edit.apply(text.get()))
                .then(text -> {
                    Map<String, @Nullable String> files = new HashMap<>();
                    files.put(file, text);
                    return Outcome.ok(files);
                });
    }

    private Outcome<Map<String, @Nullable String>> proxy(
            Predicate<Node> block, String directive, List<String> arguments) {
        return edited(proxyFile, text -> set(text, block, directive, arguments));
    }

    private Outcome<Map<String, @Nullable String>> proxy(
            Map<String, @Nullable String> files, Predicate<Node> block, String directive, List<String> arguments) {
        return set(String.valueOf(files.get(proxyFile)), block, directive, arguments)
                .then(text -> {
                    Map<String, @Nullable String> changed = new HashMap<>();
                    changed.put(proxyFile, text);
                    return Outcome.ok(changed);
                });
    }

    private Outcome<String> set(String text, Predicate<Node> wanted, String directive, List<String> arguments) {
        Optional<ConfEdit> edit = ConfEdit.of(text);
        Optional<String> changed =
                edit.flatMap(one -> one.block(wanted).map(block -> one.set(block, directive, arguments)));
        return changed.<Outcome<String>>map(Outcome::ok)
                .orElseGet(() -> JsonEdit.unfit(proxyFile + " has no place for " + directive + "."));
    }

    @Override
    public Carried carryOut(Remedy remedy, String proposal) {
        return merged(proposal)
                .orElseGet(() -> carried(forge.refresh()
                        .then(_ -> files(remedy))
                        .then(files -> through(proposal, title(remedy), files))));
    }

    /** What was not merged is closed: it would stand in the way of the next change, and might still be merged. */
    private Outcome<String> through(String proposal, String title, Map<String, @Nullable String> files) {
        return repository.propose(proposal, title, files).then(request -> {
            Outcome<String> merged = forge.open(request, "agents", List.of()).then(_ -> forge.merge(request));
            if (merged instanceof Outcome.Failed<String>(var problem)
                    && !problem.code().equals(Forge.UNCERTAIN)) {
                forge.close(proposal, RequestRecord.State.CLOSED, problem.what());
            }
            return merged;
        });
    }

    private static Carried carried(Outcome<String> merged) {
        return switch (merged) {
            case Outcome.Ok<String>(String commit) -> Carried.done("Merged as " + commit.substring(0, 8) + ".", commit);
            case Outcome.Failed<String>(var problem) ->
                problem.code().equals(Forge.UNCERTAIN)
                        ? new Carried(Effect.UNKNOWN, problem.what(), "close the request, or revert its merge")
                        : Carried.failed(problem.what());
        };
    }

    private Optional<Carried> merged(String proposal) {
        return switch (repository.merged(proposal)) {
            case Outcome.Ok<Optional<String>>(Optional<String> commit) -> commit.map(id -> carried(Outcome.ok(id)));
            case Outcome.Failed<Optional<String>>(var problem) ->
                Optional.of(new Carried(Effect.UNKNOWN, problem.what(), ""));
        };
    }

    @Override
    public Carried stateOf(Remedy remedy, String proposal) {
        return switch (forge.refresh()) {
            case Outcome.Failed<Boolean>(var problem) -> new Carried(Effect.UNKNOWN, problem.what(), "");
            case Outcome.Ok<Boolean> _ ->
                merged(proposal).orElseGet(() -> {
                    forge.close(proposal, RequestRecord.State.CLOSED, "It was cut off before it was merged.");
                    return Carried.failed("Nothing of it was merged.");
                });
        };
    }

    @Override
    public Carried takeBack(Remedy remedy, String proposal, String wayBack) {
        String back = proposal + "-back";
        return merged(back)
                .orElseGet(() -> carried(forge.refresh()
                        .then(_ -> repository.before(wayBack))
                        .then(files -> through(back, "Take back " + title(remedy), files))
                        .then(commit -> {
                            forge.close(proposal, RequestRecord.State.REVERTED, "Taken back by " + commit + ".");
                            return Outcome.ok(commit); // whether that could be noted or not
                        })));
    }
}
