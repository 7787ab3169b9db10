package dev.daypass.broker;

import java.util.function.BiFunction;
import java.util.function.Function;

/// How an opening is answered.
///
/// @param prepare makes the answer while the account is being written
/// @param receipt says in it which fact the opening is
public record Answering<T>(Function<Opening, T> prepare, BiFunction<T, Long, T> receipt) {
    static <T> Answering<T> of(Function<Opening, T> prepare) {
        return new Answering<>(prepare, (answer, _) -> answer);
    }

    T answer(Opening opening) {
        return prepare.apply(opening);
    }

    T recorded(T answer, long fact) {
        return receipt.apply(answer, fact);
    }
}
