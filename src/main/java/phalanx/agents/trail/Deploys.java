package phalanx.agents.trail;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import phalanx.act.git.Commit;
import phalanx.act.git.ConfigRepository;
import phalanx.agents.observe.Deploy;
import phalanx.run.Outcome;

/**
 * What was deployed lately, by the history of the configuration. Anybody may write into a message that a commit is the agents' own: it is
 * when they began the proposal that it names. Any thread.
 */
public final class Deploys implements Supplier<List<Deploy>> {
    /** Commits looked at. */
    private static final int COMMITS = 20;

    private static final String BACK = "-back$";

    private final ConfigRepository repository;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    /** @param repository whose commits are deploys */
    public Deploys(ConfigRepository repository) {
        this.repository = repository;
    }

    /** Notes what the agents do. */
    public void step(Message step) {
        if (step instanceof Message.Begun one) {
            begun.add(one.proposal());
        }
    }

    /** The last ones, newest first; none while the repository cannot be read. */
    @Override
    public List<Deploy> get() {
        return switch (repository.history(COMMITS)) {
            case Outcome.Ok<List<Commit>>(List<Commit> commits) ->
                commits.stream()
                        .map(commit -> new Deploy(
                                commit.at(),
                                commit.id(),
                                commit.files(),
                                begun.contains(commit.proposal().replaceFirst(BACK, ""))))
                        .toList();
            case Outcome.Failed<List<Commit>> _ -> List.of();
        };
    }
}
