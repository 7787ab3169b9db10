package dev.daypass.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.daypass.identity.AccountId;
import dev.daypass.policy.Decision;
import dev.daypass.store.StoredAccount;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who has agreed to a waiting account so far, where its rules ask for several. What each rule asks
/// for is kept with the account; who agreed is kept in memory until all have, and asked again after
/// a restart. Thread-safe.
final class Agreements {
    private static final String NEEDS = "needs";
    private static final int ACCOUNTS_MAX = 100_000;

    private final Cache<AccountId, Set<String>> agreed =
            Caffeine.newBuilder()
                    .maximumSize(ACCOUNTS_MAX)
                    .expireAfterWrite(Duration.ofDays(30))
                    .build();

    /// A waiting account's details, with what its rules ask for.
    static Json.Obj withNeeds(Json.Obj account, Json.Arr needs) {
        var members = new LinkedHashMap<>(account.members());
        members.put(NEEDS, needs);
        return Json.obj(members);
    }

    private static List<Decision.Need> needs(StoredAccount waiting) {
        String details = waiting.details();
        if (details == null) {
            return List.of();
        }
        byte[] utf8 = details.getBytes(StandardCharsets.UTF_8);
        return JsonFields.of(Json.parse(utf8, JsonLimits.DOCUMENT)).items(NEEDS).stream()
                .map(Decision.Need::fromJson)
                .toList();
    }

    /// Notes that an operator agrees.
    ///
    /// @return who agreed, once all have that its rules ask for; else whom they still ask for, or
    ///   that this operator is nobody they ask
    Step<Settled> agree(StoredAccount waiting, String operator) {
        List<Decision.Need> needs = needs(waiting);
        if (!needs.isEmpty() && needs.stream().noneMatch(need -> need.metBy(operator))) {
            Decision.Need first = needs.getFirst();
            return Step.stop(
                    Refusal.Kind.FORBIDDEN,
                    "approve",
                    "operator `%s` may not agree to this account: rule `%s` asks for `%s`"
                            .formatted(operator, first.rule(), first.by()),
                    "ask `%s`".formatted(first.by()));
        }
        Set<String> all =
                agreed.asMap()
                        .compute(
                                waiting.id(),
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

    void forget(AccountId account) {
        agreed.invalidate(account);
    }
}
