package phalanx.act.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Reads commits of a repository without a working tree, open for one piece of work; {@link CommitWriter} writes them. One thread. */
final class CommitReader implements AutoCloseable {
    /** The branch that is in force. */
    static final String MAIN = Constants.R_HEADS + "main";

    private static final String TRAILER = "Phalanx-Proposal: ";
    /** Octets of a file; a larger one is an error. */
    private static final int LARGEST = 8 << 20;
    /** Commits of main that are searched for a proposal. */
    private static final int SEARCHED = 1_000;

    private final Repository repository;
    private final ObjectReader objects;
    private final RevWalk walk;

    CommitReader(Repository repository) {
        this.repository = repository;
        this.objects = repository.newObjectReader();
        this.walk = new RevWalk(objects);
    }

    /** The line of a commit's message that names the proposal. */
    static String trailer(String proposal) {
        return TRAILER + proposal;
    }

    RevCommit main() throws IOException {
        return commit(MAIN);
    }

    /** @param name an id or a ref @throws MissingObjectException where there is none */
    RevCommit commit(String name) throws IOException {
        Optional<RevCommit> commit = find(name);
        if (commit.isEmpty()) {
            throw new MissingObjectException(ObjectId.zeroId(), name);
        }
        return commit.get();
    }

    Optional<RevCommit> find(String name) throws IOException {
        ObjectId id = repository.resolve(name);
        return id == null ? Optional.empty() : Optional.of(commit(id));
    }

    RevCommit commit(AnyObjectId id) throws IOException {
        return walk.parseCommit(id);
    }

    /** The first parent; null for the first commit. */
    @Nullable
    RevCommit parent(RevCommit commit) throws IOException {
        return commit.getParentCount() == 0 ? null : commit(commit.getParent(0));
    }

    /** Whether a commit is another, or came before it on its branch. */
    boolean within(RevCommit commit, RevCommit other) throws IOException {
        return walk.isMergedInto(commit, other);
    }

    /** The contents of a file; null where there is none. */
    @Nullable
    String content(RevCommit commit, String file) throws IOException {
        try (TreeWalk tree = TreeWalk.forPath(objects, file, commit.getTree())) {
            return tree == null || (tree.getRawMode(0) & FileMode.TYPE_MASK) != FileMode.TYPE_FILE
                    ? null
                    : new String(objects.open(tree.getObjectId(0)).getCachedBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    /** Whether a file is another in two commits. */
    boolean changed(RevCommit from, RevCommit to, String file) throws IOException {
        return !Objects.equals(content(from, file), content(to, file));
    }

    /** A commit as people read it. */
    Commit told(RevCommit commit) throws IOException {
        return new Commit(
                commit.name(),
                Instant.ofEpochSecond(commit.getCommitTime()),
                commit.getAuthorIdent().getName(),
                commit.getShortMessage(),
                files(commit),
                proposal(commit));
    }

    /** The files that a commit changed. */
    List<String> files(RevCommit commit) throws IOException {
        RevCommit parent = parent(commit);
        List<String> files = new ArrayList<>();
        try (DiffFormatter formatter = formatter(new ByteArrayOutputStream())) {
            for (DiffEntry entry :
                    formatter.scan(parent == null ? new EmptyTreeIterator() : tree(parent), tree(commit))) {
                files.add(
                        entry.getChangeType() == DiffEntry.ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath());
            }
        }
        return files;
    }

    /** What two commits differ in, as a unified diff. */
    String difference(RevCommit from, RevCommit to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = formatter(out)) {
            formatter.format(tree(from), tree(to));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private DiffFormatter formatter(ByteArrayOutputStream out) {
        DiffFormatter formatter = new DiffFormatter(out);
        formatter.setRepository(repository);
        return formatter;
    }

    private AbstractTreeIterator tree(RevCommit commit) throws IOException {
        return new CanonicalTreeParser(null, objects, commit.getTree());
    }

    private static String proposal(RevCommit commit) {
        return commit.getFullMessage()
                .lines()
                .filter(line -> line.startsWith(TRAILER))
                .map(line -> line.substring(TRAILER.length()).strip())
                .reduce((_, last) -> last) // behind whatever a title says
                .orElse("");
    }

    /** The commit on main that a proposal became, among the last thousand. */
    Optional<String> merged(String proposal) throws IOException {
        RevCommit next = main();
        for (int i = 0; next != null && i < SEARCHED; i++) {
            if (proposal(next).equals(proposal)) {
                return Optional.of(next.name());
            }
            next = parent(next);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        walk.close();
        objects.close();
    }
}
