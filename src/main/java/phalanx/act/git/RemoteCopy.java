package phalanx.act.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import phalanx.run.Outcome;

/**
 * The copy of a repository elsewhere, whose main the one here follows.
 *
 * @param guarded the one here, with its breaker
 * @param address where the copy is
 * @param seconds the longest silence of the other side
 */
record RemoteCopy(
        Repository repository,
        GuardedRepository guarded,
        String address,
        CredentialsProvider credentials,
        int seconds) {
    private static final String FOLLOWED = "refs/phalanx/main";

    /** Work with the other side. */
    @FunctionalInterface
    private interface Exchange {
        void with(Transport line) throws IOException, URISyntaxException;
    }

    /** Takes over the main branch there, where it only went on. */
    Outcome<Boolean> follow() {
        return exchange(line -> {
                    line.fetch(
                            NullProgressMonitor.INSTANCE,
                            List.of(new RefSpec("+" + CommitReader.MAIN + ":" + FOLLOWED)));
                })
                .then(_ -> guarded.on(commits -> {
                    RevCommit main = commits.main();
                    RevCommit there = commits.commit(FOLLOWED);
                    if (!commits.within(main, there)) {
                        return GuardedRepository.refused("Main here has commits that the copy elsewhere lacks.");
                    }
                    CommitWriter.move(repository, CommitReader.MAIN, main, there);
                    return Outcome.ok(true);
                }));
    }

    /** Gives a branch to it. */
    Outcome<Boolean> send(String branch) {
        String ref = Constants.R_HEADS + branch;
        return exchange(line -> {
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

    private Outcome<Boolean> exchange(Exchange exchange) {
        return guarded.beside(_ -> {
            try (Transport line = Transport.open(repository, new URIish(address))) {
                line.setCredentialsProvider(credentials);
                line.setTimeout(seconds);
                exchange.with(line);
                return Outcome.ok(true);
            } catch (URISyntaxException e) {
                throw new IOException(address + " is no address of a repository", e);
            }
        });
    }
}
