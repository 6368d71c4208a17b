package phalanx.run;

import java.util.function.Function;

/** What a piece of work that can fail for outside reasons (files, network, devices, configuration) came to. Any thread. */
public sealed interface Outcome<T> {
    /** It worked. */
    record Ok<T>(T value) implements Outcome<T> {}

    /** It did not; the problem tells the user what to do. */
    record Failed<T>(Problem problem) implements Outcome<T> {}

    static <T> Outcome<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Outcome<T> failed(Problem problem) {
        return new Failed<>(problem);
    }

    /** Goes on with the value, or hands the problem through. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Failed<T>(Problem problem) -> failed(problem);
        };
    }
}
