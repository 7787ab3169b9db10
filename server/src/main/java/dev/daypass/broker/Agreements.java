package dev.daypass.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.identity.AccountId;
import dev.daypass.policy.Decision;
import dev.daypass.store.StoredAccount;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who has agreed to a waiting account so far, where its rules ask for several. What each rule asks
/// for is kept with the account; who agreed is kept in memory until all have, and asked again after
/// a restart. Thread-safe.
final class Agreements {
    private static final int ACCOUNTS_MAX = 100_000;

    private final Cache<Matter, Set<String>> agreed =
            Caffeine.newBuilder()
                    .maximumSize(ACCOUNTS_MAX)
                    .expireAfterWrite(Duration.ofDays(30))
                    .build();

    /// What is agreed to.
    ///
    /// @param account the account
    /// @param widening number of its widening; 0 for its opening
    record Matter(AccountId account, int widening) {
        String words() {
            return widening == 0 ? "this account" : "this widening";
        }
    }

    /// The rules that want a human for an account that waits.
    static List<Decision.Need> needs(StoredAccount waiting) {
        return Broker.opening(waiting).stream()
                .flatMap(asked -> asked.items("rules").stream())
                .map(Decision.Need::fromJson)
                .toList();
    }

    /// Notes that an operator agrees.
    ///
    /// @return who agreed, once all have that its rules ask for; else whom they still ask for, or
    ///   that this operator is nobody they ask
    Step<Settled> agree(Matter matter, List<Decision.Need> needs, String operator) {
        if (!needs.isEmpty() && needs.stream().noneMatch(need -> need.metBy(operator))) {
            Decision.Need first = needs.getFirst();
            return Step.stop(
                    Refusal.Kind.FORBIDDEN,
                    "approve",
                    "operator `%s` may not agree to %s: rule `%s` asks for `%s`"
                            .formatted(operator, matter.words(), first.rule(), first.by()),
                    "ask `%s`".formatted(first.by()));
        }
        Set<String> all =
                agreed.asMap()
                        .compute(
                                matter,
                                (_, before) -> {
                                    var out = new TreeSet<>(before == null ? Set.of() : before);
                                    out.add(operator);
                                    return out;
                                });
        List<String> missing =
                needs.stream()
                        .filter(need -> all.stream().noneMatch(need::metBy))
                        .map(Decision.Need::by)
                        .distinct()
                        .toList();
        return Step.go(new Settled(String.join(", ", all), missing));
    }

    /// @param by who has agreed, by name
    /// @param missing whom the rules still ask for
    record Settled(String by, List<String> missing) {}

    void forget(Matter matter) {
        agreed.invalidate(matter);
    }
}
