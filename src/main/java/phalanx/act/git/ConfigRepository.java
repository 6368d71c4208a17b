package phalanx.act.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.jspecify.annotations.Nullable;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;

/**
 * A bare Git repository whose main branch is the configuration in force. Commits are made in the repository itself, without a working
 * tree; nothing in it is ever run. One fix is one commit, so that taking it back is one commit; what became of it is kept beside it. Any
 * thread, one call at a time.
 */
public final class ConfigRepository implements Forge, AutoCloseable {
    public static final String REFUSED = "PHX-1901";

    private static final PersonIdent WHO = new PersonIdent("Phalanx", "agents@phalanx.invalid");

    private final Repository repository;
    private final GuardedRepository guarded;
    private final RequestBook book;
    /** Guarded by the repository. */
    private @Nullable History history;

    private ConfigRepository(Repository repository) {
        this.repository = repository;
        this.guarded = new GuardedRepository(repository);
        this.book = new RequestBook(repository);
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
            if (repository.resolve(CommitReader.MAIN) == null) {
                repository.close();
                return GuardedRepository.refused("The repository " + folder.getFileName() + " has no branch \"main\".");
            }
            return Outcome.ok(new ConfigRepository(repository));
        } catch (IOException e) {
            return GuardedRepository.refused(
                    "The repository " + folder.getFileName() + " cannot be opened (" + e.getMessage() + ").");
        }
    }

    /** The contents of a file on main; empty where there is none. */
    public Outcome<Optional<String>> read(String file) {
        return guarded.on(commits -> Outcome.ok(Optional.ofNullable(commits.content(commits.main(), file))));
    }

    /** What was asked for last, which holds while main stays. */
    private record History(ObjectId main, int most, List<Commit> commits) {}

    /** The last commits of main, newest first. */
    public Outcome<List<Commit>> history(int most) {
        return guarded.on(commits -> {
            RevCommit next = commits.main();
            History known = history;
            if (known != null && known.main().equals(next) && known.most() == most) { // it is asked for each second
                return Outcome.ok(known.commits());
            }
            ObjectId main = next.copy();
            List<Commit> last = new ArrayList<>();
            while (next != null && last.size() < most) {
                last.add(commits.told(next));
                next = commits.parent(next);
            }
            history = new History(main, most, List.copyOf(last));
            return Outcome.ok(history.commits());
        });
    }

    /**
     * What the files that a commit changed held before it, where nothing changed them since; null contents for files that were not there.
     * Refused where a later commit changed one of them, and for a commit that is not on main or is its first.
     */
    public Outcome<Map<String, @Nullable String>> before(String commit) {
        return guarded.on(commits -> {
            RevCommit main = commits.main();
            RevCommit bad = commits.commit(commit);
            RevCommit parent = commits.parent(bad);
            if (parent == null || !commits.within(bad, main)) {
                return GuardedRepository.refused(
                        "The commit " + commit + " is not one of main that can be taken back.");
            }
            Map<String, @Nullable String> files = new LinkedHashMap<>();
            for (String file : commits.files(bad)) {
                if (commits.changed(bad, main, file)) {
                    return GuardedRepository.refused("A later commit changed " + file + " again; "
                            + commit.substring(0, 8) + " cannot be taken back by itself.");
                }
                files.put(file, commits.content(parent, file));
            }
            return Outcome.ok(files);
        });
    }

    /** Whether a merge request can still be put into force: nobody changed its files since it was made. */
    public Outcome<Boolean> fits(MergeRequest request) {
        return guarded.on(commits -> {
            RevCommit main = commits.main();
            RevCommit base = commits.commit(request.base());
            boolean fits = true;
            for (String file : request.files()) {
                fits &= !commits.changed(base, main, file);
            }
            return Outcome.ok(fits);
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
        String ref = Constants.R_HEADS + branch;
        return guarded.on(commits -> {
            RevCommit main = commits.main();
            Optional<RevCommit> there = commits.find(ref);
            RevCommit made = there.isPresent()
                    ? there.get()
                    : commits.commit(insert(
                            main,
                            files,
                            ForeignText.line(title) + "\n\n" + CommitReader.trailer(ForeignText.line(proposal))
                                    + "\n"));
            if (made.getTree().equals(main.getTree())) {
                return GuardedRepository.refused("The change is in force already.");
            }
            if (there.isEmpty()) {
                CommitWriter.move(repository, ref, ObjectId.zeroId(), made);
            }
            RevCommit base = Objects.requireNonNull(commits.parent(made));
            MergeRequest request = new MergeRequest(
                    proposal,
                    title,
                    branch,
                    base.name(),
                    made.name(),
                    commits.files(made),
                    commits.difference(base, made));
            book.noted(request, WHO.getName());
            return Outcome.ok(request);
        });
    }

    static String branch(String proposal) {
        return "phalanx/" + RequestBook.name(proposal);
    }

    /** What a change of files would look like, as a unified diff. Nothing is kept. */
    public Outcome<String> difference(Map<String, @Nullable String> files) {
        return guarded.on(commits -> {
            RevCommit main = commits.main();
            return Outcome.ok(commits.difference(main, commits.commit(insert(main, files, "tried"))));
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
        Outcome<String> merged = put(request);
        if (merged instanceof Outcome.Ok) { // a note that cannot be made takes nothing out of force
            close(request.id(), RequestRecord.State.MERGED, List.of());
        }
        return merged;
    }

    private Outcome<String> put(MergeRequest request) {
        return guarded.on(commits -> {
            Optional<String> merged = commits.merged(request.id());
            if (merged.isPresent()) {
                return Outcome.ok(merged.get());
            }
            RevCommit main = commits.main();
            RevCommit made = commits.commit(request.commit());
            RevCommit base = commits.commit(request.base());
            if (main.equals(base)) {
                CommitWriter.move(repository, CommitReader.MAIN, main, made);
                return Outcome.ok(made.name());
            }
            Map<String, @Nullable String> files = new TreeMap<>();
            for (String file : commits.files(made)) {
                if (commits.changed(base, main, file)) {
                    return GuardedRepository.refused(
                            file + " was changed on main meanwhile; the merge request does not fit any more.");
                }
                files.put(file, commits.content(made, file));
            }
            ObjectId again = insert(main, files, made.getFullMessage());
            CommitWriter.move(repository, CommitReader.MAIN, main, again);
            return Outcome.ok(again.name());
        });
    }

    /** The commit on main that a proposal became, among the last thousand. */
    public Outcome<Optional<String>> merged(String proposal) {
        return guarded.on(commits -> Outcome.ok(commits.merged(proposal)));
    }

    @Override
    public Outcome<Boolean> refresh() {
        return Outcome.ok(true);
    }

    /** A copy of it elsewhere. @param seconds the longest silence of the other side */
    RemoteCopy copy(String address, CredentialsProvider credentials, int seconds) {
        return new RemoteCopy(repository, guarded, address, credentials, seconds);
    }

    @Override
    public Outcome<String> open(MergeRequest request, String author, List<String> reasons) {
        return guarded.on(_ -> Outcome.ok(book.open(request, author, reasons)));
    }

    /** Notes where a merge request is shown outside. */
    Outcome<Boolean> shownAt(String id, String address) {
        return changed(id, record -> record.shownAt(address));
    }

    @Override
    public Outcome<Boolean> comment(String id, List<String> says) {
        return changed(id, record -> record.saying(says));
    }

    @Override
    public Outcome<Boolean> close(String id, RequestRecord.State state, String why) {
        return close(id, state, List.of(why));
    }

    private Outcome<Boolean> close(String id, RequestRecord.State state, List<String> says) {
        return changed(
                id,
                record -> record.state() == state ? record : record.saying(says).with(state, RequestBook.now()));
    }

    private Outcome<Boolean> changed(String id, UnaryOperator<RequestRecord> change) {
        return guarded.on(_ -> Outcome.ok(book.change(id, change)));
    }

    /** One that was merged before its record could say so is told as merged. */
    @Override
    public Outcome<List<RequestRecord>> requests() {
        return guarded.on(commits -> {
            List<RequestRecord> all = new ArrayList<>();
            for (RequestRecord record : book.all()) {
                all.add(
                        record.state() == RequestRecord.State.OPEN
                                        && commits.merged(record.request().id()).isPresent()
                                ? record.with(RequestRecord.State.MERGED, record.opened())
                                : record);
            }
            return Outcome.ok(all);
        });
    }

    @Override
    public void close() {
        guarded.close();
    }
}
