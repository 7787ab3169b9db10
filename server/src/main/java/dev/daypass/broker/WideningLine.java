package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.broker.OpeningLine.Asked;
import dev.daypass.broker.OpeningLine.Bounded;
import dev.daypass.broker.OpeningLine.Decided;
import dev.daypass.intent.Task;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Leaf;
import dev.daypass.permission.OperationId;
import dev.daypass.policy.Caps;
import dev.daypass.policy.Decision;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The opening line for an account that is to do more: the same steps on more words. Only what is
/// new is judged. What only reads is granted by the line; everything else waits for a human, and
/// then all of it does.
final class WideningLine {
    private final OpeningLine line;
    private final Minting minting;
    private final StatusEntries statuses;

    WideningLine(OpeningLine line, Minting minting, StatusEntries statuses) {
        this.line = line;
        this.minting = minting;
        this.statuses = statuses;
    }

    /// @param request what is asked for
    /// @param account as it is
    /// @param parent the account that it was delegated from, or `null`
    /// @param number of the try
    record Try(WidenRequest request, Account account, @Nullable Account parent, int number) {
        Passage passage() {
            return Passage.of(account, request);
        }

        /// What is told and kept of a try, whatever comes of it.
        Json.Obj toJson() {
            WidenRequest.Source source = request.source();
            return Json.object()
                    .put("number", number)
                    .put("reason", request.reason())
                    .put("task", request.task())
                    .put(
                            "source",
                            source == null ? null : source.toJson(Passage.trusted(account, source)))
                    .build();
        }
    }

    /// @param decided what was decided
    /// @param account with its wider grant
    /// @param widening what is told and kept of it
    /// @param token for the wider grant; `null` while a human must agree first
    record Widened(
            Decided decided, Account account, Json.Obj widening, Minting.@Nullable Token token) {
        List<Decision.Need> needs() {
            return decided.needs();
        }
    }

    private record Compared(Try asked, Bounded bounded, Gain gain) {}

    private record Ruled(Compared compared, Decided decided) {}

    Step<Widened> walk(Try asked) {
        String text = asked.passage().text();
        if (text.length() > Task.CHARS_MAX) {
            return Step.stop(
                    Refusal.Kind.MALFORMED,
                    "understand",
                    "the account's task, the reason and its source have %d characters together; permitted: %d"
                            .formatted(text.length(), Task.CHARS_MAX),
                    "give a shorter reason, or open a new account");
        }
        Account account = asked.account();
        var request =
                new OpenRequest(
                        asked.request().claimant(),
                        text,
                        null,
                        Set.of(),
                        account.parent(),
                        account.budget().calls(),
                        account.trust());
        return line.read(new Asked(request, asked.parent(), account))
                .then(bounded -> compare(asked, bounded))
                .then(this::decide)
                .then(this::keep)
                .then(this::mint);
    }

    private static Step<Compared> compare(Try asked, Bounded bounded) {
        Gain gain = Gain.of(asked.account().granted(), bounded.leaves());
        if (gain.added().isEmpty()) {
            return new Step.Stop<>(Refusals.nothingNew(bounded.confined()));
        }
        int permissions = gain.wider().grant().permissions().size();
        if (permissions > Grant.PERMISSIONS_MAX) {
            return Step.stop(
                    Refusal.Kind.FORBIDDEN,
                    "confine",
                    "the account would have %d operations; permitted: %d"
                            .formatted(permissions, Grant.PERMISSIONS_MAX),
                    "open a new account for the rest");
        }
        return Step.go(new Compared(asked, bounded, gain));
    }

    private Step<Ruled> decide(Compared compared) {
        return line.decide(compared.bounded(), compared.gain().wider().leaves())
                .then(decided -> Step.go(new Ruled(compared, decided)));
    }

    /// Widening never takes anything away. An account that has more time or calls than a rule or
    /// its user would let it open with stays as it is, and does not become wider.
    private Step<Ruled> keep(Ruled ruled) {
        Account account = ruled.compared().asked().account();
        Caps caps = ruled.decided().caps();
        Duration left = Duration.between(minting.now(), account.term().deadline());
        Duration ttl = caps.ttl();
        if (ttl != null && left.compareTo(ttl) > 0) {
            return capped(
                    "the account still lives longer than the %s that is permitted for this"
                            .formatted(Durations.text(ttl)));
        }
        Long calls = caps.calls();
        Long has = account.budget().calls();
        if (calls != null && (has == null || has > calls)) {
            return capped(
                    "the account has more calls than the %d that are permitted for this"
                            .formatted(calls));
        }
        return Step.go(ruled);
    }

    private static <T> Step<T> capped(String detail) {
        return Step.stop(
                Refusal.Kind.FORBIDDEN, "decide", detail, "open a new account for the rest");
    }

    private Step<Widened> mint(Ruled ruled) {
        Compared compared = ruled.compared();
        Account wider = compared.asked().account().with(compared.gain().wider());
        List<Leaf> human = human(compared);
        boolean waits = !human.isEmpty() || !ruled.decided().needs().isEmpty();
        return Step.go(
                new Widened(
                        ruled.decided(),
                        wider,
                        told(compared, human),
                        waits ? null : minting.token(wider, minting.now(), statuses.of(wider))));
    }

    /// The new leaves that nobody but a human grants.
    private static List<Leaf> human(Compared compared) {
        Set<OperationId> waiting =
                compared.bounded().confined().waiting().stream()
                        .map(leaf -> leaf.permission().operation())
                        .collect(Collectors.toSet());
        var out = new ArrayList<>(compared.gain().sensitive());
        compared.gain().added().stream()
                .filter(leaf -> waiting.contains(leaf.permission().operation()))
                .filter(leaf -> !out.contains(leaf))
                .forEach(out::add);
        return out;
    }

    private static Json.Obj told(Compared compared, List<Leaf> human) {
        Passage passage = compared.asked().passage();
        var out = new LinkedHashMap<>(compared.asked().toJson().members());
        out.put(
                "added",
                Json.array(
                        compared.gain().added().stream()
                                .map(leaf -> added(compared, leaf, passage, human.contains(leaf)))
                                .toList()));
        return Json.obj(out);
    }

    private static Json added(Compared compared, Leaf leaf, Passage passage, boolean human) {
        var out = new LinkedHashMap<>(leaf.told().members());
        compared.gain().difference().changed().stream()
                .filter(changed -> changed.after().equals(leaf.permission()))
                .forEach(changed -> out.put("loosened", Json.strings(changed.loosened())));
        out.put("from", Json.of(passage.from(compared.bounded().confined().span(leaf))));
        if (human) {
            out.put("waits", Json.of("does more than read; a human has to agree"));
        }
        return Json.obj(out);
    }
}
