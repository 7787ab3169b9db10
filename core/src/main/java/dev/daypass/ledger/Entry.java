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
/// @param body the fact's members; those that are personal are elsewhere where they are sealed
/// @param sealed what is personal, under the key of the account, base64url; `null` for nothing
public record Entry(
        long sequence,
        Instant time,
        TenantId tenant,
        @Nullable AccountId account,
        String type,
        Json.Obj body,
        @Nullable String sealed) {
    /// A fact of which nothing is sealed.
    public Entry(
            long sequence,
            Instant time,
            TenantId tenant,
            @Nullable AccountId account,
            String type,
            Json.Obj body) {
        this(sequence, time, tenant, account, type, body, null);
    }

    /// The canonical bytes that are its leaf in the tree.
    public byte[] canonical() {
        return canonical(CanonicalJson.text(body));
    }

    /// The same, where the canonical form of the body is known already. Members in the order of RFC
    /// 8785: account, body, sealed, seq, tenant, time, type.
    public byte[] canonical(String canonicalBody) {
        var out = new StringBuilder(canonicalBody.length() + 256).append('{');
        if (account != null) {
            out.append("\"account\":");
            CanonicalJson.string(account.value(), out);
            out.append(',');
        }
        out.append("\"body\":").append(canonicalBody);
        if (sealed != null) {
            out.append(",\"sealed\":");
            CanonicalJson.string(sealed, out);
        }
        out.append(",\"seq\":").append(sequence).append(",\"tenant\":");
        CanonicalJson.string(tenant.value(), out);
        out.append(",\"time\":").append(time.toEpochMilli()).append(",\"type\":");
        CanonicalJson.string(type, out);
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("seq", sequence)
                .put("time", time.toEpochMilli())
                .put("tenant", tenant.value())
                .put("account", account == null ? null : account.value())
                .put("type", type)
                .put("body", body)
                .put("sealed", sealed)
                .build();
    }
}
