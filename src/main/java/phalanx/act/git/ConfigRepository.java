package phalanx.act.git;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * A bare Git repository whose main branch is the configuration in force. Commits are made in the repository itself, without a working
 * tree; nothing in it is ever run. One fix is one commit, so that taking it back is one commit; what became of it is kept beside it. Any
 * thread, one call at a time.
 */
public final class ConfigRepository implements Forge, AutoCloseable {
    public static final String REFUSED = "PHX-1901";

    private static final String MAIN = Constants.R_HEADS + "main";
    private static final String TRAILER = "Phalanx-Proposal: ";
    private static final String FOLLOWED = "refs/phalanx/main";
    private static final PersonIdent WHO = new PersonIdent("Phalanx", "agents@phalanx.invalid");
    private static final long LARGEST = 8 << 20;

    private static final System.Logger LOG = System.getLogger("phalanx.act");

    private final Repository repository;
    /** Opens with the fifth failure in a row, for growing times (Nygard, Release It, 2007: circuit breaker). */
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "repository",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(5)
                    .minimumNumberOfCalls(5)
                    .failureRateThreshold(100)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitIntervalFunctionInOpenState(
                            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1)))
                    .build());

    private final RequestBook book;

    private ConfigRepository(Repository repository) {
        this.repository = repository;
        this.book = new RequestBook(repository);
        breaker.getEventPublisher().onStateTransition(change -> {
            switch (change.getStateTransition()) {
                case CLOSED_TO_OPEN ->
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "The repository fails; the agents leave it alone for a while.");
                case HALF_OPEN_TO_CLOSED -> LOG.log(System.Logger.Level.INFO, "The repository can be used again.");
                default -> {
                    // tried again
                }
            }
        });
    }

    /** Opens a bare repository with a main branch. */
    public static Outcome<ConfigRepository> open(Path folder) {
        OwnSettings.use();
        try {
            Repository repository = new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
            if (repository.resolve(MAIN) == null) {
                repository.close();
                return refused("The repository " + folder.getFileName() + " has no branch \"main\".");
            }
            return Outcome.ok(new ConfigRepository(repository));
        } catch (IOException e) {
            return refused("The repository " + folder.getFileName() + " cannot be opened (" + e.getMessage() + ").");
        }
    }

    private static <T> Outcome<T> refused(String what) {
        return Outcome.failed(new Problem(
                REFUSED,
                what,
                "Look at the repository; its main branch stays as it was, and so does what is deployed."));
    }

    /** Work on the repository. */
    @FunctionalInterface
    private interface Work<T> {
        Outcome<T> in(ObjectReader reader) throws IOException;
    }

    private synchronized <T> Outcome<T> on(Work<T> work) {
        if (!breaker.tryAcquirePermission()) {
            return refused("The repository could not be used several times in a row, and is left alone for a while.");
        }
        long from = System.nanoTime();
        try (ObjectReader reader = repository.newObjectReader()) {
            Outcome<T> came = work.in(reader);
            breaker.onSuccess(System.nanoTime() - from, TimeUnit.NANOSECONDS);
            return came;
        } catch (IOException | RuntimeException e) { // JGit tells of damaged objects by both
            breaker.onError(System.nanoTime() - from, TimeUnit.NANOSECONDS, e);
            return refused("The repository could not be used (" + e.getMessage() + ").");
        }
    }

    private RevCommit commit(RevWalk walk, String name) throws IOException {
        ObjectId id = repository.resolve(name);
        if (id == null) {
            throw new MissingObjectException(ObjectId.zeroId(), name);
        }
        return walk.parseCommit(id);
    }

    /** The contents of a file on main; empty where there is none. */
    public Outcome<Optional<String>> read(String file) {
        return on(reader -> {
            try (RevWalk walk = new RevWalk(reader)) {
                return Outcome.ok(Optional.ofNullable(content(reader, commit(walk, MAIN), file)));
            }
        });
    }

    private static @Nullable String content(ObjectReader reader, RevCommit commit, String file) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, file, commit.getTree())) {
            return walk == null || (walk.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE
                    ? null
                    : new String(
                            reader.open(walk.getObjectId(0)).getCachedBytes((int) LARGEST), StandardCharsets.UTF_8);
        }
    }

    /** The last commits of main, newest first. */
    public Outcome<List<Commit>> history(int most) {
        return on(reader -> {
            List<Commit> commits = new ArrayList<>();
            try (RevWalk walk = new RevWalk(reader)) {
                RevCommit next = commit(walk, MAIN);
                while (next != null && commits.size() < most) {
                    commits.add(told(reader, walk, next));
                    next = parent(walk, next);
                }
            }
            return Outcome.ok(commits);
        });
    }

    private static @Nullable RevCommit parent(RevWalk walk, RevCommit commit) throws IOException {
        return commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
    }

    private Commit told(ObjectReader reader, RevWalk walk, RevCommit commit) throws IOException {
        List<String> files = new ArrayList<>();
        for (DiffEntry entry : entries(reader, parent(walk, commit), commit)) {
            files.add(entry.getChangeType() == DiffEntry.ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath());
        }
        return new Commit(
                commit.name(),
                Instant.ofEpochSecond(commit.getCommitTime()),
                commit.getAuthorIdent().getName(),
                commit.getShortMessage(),
                files,
                proposal(commit));
    }

    private static String proposal(RevCommit commit) {
        return commit.getFullMessage()
                .lines()
                .filter(line -> line.startsWith(TRAILER))
                .map(line -> line.substring(TRAILER.length()).strip())
                .reduce((_, last) -> last) // behind whatever a title says
                .orElse("");
    }

    private List<DiffEntry> entries(ObjectReader reader, @Nullable RevCommit from, RevCommit to) throws IOException {
        try (DiffFormatter formatter = new DiffFormatter(new ByteArrayOutputStream())) {
            formatter.setRepository(repository);
            return formatter.scan(
                    from == null ? new EmptyTreeIterator() : new CanonicalTreeParser(null, reader, from.getTree()),
                    new CanonicalTreeParser(null, reader, to.getTree()));
        }
    }

    private String difference(ObjectReader reader, RevCommit from, RevCommit to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.setRepository(repository);
            formatter.format(
                    new CanonicalTreeParser(null, reader, from.getTree()),
                    new CanonicalTreeParser(null, reader, to.getTree()));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * What the files that a commit changed held before it, where nothing changed them since; null contents for files that were not there.
     * Refused where a later commit changed one of them, and for a commit that is not on main or is its first.
     */
    public Outcome<Map<String, @Nullable String>> before(String commit) {
        return on(reader -> {
            try (RevWalk walk = new RevWalk(reader)) {
                RevCommit main = commit(walk, MAIN);
                RevCommit bad = commit(walk, commit);
                RevCommit parent = parent(walk, bad);
                if (parent == null || !walk.isMergedInto(bad, main)) {
                    return refused("The commit " + commit + " is not one of main that can be taken back.");
                }
                Map<String, @Nullable String> files = new LinkedHashMap<>();
                for (String file : told(reader, walk, bad).files()) {
                    if (changed(reader, bad, main, file)) {
                        return refused("A later commit changed " + file + " again; " + commit.substring(0, 8)
                                + " cannot be taken back by itself.");
                    }
                    files.put(file, content(reader, parent, file));
                }
                return Outcome.ok(files);
            }
        });
    }

    private static boolean changed(ObjectReader reader, RevCommit from, RevCommit to, String file) throws IOException {
        return !Objects.equals(content(reader, from, file), content(reader, to, file));
    }

    /** Whether a merge request can still be put into force: nobody changed its files since it was made. */
    public Outcome<Boolean> fits(MergeRequest request) {
        return on(reader -> {
            try (RevWalk walk = new RevWalk(reader)) {
                RevCommit main = commit(walk, MAIN);
                RevCommit base = commit(walk, request.base());
                boolean fits = true;
                for (String file : request.files()) {
                    fits &= !changed(reader, base, main, file);
                }
                return Outcome.ok(fits);
            }
        });
    }

    /**
     * Makes a branch with one commit on top of main.
     *
     * @param proposal who asks for it; told again, the same branch is answered
     * @param files new contents by name, null to take a file away
     */
    public Outcome<MergeRequest> propose(String proposal, String title, Map<String, @Nullable String> files) {
        String branch = branch(proposal);
        return on(reader -> {
            try (RevWalk walk = new RevWalk(reader)) {
                RevCommit main = commit(walk, MAIN);
                ObjectId there = repository.resolve(Constants.R_HEADS + branch);
                RevCommit made = there != null
                        ? walk.parseCommit(there)
                        : walk.parseCommit(insert(
                                main,
                                files,
                                ForeignText.line(title) + "\n\n" + trailer(ForeignText.line(proposal)) + "\n"));
                if (made.getTree().equals(main.getTree())) {
                    return refused("The change is in force already.");
                }
                if (there == null) {
                    CommitWriter.move(repository, Constants.R_HEADS + branch, ObjectId.zeroId(), made);
                }
                RevCommit base = Objects.requireNonNull(parent(walk, made));
                MergeRequest request = new MergeRequest(
                        proposal,
                        title,
                        branch,
                        base.name(),
                        made.name(),
                        told(reader, walk, made).files(),
                        difference(reader, base, made));
                noted(request);
                return Outcome.ok(request);
            }
        });
    }

    static String branch(String proposal) {
        return "phalanx/" + RequestBook.name(proposal);
    }

    /** The line of a commit's message that names the proposal. */
    static String trailer(String proposal) {
        return TRAILER + proposal;
    }

    private RequestRecord noted(MergeRequest request) throws IOException {
        Optional<RequestRecord> there = book.get(request.id());
        RequestRecord record = there.orElseGet(() -> new RequestRecord(
                request,
                RequestRecord.incident(request.id()),
                WHO.getName(),
                RequestRecord.State.OPEN,
                now(),
                Optional.empty(),
                List.of(),
                ""));
        if (there.isEmpty()) {
            book.put(record);
        }
        return record;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What a change of files would look like, as a unified diff. Nothing is kept. */
    public Outcome<String> difference(Map<String, @Nullable String> files) {
        return on(reader -> {
            try (RevWalk walk = new RevWalk(reader)) {
                RevCommit main = commit(walk, MAIN);
                RevCommit made = walk.parseCommit(insert(main, files, "tried"));
                return Outcome.ok(difference(reader, main, made));
            }
        });
    }

    private ObjectId insert(RevCommit base, Map<String, @Nullable String> files, String message) throws IOException {
        return CommitWriter.write(repository, Optional.of(base), files, new PersonIdent(WHO, Instant.now()), message);
    }

    /**
     * Puts a merge request into force: main gets its commit, or the same change on top of what came since.
     *
     * @return the commit on main; refused when a file of it was changed meanwhile
     */
    @Override
    public Outcome<String> merge(MergeRequest request) {
        return put(request)
                .then(commit -> decide(request.id(), RequestRecord.State.MERGED, List.of())
                        .then(_ -> Outcome.ok(commit)));
    }

    private Outcome<String> put(MergeRequest request) {
        return on(reader -> {
            Optional<String> merged = merged(reader, request.id());
            if (merged.isPresent()) {
                return Outcome.ok(merged.get());
            }
            try (RevWalk walk = new RevWalk(reader)) {
                RevCommit main = commit(walk, MAIN);
                RevCommit made = commit(walk, request.commit());
                RevCommit base = commit(walk, request.base());
                if (main.equals(base)) {
                    CommitWriter.move(repository, MAIN, main, made);
                    return Outcome.ok(made.name());
                }
                Map<String, @Nullable String> files = new TreeMap<>();
                for (String file : told(reader, walk, made).files()) {
                    if (changed(reader, base, main, file)) {
                        return refused(
                                file + " was changed on main meanwhile; the merge request does not fit any more.");
                    }
                    files.put(file, content(reader, made, file));
                }
                ObjectId again = insert(main, files, made.getFullMessage());
                CommitWriter.move(repository, MAIN, main, again);
                return Outcome.ok(again.name());
            }
        });
    }

    /** The commit on main that a proposal became, among the last thousand. */
    public Outcome<Optional<String>> merged(String proposal) {
        return on(reader -> Outcome.ok(merged(reader, proposal)));
    }

    private Optional<String> merged(ObjectReader reader, String proposal) throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            RevCommit next = commit(walk, MAIN);
            for (int i = 0; next != null && i < 1_000; i++) {
                if (proposal(next).equals(proposal)) {
                    return Optional.of(next.name());
                }
                next = parent(walk, next);
            }
            return Optional.empty();
        }
    }

    @Override
    public Outcome<Boolean> refresh() {
        return Outcome.ok(true);
    }

    /** Work with a repository elsewhere. */
    @FunctionalInterface
    interface Exchange {
        void with(Transport line) throws IOException, URISyntaxException;
    }

    /** Takes over the main branch of a copy elsewhere, where it only went on. */
    Outcome<Boolean> follow(String remote, CredentialsProvider credentials, int seconds) {
        return exchange(remote, credentials, seconds, line -> {
                    line.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + MAIN + ":" + FOLLOWED)));
                })
                .then(_ -> on(reader -> {
                    try (RevWalk walk = new RevWalk(reader)) {
                        RevCommit main = commit(walk, MAIN);
                        RevCommit there = commit(walk, FOLLOWED);
                        if (!walk.isMergedInto(main, there)) {
                            return refused("Main here has commits that the copy elsewhere lacks.");
                        }
                        CommitWriter.move(repository, MAIN, main, there);
                        return Outcome.ok(true);
                    }
                }));
    }

    /** Gives a branch to a copy elsewhere. */
    Outcome<Boolean> send(String branch, String remote, CredentialsProvider credentials, int seconds) {
        String ref = Constants.R_HEADS + branch;
        return exchange(remote, credentials, seconds, line -> {
            PushResult result = line.push(
                    NullProgressMonitor.INSTANCE,
                    line.findRemoteRefUpdatesFor(List.of(new RefSpec("+" + ref + ":" + ref))));
            RemoteRefUpdate update = Objects.requireNonNull(result.getRemoteUpdate(ref));
            switch (update.getStatus()) {
                case OK, UP_TO_DATE -> {
                    // done
                }
                default -> throw new IOException("the branch is not taken: " + update.getStatus());
            }
        });
    }

    private Outcome<Boolean> exchange(String remote, CredentialsProvider credentials, int seconds, Exchange exchange) {
        return on(_ -> {
            try (Transport line = Transport.open(repository, new URIish(remote))) {
                line.setCredentialsProvider(credentials);
                line.setTimeout(seconds);
                exchange.with(line);
                return Outcome.ok(true);
            } catch (URISyntaxException e) {
                throw new IOException(remote + " is no address of a repository", e);
            }
        });
    }

    @Override
    public Outcome<String> open(MergeRequest request, String author, List<String> reasons) {
        return on(_ -> {
            RequestRecord record = noted(request);
            book.put(new RequestRecord(
                    request,
                    record.incident(),
                    author,
                    record.state(),
                    record.opened(),
                    record.decided(),
                    record.notes().isEmpty() ? reasons : record.notes(),
                    record.address()));
            return Outcome.ok(RequestBook.PLACE + RequestBook.name(request.id()));
        });
    }

    /** Notes where a merge request is shown outside. */
    Outcome<Boolean> shownAt(String id, String address) {
        return changed(id, record -> record.with(record.notes(), address));
    }

    @Override
    public Outcome<Boolean> comment(String id, List<String> says) {
        return changed(id, record -> record.with(joined(record.notes(), says), record.address()));
    }

    private static List<String> joined(List<String> before, List<String> says) {
        return Stream.concat(before.stream(), says.stream())
                .limit(RequestBook.NOTES)
                .toList();
    }

    @Override
    public Outcome<Boolean> close(String id, RequestRecord.State state, String why) {
        return decide(id, state, List.of(why));
    }

    private Outcome<Boolean> decide(String id, RequestRecord.State state, List<String> says) {
        return changed(
                id,
                record -> record.state() == state
                        ? record
                        : record.with(joined(record.notes(), says), record.address())
                                .with(state, now()));
    }

    private Outcome<Boolean> changed(String id, UnaryOperator<RequestRecord> change) {
        return on(_ -> {
            Optional<RequestRecord> there = book.get(id);
            if (there.isPresent()) {
                book.put(change.apply(there.get()));
            }
            return Outcome.ok(there.isPresent());
        });
    }

    /** One that was merged before its record could say so is told as merged. */
    @Override
    public Outcome<List<RequestRecord>> requests() {
        return on(reader -> {
            List<RequestRecord> all = new ArrayList<>();
            for (RequestRecord record : book.all()) {
                all.add(
                        record.state() == RequestRecord.State.OPEN
                                        && merged(reader, record.request().id()).isPresent()
                                ? record.with(RequestRecord.State.MERGED, record.opened())
                                : record);
            }
            return Outcome.ok(all);
        });
    }

    @Override
    public synchronized void close() {
        repository.close();
    }
}
