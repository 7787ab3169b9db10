package dev.daypass.events;

import dev.daypass.ledger.Entry;
import dev.daypass.store.StoredFact;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import org.jspecify.annotations.Nullable;

/// What happened, as receivers are told: subject and event of a Security Event Token (RFC 8417;
/// Shared Signals Framework 1.0, sections 3 and 4).
///
/// @param id what its `jti` is made of: the same for the same event
/// @param transaction `txn`: what in the ledger it belongs to; `null` for nothing
/// @param subject `sub_id` (RFC 9493)
/// @param type a URI
/// @param body what the event says
record SecurityEvent(
        String id, @Nullable String transaction, Json.Obj subject, String type, Json.Obj body) {
    static final String SESSION_REVOKED =
            "https://schemas.openid.net/secevent/caep/event-type/session-revoked";
    static final String VERIFICATION =
            "https://schemas.openid.net/secevent/ssf/event-type/verification";

    /// That an account is over (CAEP 1.0, section 3.1): its user, if it has one, the account, and
    /// its agent.
    ///
    /// @param ended the fact that says so
    /// @param opened the fact that opened it; `null` where that cannot be read any more
    static SecurityEvent ended(StoredFact ended, @Nullable StoredFact opened) {
        Entry fact = ended.entry();
        JsonFields told = JsonFields.of(fact.body());
        String by = told.string("by");
        String reason = told.string("reason");
        return new SecurityEvent(
                "fact-" + fact.sequence(),
                "fact-" + fact.sequence(),
                subject(fact, opened == null ? null : opened.entry()),
                SESSION_REVOKED,
                Json.object()
                        .put("event_timestamp", fact.time().getEpochSecond())
                        .put("initiating_entity", initiator(by, reason))
                        .put("reason_admin", Json.object().put("en", reason).build())
                        .build());
    }

    private static String initiator(String by, String reason) {
        if (by.startsWith("operator") || by.startsWith("issuer:")) {
            return "admin";
        }
        if (by.equals("agent")) {
            return "user";
        }
        return reason.equals("spent") ? "policy" : "system";
    }

    private static Json.Obj subject(Entry fact, @Nullable Entry opened) {
        JsonFields account =
                opened == null ? null : JsonFields.of(opened.body()).objectOrNull("account");
        JsonFields user = account == null ? null : account.objectOrNull("user");
        String agent = account == null ? null : account.stringOrNull("agent");
        return Json.object()
                .put("format", "complex")
                .put("user", user == null ? null : user(user))
                .put("session", opaque(String.valueOf(fact.account())))
                .put("application", agent == null ? null : opaque(agent))
                .put("tenant", opaque(fact.tenant().value()))
                .build();
    }

    private static Json.Obj user(JsonFields user) {
        return Json.object()
                .put("format", "iss_sub")
                .put("iss", user.string("issuer"))
                .put("sub", user.string("sub"))
                .build();
    }

    private static Json.Obj opaque(String id) {
        return Json.object().put("format", "opaque").put("id", id).build();
    }

    /// Nothing happened: a receiver shows that it hears (SSF 1.0, section 8.1.4).
    ///
    /// @param state that an operator recognizes it by
    static SecurityEvent verification(String stream, String state) {
        return new SecurityEvent(
                "verify-" + state,
                null,
                opaque(stream),
                VERIFICATION,
                Json.object().put("state", state).build());
    }
}
