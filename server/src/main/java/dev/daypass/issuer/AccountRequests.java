package dev.daypass.issuer;

import dev.daypass.account.Delegation;
import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.OpenRequest.Binding;
import dev.daypass.broker.WidenRequest;
import dev.daypass.budget.Budget;
import dev.daypass.dpop.ProofKey;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.intent.InvalidTask;
import dev.daypass.intent.Task;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what an agent sends to open an account: a closed object, so that a misspelt limit is not
/// overlooked.
final class AccountRequests {
    private static final long TTL_SECONDS_MAX = 10L * 366 * 86_400;

    private static final Duration LEASE_MIN = Duration.ofSeconds(2);
    private static final Duration LEASE_MAX = Duration.ofMinutes(5);
    private static final int TRUST_MAX = 8;
    private static final int TRUST_CHARS_MAX = 200;

    private AccountRequests() {}

    /// @throws WireException naming the member that is wrong
    static OpenRequest read(OpenRequest.Claimant claimant, JsonFields fields) {
        try {
            OpenRequest request =
                    new OpenRequest(
                            claimant,
                            fields.string("task"),
                            ttl(fields),
                            services(fields),
                            below(fields),
                            calls(fields),
                            trust(fields),
                            null,
                            binding(fields),
                            lease(fields));
            fields.end();
            return request;
        } catch (InvalidName e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }

    /// Takes the token of the user for whom the account is to act; `null` for none.
    ///
    /// @throws WireException if it is no text, or far too long
    static @Nullable Secret userToken(JsonFields fields) {
        String token = fields.stringOrNull("on_behalf_of");
        try {
            return token == null ? null : Secret.of(token);
        } catch (IllegalArgumentException _) {
            throw new WireException("`on_behalf_of` is no token");
        }
    }

    /// Reads what an agent sends to have a task explained.
    ///
    /// @throws WireException naming the member that is wrong
    static OpenRequest explaining(OpenRequest.Claimant claimant, JsonFields fields) {
        try {
            var request =
                    new OpenRequest(
                            claimant,
                            fields.string("task"),
                            ttl(fields),
                            services(fields),
                            null,
                            null);
            fields.end();
            return request;
        } catch (InvalidName e) {
            throw new WireException(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Duration ttl(JsonFields fields) {
        return switch (fields.take("ttl")) {
            case null -> null;
            case Json.Str(var text) -> Durations.parse(text);
            case Json.Num _ -> {
                long seconds = fields.longValue("ttl");
                if (seconds < 0 || seconds > TTL_SECONDS_MAX) {
                    throw new WireException(
                            "`ttl` is out of range; expected seconds above 0, or text such as 10m");
                }
                yield Duration.ofSeconds(seconds);
            }
            case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ ->
                    throw new WireException("`ttl` must be seconds, or text such as 10m");
        };
    }

    private static @Nullable Duration lease(JsonFields fields) {
        String text = fields.stringOrNull("lease");
        if (text == null) {
            return null;
        }
        Duration lease = Durations.parse(text);
        if (lease.compareTo(LEASE_MIN) < 0 || lease.compareTo(LEASE_MAX) > 0) {
            throw new WireException("`lease` is out of range; permitted: 2s to 5m");
        }
        return lease;
    }

    private static Set<ServiceId> services(JsonFields fields) {
        var out = new HashSet<ServiceId>();
        fields.strings("services").forEach(name -> out.add(new ServiceId(name)));
        return out;
    }

    /// `parent`, and what the account may hand on itself.
    private static OpenRequest.Below below(JsonFields fields) {
        String parent = fields.stringOrNull("parent");
        Long depth = fields.longOrNull("depth");
        if (depth != null && (depth < 0 || depth > Delegation.DEPTH_MAX)) {
            throw new WireException(
                    "`depth` is out of range; permitted: 0 to %d".formatted(Delegation.DEPTH_MAX));
        }
        List<String> delegates = fields.strings("delegates");
        if (delegates.size() > Delegation.DELEGATES_MAX) {
            throw new WireException(
                    "`delegates` names %d agents; permitted: %d"
                            .formatted(delegates.size(), Delegation.DELEGATES_MAX));
        }
        return new OpenRequest.Below(
                parent == null ? null : new AccountId(parent),
                delegates.stream().map(AgentId::new).collect(Collectors.toSet()),
                depth == null ? null : depth.intValue());
    }

    /// `uses` and `budget.calls` both bound the calls; the tighter counts.
    private static @Nullable Long calls(JsonFields fields) {
        Long uses = fields.longOrNull("uses");
        JsonFields budget = fields.objectOrNull("budget");
        Long calls = budget == null ? null : budget.longOrNull("calls");
        if (budget != null) {
            budget.end();
        }
        try {
            return Budget.UNLIMITED.and(uses).and(calls).calls();
        } catch (IllegalArgumentException e) {
            throw new WireException("`uses` and `budget.calls`: " + e.getMessage());
        }
    }

    /// Sources whose quoted words may widen the account later.
    private static List<String> trust(JsonFields fields) {
        List<String> trust = fields.strings("trust").stream().map(String::strip).toList();
        if (trust.size() > TRUST_MAX) {
            throw new WireException(
                    "`trust` names %d sources; permitted: %d".formatted(trust.size(), TRUST_MAX));
        }
        trust.forEach(source -> plain("trust", source, TRUST_CHARS_MAX));
        if (trust.stream().anyMatch(source -> source.lines().count() > 1)) {
            throw new WireException("`trust` names each source on one line");
        }
        return trust.stream().distinct().toList();
    }

    /// Reads what an agent sends to widen an account.
    ///
    /// @throws WireException naming the member that is wrong
    static WidenRequest widening(OpenRequest.Claimant claimant, AccountId id, JsonFields fields) {
        String reason = plain("reason", fields.string("reason"), WidenRequest.REASON_CHARS_MAX);
        String task = fields.stringOrNull("task");
        JsonFields source = fields.objectOrNull("source");
        var request =
                new WidenRequest(
                        claimant,
                        id,
                        reason,
                        task == null ? null : plain("task", task, WidenRequest.REASON_CHARS_MAX),
                        source == null ? null : source(source));
        fields.end();
        return request;
    }

    private static WidenRequest.Source source(JsonFields fields) {
        var source =
                new WidenRequest.Source(
                        plain("source.from", fields.string("from"), TRUST_CHARS_MAX).strip(),
                        plain(
                                "source.quote",
                                fields.string("quote"),
                                WidenRequest.QUOTE_CHARS_MAX));
        fields.end();
        return source;
    }

    /// Text that a human can read: neither empty nor too long, and nothing hidden in it.
    private static String plain(String name, String text, int charsMax) {
        if (text.length() > charsMax) {
            throw new WireException(
                    "`%s` has %d characters; permitted: %d"
                            .formatted(name, text.length(), charsMax));
        }
        try {
            return new Task(text).text();
        } catch (InvalidTask e) {
            throw new WireException(
                    "`%s`: %s"
                            .formatted(
                                    name,
                                    String.valueOf(e.getMessage()).replaceFirst("^task ", "it ")));
        }
    }

    /// `key` names a public key that the tokens are bound to, by its thumbprint.
    private static Binding binding(JsonFields fields) {
        JsonFields key = fields.objectOrNull("key");
        if (key == null) {
            return new Binding.OwnCertificate();
        }
        if (!(key.take("jwk") instanceof Json.Obj jwk)) {
            throw new WireException("`key.jwk` is missing; expected a public key");
        }
        key.end();
        return new Binding.Key(ProofKey.of(jwk).thumbprint());
    }
}
