package dev.daypass.ledger;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A fact in its place in the ledger.
///
/// @param sequence 1 for the first, without gaps
/// @param time when it was recorded, in milliseconds
/// @param tenant whose it is
/// @param account the account it is about, or `null`
/// @param type the fact's type
/// @param body the fact's members
public record Entry(
        long sequence,
        Instant time,
        TenantId tenant,
        @Nullable AccountId account,
        String type,
        Json.Obj body) {

    /// The canonical bytes that the chain is made over.
    public byte[] canonical() {
        return canonical(CanonicalJson.text(body));
    }

    /// The same, where the canonical form of the body is known already. Members in the order of RFC
    /// 8785: account, body, seq, tenant, time, type.
    byte[] canonical(String canonicalBody) {
        String start = account == null ? "{" : "{\"account\":" + quoted(account.value()) + ",";
        return (start
                        + "\"body\":"
                        + canonicalBody
                        + ",\"seq\":"
                        + sequence
                        + ",\"tenant\":"
                        + quoted(tenant.value())
                        + ",\"time\":"
                        + time.toEpochMilli()
                        + ",\"type\":"
                        + quoted(type)
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return CanonicalJson.text(Json.of(text));
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("seq", sequence)
                .put("time", time.toEpochMilli())
                .put("tenant", tenant.value())
                .put("account", account == null ? null : account.value())
                .put("type", type)
                .put("body", body)
                .build();
    }
}
