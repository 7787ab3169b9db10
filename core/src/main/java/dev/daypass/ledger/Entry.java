package dev.daypass.ledger;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
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
        return CanonicalJson.bytes(toJson());
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
