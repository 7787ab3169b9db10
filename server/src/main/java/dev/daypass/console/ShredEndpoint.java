package dev.daypass.console;

import dev.daypass.broker.Shredding;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;

/// Makes what is personal of an account, or of a user, unreadable for ever.
final class ShredEndpoint {
    private final ConsoleParts parts;

    ShredEndpoint(ConsoleParts parts) {
        this.parts = parts;
    }

    Response shred(Request request, String operator) {
        var fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        String account = fields.stringOrNull("account");
        JsonFields user = fields.objectOrNull("user");
        fields.end();
        if ((account == null) == (user == null)) {
            throw new WireException("expected `account`, or `user`");
        }
        Shredding shredding = parts.shredding();
        Shredding.Shredded shredded =
                user == null
                        ? shredding.account(
                                TenantId.DEFAULT, new AccountId(String.valueOf(account)), operator)
                        : shredding.user(TenantId.DEFAULT, user(user), operator);
        return Response.json(
                200,
                Json.object()
                        .put("shredded", shredded.accounts())
                        .put("living", shredded.living())
                        .build());
    }

    private static UserId user(JsonFields fields) {
        var user = new UserId(fields.string("issuer"), fields.string("sub"));
        fields.end();
        return user;
    }
}
