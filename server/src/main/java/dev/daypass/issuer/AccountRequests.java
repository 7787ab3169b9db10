package dev.daypass.issuer;

import dev.daypass.broker.OpenRequest;
import dev.daypass.budget.Budget;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Durations;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what an agent sends to open an account: a closed object, so that a misspelt limit is not
/// overlooked.
final class AccountRequests {
    private static final long TTL_SECONDS_MAX = 10L * 366 * 86_400;

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
                            parent(fields),
                            calls(fields));
            refuseWhatIsNotThereYet(fields);
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

    private static Set<ServiceId> services(JsonFields fields) {
        var out = new HashSet<ServiceId>();
        fields.strings("services").forEach(name -> out.add(new ServiceId(name)));
        return out;
    }

    private static @Nullable AccountId parent(JsonFields fields) {
        String parent = fields.stringOrNull("parent");
        return parent == null ? null : new AccountId(parent);
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

    private static void refuseWhatIsNotThereYet(JsonFields fields) {
        if (fields.take("on_behalf_of") != null) {
            throw new WireException("`on_behalf_of` is not supported by this version");
        }
        if (fields.take("key") != null) {
            throw new WireException(
                    "`key` is not supported by this version; the account is bound to the presented certificate");
        }
    }
}
