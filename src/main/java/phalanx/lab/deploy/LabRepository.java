package phalanx.lab.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import phalanx.act.git.CommitWriter;

/** The bare repository that the lab is deployed from; its branch is {@code main}. Any thread. */
public final class LabRepository implements AutoCloseable {
    private static final String MAIN = Constants.R_HEADS + "main";

    private final Path folder;
    private final Repository repository;

    /** Opens it, or makes it. */
    public LabRepository(Path folder) throws IOException {
        this.folder = folder;
        repository = new FileRepository(folder.toFile());
        if (!Files.exists(folder.resolve(Constants.HEAD))) {
            repository.create(true);
            RefUpdate head = repository.updateRef(Constants.HEAD);
            head.link(MAIN);
        }
    }

    /** What may be cloned from and pushed to. */
    public Path folder() {
        return folder;
    }

    /**
     * A commit of the branch.
     *
     * @param id 40 hexadecimal digits
     * @param files their texts by their paths
     */
    public record Snapshot(String id, Map<String, String> files) {
        public Snapshot {
            files = Map.copyOf(files);
        }
    }

    /** The branch's newest commit; empty where there is none. */
    public Optional<String> head() throws IOException {
        Ref ref = repository.exactRef(MAIN);
        return ref == null || ref.getObjectId() == null
                ? Optional.empty()
                : Optional.of(ref.getObjectId().name());
    }

    /** The files of a commit. */
    public Snapshot at(String commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(walk.parseCommit(ObjectId.fromString(commit)).getTree());
            tree.setRecursive(true);
            Map<String, String> files = new TreeMap<>();
            while (tree.next()) {
                files.put(
                        tree.getPathString(),
                        new String(repository.open(tree.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
            }
            return new Snapshot(commit, files);
        }
    }

    /** The commit before one; empty for the first. */
    public Optional<String> before(String commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit at = walk.parseCommit(ObjectId.fromString(commit));
            return at.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(at.getParent(0).name());
        }
    }

    /**
     * Puts a commit on the branch, of the files that it has with some of them changed.
     *
     * @param author a name; its address is of this lab
     * @return the commit's id
     * @throws IOException it cannot be written, or somebody else pushed in between
     */
    public String commit(String author, String message, UnaryOperator<Map<String, String>> change) throws IOException {
        Optional<String> parent = head();
        Map<String, String> before = parent.isPresent() ? at(parent.get()).files() : Map.of();
        Map<String, @Nullable String> changes = new TreeMap<>(change.apply(new TreeMap<>(before)));
        before.keySet().forEach(file -> changes.putIfAbsent(file, null));
        PersonIdent who =
                new PersonIdent(author, author.replace(' ', '.') + "@lab.test", Instant.now(), ZoneOffset.UTC);
        try (RevWalk walk = new RevWalk(repository)) {
            Optional<RevCommit> base = parent.isPresent()
                    ? Optional.of(walk.parseCommit(ObjectId.fromString(parent.get())))
                    : Optional.empty();
            ObjectId id = CommitWriter.write(repository, base, changes, who, message);
            CommitWriter.move(repository, MAIN, base.map(RevCommit::getId).orElseGet(ObjectId::zeroId), id);
            return id.name();
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
