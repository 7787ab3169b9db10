package dev.daypass.cli.command;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.time.Instant;

/// One fact of an export, with the link that it was exported with.
record ExportedFact(Entry entry, String link) {
    /// @throws WireException if it is none
    /// @throws dev.daypass.identity.InvalidName if it names what cannot be
    static ExportedFact read(Json json) {
        JsonFields fields = JsonFields.of(json);
        String account = fields.stringOrNull("account");
        if (!(fields.take("body") instanceof Json.Obj body)) {
            throw new WireException("`body` is missing; expected an object");
        }
        var entry =
                new Entry(
                        fields.longValue("seq"),
                        Instant.ofEpochMilli(fields.longValue("time")),
                        new TenantId(fields.string("tenant")),
                        account == null ? null : new AccountId(account),
                        fields.string("type"),
                        body);
        String link = fields.string("link");
        // A member that the chain does not cover would look as if it did.
        fields.end();
        return new ExportedFact(entry, link);
    }

    byte[] linkBytes() {
        return Base64Url.decode(link);
    }
}
