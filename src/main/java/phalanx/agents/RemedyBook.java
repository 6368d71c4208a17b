package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import phalanx.act.Remedy;
import phalanx.act.hook.HookBook;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Deploy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;

/** Which remedies there are for a cause, the gentlest that is likely to help first. Immutable, any thread. */
final class RemedyBook {
    /** So much larger a pool becomes. */
    private static final int LARGER = 3;
    /** A limit that what is usual does not reach. */
    private static final double ROOM = 1.3;
    /** Requests a second; of fewer nobody knows what is usual, and a limit of none would be no limit. */
    private static final double LEAST_USUAL = 1;

    /** A wait for a dependency that users do not complain of, in milliseconds. */
    private static final int SHORT_WAIT = 200;

    /** So long a client is banned; it comes back by itself. */
    private static final Duration BANNED = Duration.ofMinutes(10);

    private final Inventory inventory;
    private final HookBook hooks;

    RemedyBook(Inventory inventory) {
        this(inventory, HookBook.NONE);
    }

    /** @param hooks that the user declared: they come last */
    RemedyBook(Inventory inventory, HookBook hooks) {
        this.inventory = inventory;
        this.hooks = hooks;
    }

    /**
     * For a hypothesis, best first; none where nothing of the closed list would help.
     *
     * @param since when the trouble began
     */
    List<Remedy> of(Hypothesis hypothesis, Instant since, Observation observation) {
        Subject place = hypothesis.place();
        Optional<Inventory.Service> service =
                Optional.ofNullable(inventory.services().get(place.of()));
        List<Remedy> remedies = new ArrayList<>();
        switch (hypothesis.cause()) {
            case POOL_EXHAUSTED -> {
                service.flatMap(known -> pool(known)).ifPresent(remedies::add);
                service.flatMap(known -> restart(known, place)).ifPresent(remedies::add);
            }
            case SLOW_QUERY -> service.flatMap(RemedyBook::schema).ifPresent(remedies::add);
            case DEPENDENCY_TIMEOUT ->
                service.map(known -> standIn(known, place.name())).ifPresent(remedies::addAll);
            case DNS_FAILURE -> service.flatMap(known -> address(known, place)).ifPresent(remedies::add);
            case SERVER_ERRORS, MEMORY_LEAK, CPU_SATURATED -> {
                service.flatMap(known -> drain(known, place)).ifPresent(remedies::add);
                service.flatMap(known -> restart(known, place)).ifPresent(remedies::add);
            }
            case DEAD_BACKEND -> {
                service.flatMap(known -> markDown(known, place)).ifPresent(remedies::add);
                service.flatMap(known -> restart(known, place)).ifPresent(remedies::add);
            }
            case NETWORK_DELAY, NETWORK_LOSS -> {
                service.flatMap(known -> drain(known, place)).ifPresent(remedies::add);
                service.flatMap(known -> markDown(known, place)).ifPresent(remedies::add);
            }
            case CLIENT_FLOOD -> remedies.add(new Remedy.Ban(place.name(), BANNED));
            case RETRY_STORM -> rateLimit(observation).ifPresent(remedies::add);
            case BAD_DEPLOY -> revert(place, since, observation).ifPresent(remedies::add);
        }
        String server =
                service.map(known -> known.instances().get(place.name())).orElse("");
        for (String hook : hooks.of(hypothesis.cause().word())) {
            remedies.add(new Remedy.Hook(hook, place.of(), server.isEmpty() ? "" : place.name(), server));
        }
        return remedies;
    }

    private static Optional<Remedy> pool(Inventory.Service service) {
        return known(service.file(), service.pool())
                .map(pointer -> new Remedy.Enlarge(service.file(), pointer, LARGER));
    }

    private static Optional<String> known(String file, String pointer) {
        return file.isEmpty() || pointer.isEmpty() ? Optional.empty() : Optional.of(pointer);
    }

    private static Optional<Remedy> schema(Inventory.Service service) {
        return known(service.file(), service.schema())
                .map(pointer -> new Remedy.Restart(service.file(), "schema", pointer));
    }

    private static Optional<Remedy> restart(Inventory.Service service, Subject place) {
        return service.instances().containsKey(place.name())
                ? known(service.file(), service.generation())
                        .map(pointer -> new Remedy.Restart(service.file(), place.name(), pointer + "/" + place.name()))
                : Optional.empty();
    }

    private static Optional<Remedy> drain(Inventory.Service service, Subject place) {
        return Optional.ofNullable(service.instances().get(place.name()))
                .map(server -> new Remedy.Drain(service.upstream(), server));
    }

    private static Optional<Remedy> markDown(Inventory.Service service, Subject place) {
        return Optional.ofNullable(service.instances().get(place.name()))
                .map(server -> new Remedy.MarkDown(service.upstream(), server));
    }

    private static List<Remedy> standIn(Inventory.Service service, String dependency) {
        Inventory.Call call = service.calls().get(dependency);
        if (call == null || service.file().isEmpty()) {
            return List.of();
        }
        List<Remedy.Configure.Change> changes = new ArrayList<>();
        if (!call.limit().isEmpty()) {
            changes.add(new Remedy.Configure.Change(call.limit(), String.valueOf(SHORT_WAIT)));
        }
        if (!call.fallback().isEmpty()) {
            changes.add(new Remedy.Configure.Change(call.fallback(), "\"" + call.standIn() + "\""));
        }
        return changes.isEmpty() ? List.of() : List.of(new Remedy.Configure(service.file(), changes));
    }

    /** The address that its owner wrote down. */
    private static Optional<Remedy> address(Inventory.Service service, Subject place) {
        Inventory.Call call = service.calls().get(place.name());
        return call == null || call.host().isEmpty() || call.address().isEmpty()
                ? Optional.empty()
                : Optional.of(new Remedy.Configure(
                        service.file(),
                        List.of(new Remedy.Configure.Change(call.host(), "\"" + call.address() + "\""))));
    }

    private Optional<Remedy> rateLimit(Observation observation) {
        return observation
                .figure(Subject.EDGE, Measure.RATE)
                .filter(figure ->
                        figure.usual() >= LEAST_USUAL && !inventory.edge().isEmpty())
                .map(figure -> new Remedy.RateLimit(inventory.edge(), (int) Math.ceil(ROOM * figure.usual())));
    }

    private boolean ofNoService(Deploy deploy) {
        return inventory.services().values().stream()
                .noneMatch(service -> deploy.files().contains(service.file()));
    }

    /** The change that is blamed; nothing where another one built on it, which nobody asked to lose. */
    private Optional<Remedy> revert(Subject place, Instant since, Observation observation) {
        Inventory.Service service = inventory.services().get(place.of());
        return observation
                .changesBefore(since)
                .filter(deploy -> !deploy.files().isEmpty() // nothing of an empty commit can be taken back
                        && (service == null
                                ? ofNoService(deploy)
                                : deploy.files().contains(service.file())))
                .findFirst()
                .filter(blamed -> observation.deploys().stream()
                        .takeWhile(later -> !later.equals(blamed))
                        .allMatch(later -> Collections.disjoint(later.files(), blamed.files())))
                .map((Deploy deploy) ->
                        new Remedy.Revert(deploy.commit(), deploy.files().getFirst()));
    }
}
