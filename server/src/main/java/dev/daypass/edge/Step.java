package dev.daypass.edge;

import dev.daypass.http.Problem;
import java.util.function.Function;

/// What a step of the calling line hands on: a value, or a problem that ends the line.
///
/// @param <T> what the next step takes
sealed interface Step<T> {
    /// @param value for the next step
    /// @param <T> its type
    record Go<T>(T value) implements Step<T> {}

    /// @param why the line ends here
    /// @param <T> what the next step would have taken
    record Stop<T>(Problem why) implements Step<T> {}

    static <T> Step<T> go(T value) {
        return new Go<>(value);
    }

    static <T> Step<T> stop(Problem why) {
        return new Stop<>(why);
    }

    /// The next step, unless the line has ended.
    default <U> Step<U> then(Function<T, Step<U>> next) {
        return switch (this) {
            case Go<T>(var value) -> next.apply(value);
            case Stop<T>(var why) -> new Stop<>(why);
        };
    }
}
