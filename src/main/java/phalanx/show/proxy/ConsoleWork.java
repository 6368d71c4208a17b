package phalanx.show.proxy;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Told;

/** What the console has done elsewhere, and what it says of it in one line. Screen thread. */
final class ConsoleWork {
    private final Jobs jobs;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");

    ConsoleWork(Jobs jobs) {
        this.jobs = jobs;
    }

    /** What happened last. */
    ReadOnlyStringProperty message() {
        return message.getReadOnlyProperty();
    }

    void say(String what) {
        message.set(what);
    }

    /** Does work elsewhere and takes its result here; a problem becomes the message. */
    <T> void start(String name, Supplier<Outcome<T>> work, Consumer<T> done) {
        start(name, work, () -> {}, done);
    }

    /** The same; {@code over} is told here in either case, before. */
    <T> void start(String name, Supplier<Outcome<T>> work, Runnable over, Consumer<T> done) {
        jobs.<T>start(name, _ -> work.get(), _ -> {}, outcome -> {
            over.run();
            switch (outcome) {
                case Outcome.Ok<T>(T value) -> done.accept(value);
                case Outcome.Failed<T>(Problem problem) ->
                    say(Told.problem(problem).toString());
            }
        });
    }
}
