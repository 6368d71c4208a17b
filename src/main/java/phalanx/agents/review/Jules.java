package phalanx.agents.review;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.Forge;
import phalanx.act.git.RequestRecord;
import phalanx.agents.memory.Precedent;
import phalanx.agents.observe.Inventory;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Looks through memory and the configuration in force, and opens merge requests that harden it: few at once, one for a file at a time, what
 * did most harm first, nothing that a person refused unless it did harm again. A person decides; this merges nothing by itself. The same
 * memory and configuration give the same requests. Any thread, one call at a time; each may take seconds.
 */
public final class Jules {
    private static final String CUT_OFF = "The review that opened it was cut off.";
    private static final String UNFIT = "Its file was changed meanwhile, so it does not fit any more.";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'" + Message.Reviewed.PREFIX + "'yyyyMMdd-HHmmss");

    private final ConfigRepository repository;
    private final Forge forge;
    private final Inventory inventory;
    private final String proxyFile;
    private final ZoneId zone;

    /**
     * @param forge where the merge requests are opened
     * @param proxyFile the proxy's configuration in the repository
     * @param zone that reviews are named in
     */
    public Jules(ConfigRepository repository, Forge forge, Inventory inventory, String proxyFile, ZoneId zone) {
        this.repository = repository;
        this.forge = forge;
        this.inventory = inventory;
        this.proxyFile = proxyFile;
        this.zone = zone;
    }

    /**
     * One review.
     *
     * @param most requests that it opens
     * @param usualRate requests a second of users, empty where it is not known
     */
    public synchronized Outcome<Message.Reviewed> review(
            Instant at, List<Precedent> memory, OptionalDouble usualRate, int most) {
        Evidence evidence = new Evidence(memory);
        return forge.refresh()
                .then(_ -> dropUnfit())
                .then(_ -> files())
                .then(files -> repository.requests().then(requests -> {
                    List<Weakness> found = Stream.concat(
                                    ServiceCheck.of(inventory, files, evidence).stream(),
                                    ProxyCheck.of(
                                            proxyFile,
                                            files.getOrDefault(proxyFile, ""),
                                            inventory,
                                            evidence,
                                            usualRate)
                                            .stream())
                            .filter(weakness -> news(weakness, requests))
                            .sorted(Comparator.comparingInt(
                                    weakness -> -weakness.precedents().size()))
                            .toList();
                    return open(name(at, requests), at, chosen(found, requests, most), files, evidence);
                }));
    }

    /** A name that no review had: two may come within a second. */
    private String name(Instant at, List<RequestRecord> requests) {
        String second = NAME.format(at.atZone(zone));
        String name = second;
        for (int number = 2; taken(name, requests); number++) {
            name = second + "-" + number;
        }
        return name;
    }

    private static boolean taken(String name, List<RequestRecord> requests) {
        return requests.stream().anyMatch(one -> one.incident().equals(name));
    }

    private Outcome<Boolean> dropUnfit() {
        return repository.requests().then(requests -> {
            requests.stream()
                    .filter(one -> mine(one) && one.state() == RequestRecord.State.OPEN)
                    .forEach(this::dropUnfit);
            return Outcome.ok(true);
        });
    }

    /** @return whether it was closed */
    private boolean dropUnfit(RequestRecord open) {
        if (repository.fits(open.request()) instanceof Outcome.Ok<Boolean>(Boolean fits) && !fits) {
            forge.close(open.request().id(), RequestRecord.State.CLOSED, UNFIT);
            return true;
        }
        return false;
    }

    private Outcome<Map<String, String>> files() {
        Map<String, String> files = new HashMap<>();
        Set<String> names = new HashSet<>(Set.of(proxyFile));
        inventory.services().values().forEach(service -> names.add(service.file()));
        names.remove("");
        for (String name : names) {
            switch (repository.read(name)) {
                case Outcome.Ok<Optional<String>>(Optional<String> text) -> text.ifPresent(t -> files.put(name, t));
                case Outcome.Failed<Optional<String>>(var problem) -> {
                    return Outcome.failed(problem);
                }
            }
        }
        return Outcome.ok(files);
    }

    private static boolean mine(RequestRecord request) {
        return request.author().equals(Role.JULES.word());
    }

    /** Whether nobody decided on it, or it did harm since. */
    private static boolean news(Weakness weakness, List<RequestRecord> requests) {
        Optional<Instant> decided = requests.stream()
                .filter(one -> mine(one)
                        && one.request().title().equals(weakness.title())
                        && Collections.disjoint(one.notes(), List.of(UNFIT, CUT_OFF)))
                .flatMap(one -> one.decided().stream())
                .max(Comparator.naturalOrder());
        return decided.isEmpty()
                || weakness.precedents().stream().anyMatch(one -> one.at().isAfter(decided.get()));
    }

    /** The first of each file that has no open request: two for one file could not both be merged. */
    private static List<Weakness> chosen(List<Weakness> found, List<RequestRecord> requests, int most) {
        Set<String> busy = new HashSet<>();
        requests.stream()
                .filter(one -> mine(one) && one.state() == RequestRecord.State.OPEN)
                .forEach(one -> busy.addAll(one.request().files()));
        return found.stream().filter(one -> busy.add(one.file())).limit(most).toList();
    }

    private Outcome<Message.Reviewed> open(
            String review, Instant at, List<Weakness> chosen, Map<String, String> files, Evidence evidence) {
        List<Message.Advice> advice = new ArrayList<>();
        List<String> says = new ArrayList<>();
        for (Weakness weakness : chosen) {
            String id = review + "/" + (advice.size() + 1);
            Outcome<Message.Advice> opened = open(id, weakness, files.getOrDefault(weakness.file(), ""));
            if (opened instanceof Outcome.Ok<Message.Advice>(Message.Advice one)) {
                advice.add(one);
            } else if (opened instanceof Outcome.Failed<Message.Advice>(var problem)) {
                forge.close(id, RequestRecord.State.CLOSED, CUT_OFF); // open it would keep its file from every review
                if (advice.isEmpty()) {
                    return Outcome.failed(problem);
                }
                says.add("the next could not be: " + problem.what().replaceAll("[.]$", ""));
                break;
            }
        }
        says.addFirst(
                advice.isEmpty() ? "nothing new to propose" : advice.size() + " proposed, which wait for a person");
        says.addAll(evidence.failures());
        return Outcome.ok(new Message.Reviewed(at, review, advice, String.join("; ", says) + "."));
    }

    private Outcome<Message.Advice> open(String id, Weakness weakness, String text) {
        List<String> reasons = Stream.concat(
                        Stream.of(weakness.reason()), Evidence.told(weakness.precedents()).stream())
                .toList();
        return weakness.edit()
                .of(text)
                .then(changed -> {
                    Map<String, @Nullable String> files = new HashMap<>();
                    files.put(weakness.file(), changed);
                    return repository.propose(id, weakness.title(), files);
                })
                .then(request -> forge.open(request, Role.JULES.word(), reasons)
                        .then(where -> Outcome.ok(new Message.Advice(
                                id, weakness.title(), weakness.file(), reasons, request.difference(), where))));
    }

    /**
     * Closes what no step tells of: nobody could answer it.
     *
     * @param told the requests that steps tell of
     * @param since when the first of these steps was: what was opened before may be told by one that is not known any more
     */
    public synchronized void dropUntold(Set<String> told, Instant since) {
        if (repository.requests() instanceof Outcome.Ok<List<RequestRecord>>(List<RequestRecord> requests)) {
            requests.stream()
                    .filter(one -> mine(one)
                            && one.state() == RequestRecord.State.OPEN
                            && !one.opened().isBefore(since)
                            && !told.contains(one.request().id()))
                    .forEach(one -> forge.close(one.request().id(), RequestRecord.State.CLOSED, CUT_OFF));
        }
    }

    /** The request of a review that waits for a person. */
    public Optional<RequestRecord> waiting(String id) {
        return repository.requests() instanceof Outcome.Ok<List<RequestRecord>>(List<RequestRecord> requests)
                ? requests.stream()
                        .filter(one -> mine(one)
                                && one.state() == RequestRecord.State.OPEN
                                && one.request().id().equals(id))
                        .findFirst()
                : Optional.empty();
    }

    /** Does what a person decided. @return the commit on main, empty for a no; refused where it waits no more */
    public synchronized Outcome<String> decided(String id, boolean yes, String says) {
        return waiting(id)
                .map(one -> decided(one, yes, says))
                .orElseGet(() -> Outcome.failed(new Problem(
                        ConfigRepository.REFUSED, id + " was decided already.", "Look at what became of it.")));
    }

    private Outcome<String> decided(RequestRecord waiting, boolean yes, String says) {
        String id = waiting.request().id();
        if (!yes) {
            return forge.close(id, RequestRecord.State.CLOSED, says).then(_ -> Outcome.ok(""));
        }
        forge.comment(id, List.of(says));
        return forge.refresh().then(_ -> repository.merged(id)).then(merged -> {
            if (merged.isEmpty() && dropUnfit(waiting)) { // its own merge changed its files
                return Outcome.failed(new Problem(
                        ConfigRepository.REFUSED,
                        UNFIT,
                        "The next review proposes it anew on top of what is in force."));
            }
            return forge.merge(waiting.request());
        });
    }
}
