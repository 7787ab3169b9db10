package dev.daypass.store.sql;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.TreeHash;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import dev.daypass.store.Correction;
import dev.daypass.store.PackedJson;
import dev.daypass.store.PersonalParts;
import dev.daypass.store.Sealed;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredFact;
import dev.daypass.store.StoredService;
import dev.daypass.store.ToolChange;
import dev.daypass.store.UsageRow;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows as values.
final class Rows {
    static final String ACCOUNT =
            """
            SELECT a.id, a.tenant, a.agent, a.state, a.reason, a.opened_ms, a.deadline_ms, a.ended_ms, a.parent,
              a.calls_max, a.calls_used, f.seq, f.time_ms, f.tenant, f.account, f.type, f.body, f.sealed, k.sealed
            FROM accounts a LEFT JOIN facts f ON f.seq = a.opening LEFT JOIN account_keys k ON k.account = f.account\
            """;

    static final String FACT =
            """
            SELECT f.seq, f.time_ms, f.tenant, f.account, f.type, f.body, f.sealed, f.leaf, k.sealed
            FROM facts f LEFT JOIN account_keys k ON k.account = f.account\
            """;

    /// What happens to an account besides its calls, as in the index `facts_of_account`, which is
    /// not used otherwise.
    static final String LIFE =
            FactTypes.codes(
                    List.of(
                            "ApprovalAsked",
                            "AccountOpened",
                            "WideningAsked",
                            "WideningRefused",
                            "AccountWidened",
                            "AccountEnded"));

    static final String CHANGES = " WHERE f.account = ? AND f.seq > ? AND f.type IN " + LIFE;

    private static final byte TEXT = '{';

    private Rows() {}

    static StoredAgent agent(ResultSet row) throws SQLException {
        return new StoredAgent(
                new TenantId(row.getString(1)),
                new AgentId(row.getString(2)),
                row.getString(3),
                defaultTasks(row.getString(4)),
                row.getString(5),
                row.getString(6));
    }

    static UsageRow usage(ResultSet row) throws SQLException {
        return new UsageRow(
                row.getString(1),
                row.getString(2),
                LocalDate.ofEpochDay(row.getLong(3)),
                row.getLong(4),
                row.getLong(5));
    }

    private static Map<ServiceId, String> defaultTasks(String text) {
        var out = new HashMap<ServiceId, String>();
        if (document(text) instanceof Json.Obj(var members)) {
            members.forEach((service, task) -> {
                if (task instanceof Json.Str(var words)) {
                    out.put(new ServiceId(service), words);
                }
            });
        }
        return out;
    }

    static StoredService service(ResultSet row) throws SQLException {
        byte[] credential = row.getBytes(6);
        return new StoredService(
                new TenantId(row.getString(1)),
                new ServiceId(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                credential == null ? null : new Sealed(credential),
                row.getBoolean(7),
                row.getBoolean(8));
    }

    static StoredAccount account(ResultSet row, PersonalParts parts) throws SQLException {
        Long reason = longOrNull(row, 5);
        Long ended = longOrNull(row, 8);
        String parent = row.getString(9);
        return new StoredAccount(
                new AccountId(row.getString(1)),
                new TenantId(row.getString(2)),
                new AgentId(row.getString(3)),
                AccountState.ofCode(row.getInt(4)),
                reason == null ? null : EndReason.ofCode(reason),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                ended == null ? null : Instant.ofEpochMilli(ended),
                parent == null ? null : new AccountId(parent),
                longOrNull(row, 10),
                row.getLong(11),
                details(row, parts));
    }

    private static @Nullable String details(ResultSet row, PersonalParts parts)
            throws SQLException {
        return row.getBytes(17) == null
                ? null
                : CanonicalJson.text(parts.opened(kept(row, 11), row.getBytes(19)).body());
    }

    /// @param dayKey the sealed key of a day, by the name that it has instead of an account's
    static StoredFact fact(
            ResultSet row, PersonalParts parts, Function<String, byte @Nullable []> dayKey)
            throws SQLException {
        Entry kept = kept(row);
        byte[] key =
                kept.account() == null && kept.sealed() != null
                        ? dayKey.apply(PersonalParts.owner(null, kept.time()))
                        : row.getBytes(9);
        return new StoredFact(parts.opened(kept, key), kept, TreeHash.of(row.getBytes(8)));
    }

    /// A fact as the tree commits to it: the first seven columns of [#FACT].
    static Entry kept(ResultSet row) throws SQLException {
        return kept(row, 0);
    }

    private static Entry kept(ResultSet row, int before) throws SQLException {
        String tenant = row.getString(before + 3);
        byte[] account = row.getBytes(before + 4);
        byte[] sealed = row.getBytes(before + 7);
        return new Entry(
                row.getLong(before + 1),
                Instant.ofEpochMilli(row.getLong(before + 2)),
                tenant == null ? TenantId.DEFAULT : new TenantId(tenant),
                account == null ? null : AccountId.ofBytes(account),
                FactTypes.read(row, before + 5),
                body(row.getBytes(before + 6)),
                sealed == null ? null : Base64Url.encode(sealed));
    }

    /// Packed, or the text of before.
    private static Json.Obj body(byte[] kept) {
        if (kept.length == 0 || kept[0] != TEXT) {
            return PackedJson.unpack(kept);
        }
        if (Json.parse(kept, JsonLimits.DOCUMENT) instanceof Json.Obj members) {
            return members;
        }
        throw new WireException("a fact's body is not an object");
    }

    static Correction correction(ResultSet row) throws SQLException {
        var traits = EnumSet.noneOf(Trait.class);
        for (String word : row.getString(4).split(",", -1)) {
            traits.add(Trait.of(word));
        }
        return new Correction(
                new TenantId(row.getString(1)),
                new OperationId(new ServiceId(row.getString(2)), row.getString(3)),
                traits,
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    static ToolChange toolChange(ResultSet row) throws SQLException {
        return new ToolChange(
                new TenantId(row.getString(1)),
                new ServiceId(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    // What was written is read, however long: limits are for what comes from outside.
    private static Json document(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
    }

    private static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
