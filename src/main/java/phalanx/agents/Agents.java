package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import phalanx.act.ByChannel;
import phalanx.act.GitRemedies;
import phalanx.act.ProxyRemedies;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.Forge;
import phalanx.act.git.RequestRecord;
import phalanx.agents.cause.Calibration;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Trust;
import phalanx.agents.memory.Precedent;
import phalanx.agents.memory.Precedents;
import phalanx.agents.observe.ErrorBudget;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Observer;
import phalanx.agents.observe.Subject;
import phalanx.agents.observe.WireFinding;
import phalanx.agents.review.Jules;
import phalanx.agents.trail.CaseTrail;
import phalanx.agents.trail.Deploys;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.RequestNotes;
import phalanx.agents.trail.StepLog;
import phalanx.casefile.Case;
import phalanx.config.HostPort;
import phalanx.explain.language.SentenceVectors;
import phalanx.run.InTurn;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.telemetry.Telemetry;

/** The agents at work: they look each second, and do what their policy lets them. Any thread. */
public final class Agents implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Looks until what is usual is known: trouble before that is not worked on. */
    private static final int LEARNING = 15;

    private static final Duration BUDGET = Duration.ofHours(1);

    private final AgentLoop loop;
    private final Steering steering;
    private final Observer observer;
    private final Bus bus;
    private final ConfigRepository repository;
    private final InTurn workers = new InTurn("fixer");
    private final InTurn clerk = new InTurn("jules");
    private final Reviews reviews;
    private final InstantSource clock;
    private final Optional<Thrift> thrift;
    private volatile boolean closed;
    private int looks;

    private Agents(
            Site site,
            Means means,
            CaseTrail trail,
            CaseTrail.Kept before,
            ConfigRepository repository,
            Consumer<Message> shown,
            InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
        this.thrift = means.thrift();
        this.bus = means.bus().get();
        Deploys deploys = new Deploys(repository);
        before.steps().forEach(deploys::step);
        ErrorBudget budget = new ErrorBudget(0.99, BUDGET.toMillis());
        this.observer = new Observer(site.proxy().log(), site.inventory(), deploys, budget);
        Calibration calibration = new Calibration();
        Precedents precedents = precedents(trail, before.precedents(), calibration);
        Forge forge = means.outside().forge(repository);
        RemedyBook book = new RemedyBook(site.inventory(), means.outside().hooks());
        Cag cag = new Cag(precedents, site.inventory(), book, calibration);
        Brain brain = new Brain(site.inventory(), book, calibration);
        SloWatch scout = new SloWatch(
                site.objectives(), () -> budget.spent(clock.instant().toEpochMilli()) >= 1);
        Crew crew = new Crew(
                scout,
                List.of(cag, brain),
                List.of(scout, cag, brain, new Reviewer()),
                new ByChannel(
                        Optional.of(new ProxyRemedies(site.proxy())),
                        Optional.of(new GitRemedies(repository, site.proxyFile(), forge)),
                        means.outside().remedies().map(hooks -> hooks)),
                cag);
        Trust trust = new Trust(site.policy());
        CaseTrail.trust(before.steps()).forEach(trust::learned);
        Jules jules = new Jules(repository, forge, site.inventory(), site.proxyFile(), ZoneId.systemDefault());
        this.reviews =
                new Reviews(jules, site.policy().review(), precedents::all, before.steps(), this::note, clerk, clock);
        RequestNotes notes = new RequestNotes(forge, clerk);
        this.loop = new AgentLoop(
                crew,
                site.policy(),
                new Guardrail(site.rules(), ZoneId.systemDefault()),
                trust,
                bus,
                trail,
                workers,
                step -> {
                    steering().happened(step);
                    deploys.step(step);
                    notes.step(step);
                    shown.accept(step);
                },
                Pace.STANDARD);
        this.steering = new Steering(loop, reviews::answer, site.policy(), site.environment(), before.entries(), clock);
    }

    /** Memory of past incidents, and what became of the causes that were named then. */
    private Precedents precedents(CaseTrail trail, List<Precedent> before, Calibration calibration) {
        SentenceVectors vectors = new SentenceVectors();
        workers.execute(() -> vectors.of("all is well")); // the first text takes a second, which nobody waits for now
        Precedents precedents = new Precedents(
                text -> thrift.filter(Thrift::tight).isPresent()
                        ? new float[SentenceVectors.DIMENSIONS] // like nothing that is remembered
                        : vectors.of(text),
                trail::keep);
        before.forEach(precedent -> {
            precedents.remembered(precedent);
            calibration.outcome(precedent.cause(), precedent.healed());
        });
        return precedents;
    }

    private boolean note(Message step) {
        return loop.note(step);
    }

    /** How people see them and steer them. */
    public Steering steering() {
        return steering;
    }

    /** The steps that a case has, oldest first, with nobody at work: what the agents did. Waits for the disk. */
    public static Outcome<List<StepLog.Entry>> trail(Case kept) {
        return new CaseTrail(kept).entries();
    }

    /** Starts them. @param shown told of each step on a thread of theirs */
    public static Outcome<Agents> start(Site site, Means means, Consumer<Message> shown) {
        CaseTrail trail = new CaseTrail(site.kept());
        return trail.kept()
                .then(before -> ConfigRepository.open(site.repository()).then(repository -> {
                    InstantSource clock = InstantSource.system();
                    Agents agents = new Agents(site, means, trail, before, repository, shown, clock);
                    agents.loop.resume(before.steps(), clock.instant());
                    agents.loop.begin();
                    agents.reviews.resume(before.steps());
                    Jobs.assistant("scout", agents::watch);
                    return Outcome.ok(agents);
                }));
    }

    /** Takes what services tell of themselves. */
    public void take(Telemetry came) {
        observer.take(came.spans(), came.series(), clock.instant());
    }

    /** The servers that the inventory knows, and the way to each; those whose address it writes as a name are left out. */
    public Map<HostPort, Subject> servers() {
        return observer.servers();
    }

    /** Takes a TCP segment that was captured on the way to a server, as {@link Observer#segment} says. */
    public void segment(Subject way, boolean again, boolean reset, long second, String file, long frame) {
        observer.segment(way, again, reset, second, file, frame);
    }

    /** Takes what the analysis found in the packets that were captured last, in place of what it found before. */
    public void found(List<WireFinding> findings) {
        observer.found(findings);
    }

    private void watch() {
        long next = System.nanoTime();
        while (!closed) {
            next += LOOK.toNanos();
            try {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                look();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                System.getLogger("phalanx.agents").log(System.Logger.Level.ERROR, "a look was lost", e);
            }
        }
    }

    private void look() {
        thrift.ifPresent(Thrift::look);
        Instant now = clock.instant();
        Observation observation = observer.look(now);
        if (++looks > LEARNING) {
            loop.tick(observation);
            reviews.look(observation);
        }
        if (loop.open().isEmpty() && loop.wellAt(observation)) {
            observer.learn(); // what trouble brings is not usual
        }
    }

    /** Has Jules look through memory and configuration now. */
    public void review() {
        reviews.review(clock.instant());
    }

    /** What became of merge requests, the newest first. */
    public Outcome<List<RequestRecord>> requests() {
        return repository.requests();
    }

    /** Notes, as a step that all are told of, where an incident was written down for a person, or why it was not. */
    public void filed(String incident, String says) {
        bus.publish(new Message.Filed(clock.instant(), incident, says));
    }

    /** Whether trouble is being worked on. */
    public boolean busy() {
        Collection<?> open = loop.open();
        return !open.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        bus.close();
        workers.close();
        clerk.close();
        repository.close();
    }
}
