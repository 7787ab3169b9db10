package dev.daypass.revocation;

/// What an edge keeps in memory, and what it does when it hears something.
///
/// @param <S> what an edge starts with
/// @param <F> what it hears afterwards
public interface Held<S, F> {
    /// Starts anew with this. What was known to have ended before stays known.
    void begin(S snapshot);

    /// Takes a fact in. When this returns, an account that the fact ends is refused and its open
    /// calls are cut: the acknowledgement follows at once.
    void apply(F fact);

    /// Forgets ended accounts whose deadline is before this.
    void forgetBefore(long wallMillis);
}
