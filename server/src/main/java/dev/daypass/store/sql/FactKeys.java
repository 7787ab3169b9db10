package dev.daypass.store.sql;

import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Personal;
import dev.daypass.store.PersonalParts;
import dev.daypass.wire.Json;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of accounts as the writer uses them, inside its transaction. Those of the newest
/// accounts stay open in memory.
final class FactKeys {
    private static final int KEPT_MAX = 20_000;

    private final Statements sql;
    private final PersonalParts parts;
    private final Map<String, byte[]> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                    return size() > KEPT_MAX;
                }
            };
    private final Map<String, byte[]> made = new HashMap<>();

    FactKeys(Statements sql, PersonalParts parts) {
        this.sql = sql;
        this.parts = parts;
    }

    /// A fact as it is kept: what is personal is sealed, or left out where the account was shredded
    /// before.
    Entry kept(Entry fact) throws SQLException {
        Personal.Parts split = Personal.split(fact.type(), fact.body());
        Json.Obj personal = split.personal();
        if (personal == null) {
            return fact;
        }
        String owner = PersonalParts.owner(fact.account(), fact.time());
        byte[] key = key(owner, personal);
        return key == null
                ? with(fact, split.shredded(), null)
                : with(
                        fact,
                        split.open(),
                        dev.daypass.wire.Base64Url.encode(parts.seal(fact, key, personal)));
    }

    private static Entry with(Entry fact, Json.Obj body, @Nullable String sealed) {
        return new Entry(
                fact.sequence(),
                fact.time(),
                fact.tenant(),
                fact.account(),
                fact.type(),
                body,
                sealed);
    }

    private byte @Nullable [] key(String owner, Json.Obj personal) throws SQLException {
        byte[] open = kept.get(owner);
        if (open == null) {
            open = made.get(owner);
        }
        if (open != null) {
            return open;
        }
        var rows =
                sql.rows(
                        "SELECT sealed FROM account_keys WHERE account = ?",
                        row -> new Sealed(row.getBytes(1)),
                        new AccountId(owner).bytes());
        return rows.isEmpty() ? make(owner, personal) : opened(owner, rows.getFirst().bytes());
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sealed(byte @Nullable [] bytes) {}

    private byte @Nullable [] opened(String owner, byte @Nullable [] sealed) throws SQLException {
        if (sealed == null) {
            return null; // shredded
        }
        byte[] key = parts.openKey(sealed, owner);
        if (key == null) {
            throw new SQLException(
                    "the key of account %s does not open: vault.key is another".formatted(owner));
        }
        kept.put(owner, key);
        return key;
    }

    private byte[] make(String owner, Json.Obj personal) throws SQLException {
        byte[] key = parts.newKey();
        sql.update(
                "INSERT INTO account_keys (account, sealed, owner) VALUES (?, ?, ?)",
                new AccountId(owner).bytes(),
                parts.sealKey(key, owner),
                parts.user(personal));
        made.put(owner, key);
        return key;
    }

    /// Destroys the keys of ended accounts, inside the transaction.
    ///
    /// @return those that had one
    Fact.Shredded shred(Fact.Shredded asked) throws SQLException {
        var out = new java.util.ArrayList<dev.daypass.identity.AccountId>();
        for (var account : asked.accounts()) {
            int rows =
                    sql.update(
                            """
                            UPDATE account_keys SET sealed = NULL, owner = NULL
                            WHERE account = ? AND sealed IS NOT NULL
                            AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = ? AND a.state < 2)\
                            """,
                            account.bytes(),
                            account.value());
            if (rows == 1) {
                out.add(account);
                kept.remove(account.value());
                made.remove(account.value());
            }
        }
        return new Fact.Shredded(out, asked.why(), asked.by());
    }

    /// Forgets keys that another server destroyed.
    void shredded(List<AccountId> accounts) {
        accounts.forEach(account -> kept.remove(account.value()));
    }

    void committed() {
        kept.putAll(made);
        made.clear();
    }

    void rollBack() {
        made.clear();
    }
}
