package phalanx.act.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Writes commits into a repository without a working tree. Any thread. */
public final class CommitWriter {
    private CommitWriter() {}

    /**
     * Writes a commit; no branch is moved.
     *
     * @param base what it goes on top of; empty for the first
     * @param changes new contents by the names of files, null to take one away
     * @param who author and committer
     */
    public static ObjectId write(
            Repository repository,
            Optional<RevCommit> base,
            Map<String, @Nullable String> changes,
            PersonIdent who,
            String message)
            throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            Map<String, FileMode> modes = base.isPresent() ? keep(repository, base.get(), changes, builder) : Map.of();
            for (Map.Entry<String, @Nullable String> file : new TreeMap<>(changes).entrySet()) {
                String text = file.getValue();
                if (text != null) {
                    ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
                    builder.add(entry(file.getKey(), modes.getOrDefault(file.getKey(), FileMode.REGULAR_FILE), blob));
                }
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setAuthor(who);
            commit.setCommitter(who);
            commit.setMessage(message);
            base.ifPresent(commit::setParentId);
            commit.setTreeId(index.writeTree(inserter));
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    /** Keeps what is not changed. @return how the files that are changed were kept before */
    private static Map<String, FileMode> keep(
            Repository repository, RevCommit base, Map<String, @Nullable String> changes, DirCacheBuilder builder)
            throws IOException {
        Map<String, FileMode> modes = new HashMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(base.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                if (changes.containsKey(walk.getPathString())) {
                    modes.put(walk.getPathString(), walk.getFileMode(0));
                } else {
                    builder.add(entry(walk.getPathString(), walk.getFileMode(0), walk.getObjectId(0)));
                }
            }
        }
        return modes;
    }

    private static DirCacheEntry entry(String path, FileMode mode, ObjectId content) {
        DirCacheEntry entry = new DirCacheEntry(path); // refuses .git, .. and the like
        entry.setFileMode(mode);
        entry.setObjectId(content);
        return entry;
    }

    /**
     * Moves a branch.
     *
     * @param from where it is; the zero id for a new one
     * @throws IOException where it is elsewhere by now
     */
    public static void move(Repository repository, String branch, ObjectId from, ObjectId to) throws IOException {
        RefUpdate update = repository.updateRef(branch);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        update.setRefLogMessage("phalanx", false);
        update.setForceUpdate(true); // checked by the expected id
        RefUpdate.Result result = update.update();
        switch (result) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {
                // done
            }
            default -> throw new IOException("the branch was changed at the same time: " + result);
        }
    }
}
