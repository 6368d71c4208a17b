package phalanx.act.hook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something outside that the user declared, to be told to act: by a command or at an address. Immutable, any thread. */
public sealed interface Hook {
    /** What it is for: words of causes. */
    Set<String> causes();

    /** The longest that one call may take. */
    Duration limit();

    /** What it is asked for. */
    enum Action {
        /** To say what it would do, without doing it. */
        DRY_RUN,
        RUN,
        /** To take back what it did. */
        WAY_BACK
    }

    /**
     * A command, without a shell.
     *
     * @param words of each action: the program with its whole path, then arguments, which may hold placeholders
     * @param environment all that the program gets of it
     */
    record Command(Set<String> causes, Map<Action, List<String>> words, Map<String, String> environment, Duration limit)
            implements Hook {
        public Command {
            causes = Set.copyOf(causes);
            words = Map.copyOf(words);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * An address that gets a JSON text by POST.
     *
     * @param privately whether it may be one of a private network or of this machine
     */
    record Address(Set<String> causes, Map<Action, URI> places, boolean privately, Duration limit) implements Hook {
        public Address {
            causes = Set.copyOf(causes);
            places = Map.copyOf(places);
        }
    }
}
