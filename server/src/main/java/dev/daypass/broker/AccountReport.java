package dev.daypass.broker;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.store.Store;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the ledger says of one account, for somebody who has to judge it: the task, who agreed,
/// what was granted and what was really used, every call, and how it ended.
public final class AccountReport {
    /// Calls and refusals that are listed; more are only counted.
    public static final int LISTED_MAX = 10_000;

    private static final int PAGE = 1_000;
    private static final int KNEW_WITHIN = 10_000;

    private final Store store;

    AccountReport(Store store) {
        this.store = store;
    }

    /// Empty where the ledger does not know the account.
    public Optional<Json.Obj> of(TenantId tenant, AccountId account) {
        var gathered = new Gathered(account);
        List<StoredFact> page = store.factsOf(account, 0, PAGE);
        while (!page.isEmpty()) {
            for (StoredFact fact : page) {
                if (fact.entry().tenant().equals(tenant)) {
                    gathered.take(fact.entry());
                }
            }
            long last = page.getLast().entry().sequence();
            page = page.size() < PAGE ? List.of() : store.factsOf(account, last, PAGE);
        }
        if (gathered.opened == null) {
            return Optional.empty();
        }
        Entry end = gathered.ended;
        return Optional.of(gathered.told(end == null ? null : knew(end.sequence())));
    }

    /// When each edge knew of an ending: recorded soon after it, for it and what ended with it.
    private @Nullable Json knew(long ended) {
        return store.facts(ended + 1, KNEW_WITHIN).stream()
                .map(StoredFact::entry)
                .filter(fact -> fact.type().equals("EdgesKnew"))
                .filter(fact -> JsonFields.of(fact.body()).longValue("up_to") >= ended)
                .findFirst()
                .map(Entry::body)
                .orElse(null);
    }

    private static final class Gathered {
        private final AccountId account;
        private final List<Json> calls = new ArrayList<>();
        private final List<Json> refused = new ArrayList<>();
        private final List<Json> widenings = new ArrayList<>();
        private final Map<String, Long> used = new LinkedHashMap<>();
        private @Nullable Entry opened;
        private @Nullable Entry widest;
        private @Nullable Entry ended;
        private long madeCount;
        private long refusedCount;
        private boolean shredded;

        Gathered(AccountId account) {
            this.account = account;
        }

        void take(Entry fact) {
            JsonFields body = JsonFields.of(fact.body());
            shredded |= body.booleanOr("shredded", false);
            switch (fact.type()) {
                case "ApprovalAsked", "AccountOpened" -> {
                    opened = fact;
                    widest = fact;
                }
                case "AccountWidened" -> {
                    widest = fact;
                    widenings.add(WideningJson.told(fact));
                }
                case "WideningAsked", "WideningRefused" -> widenings.add(WideningJson.told(fact));
                case "AccountEnded" -> ended = fact;
                case "CallMade" -> {
                    madeCount++;
                    used.merge(
                            body.string("service") + "." + body.string("operation"), 1L, Long::sum);
                    listed(calls, fact, "service", "operation", "request", "status", "micros");
                }
                case "CallRefused" -> {
                    Long more = body.longOrNull("unrecorded");
                    refusedCount += 1 + (more == null ? 0 : more);
                    listed(refused, fact, "service", "step", "why", "unrecorded");
                }
                default -> {}
            }
        }

        private static void listed(List<Json> into, Entry fact, String... members) {
            if (into.size() >= LISTED_MAX) {
                return;
            }
            JsonFields body = JsonFields.of(fact.body());
            var out = Json.object().put("fact", fact.sequence()).put("at", fact.time().toString());
            for (String member : members) {
                out.put(member, body.take(member));
            }
            into.add(out.build());
        }

        Json.Obj told(@Nullable Json knew) {
            JsonFields opening = JsonFields.of(java.util.Objects.requireNonNull(opened).body());
            JsonFields of = java.util.Objects.requireNonNull(opening.objectOrNull("account"));
            return Json.object()
                    .put("account", account.value())
                    .put("agent", of.string("agent"))
                    .put("task", of.take("task"))
                    .put("user", of.take("user"))
                    .put("parent", of.take("parent"))
                    .put("shredded", shredded ? Json.of(true) : null)
                    .put("opened_at", opened.time().toString())
                    .put("opened_fact", opened.sequence())
                    .put("active", opened.type().equals("AccountOpened"))
                    .put("approved_by", opening.take("approved_by"))
                    .put("deadline", of.take("deadline"))
                    .put("granted", grant())
                    .put("used", used())
                    .put("unused", unused())
                    .put("calls_made", madeCount)
                    .put("calls_refused", refusedCount)
                    .put("calls", Json.array(calls))
                    .put("refused", Json.array(refused))
                    .put("widenings", widenings.isEmpty() ? null : Json.array(widenings))
                    .put("ended", ended == null ? null : end(ended, knew))
                    .build();
        }

        private List<Json> leaves() {
            JsonFields account =
                    JsonFields.of(java.util.Objects.requireNonNull(widest).body())
                            .objectOrNull("account");
            return account == null ? List.of() : account.items("grant");
        }

        private Json.Arr grant() {
            return Json.array(leaves());
        }

        private Json.Arr used() {
            var out = new ArrayList<Json>();
            used.forEach((operation, count) ->
                    out.add(Json.object().put("operation", operation).put("calls", count).build()));
            return Json.array(out);
        }

        /// What was granted and never used.
        private Json.Arr unused() {
            Set<String> names = new LinkedHashSet<>();
            for (Json leaf : leaves()) {
                JsonFields fields = JsonFields.of(leaf);
                names.add(name(fields));
            }
            names.removeAll(used.keySet());
            return Json.strings(List.copyOf(names));
        }

        private static String name(JsonFields leaf) {
            return leaf.string("service") + "." + leaf.string("operation");
        }

        private static Json.Obj end(Entry fact, @Nullable Json knew) {
            JsonFields body = JsonFields.of(fact.body());
            return Json.object()
                    .put("at", fact.time().toString())
                    .put("fact", fact.sequence())
                    .put("reason", body.take("reason"))
                    .put("by", body.take("by"))
                    .put("edges_knew", knew)
                    .build();
        }
    }
}
