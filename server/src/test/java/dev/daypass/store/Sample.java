package dev.daypass.store;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes for tests, about agent `buybot` of the default tenant.
public final class Sample {
    public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    public static final TenantId TENANT = TenantId.DEFAULT;
    public static final TenantId OTHER_TENANT = new TenantId("rival");
    public static final AgentId AGENT = new AgentId("buybot");
    public static final AgentId OTHER_AGENT = new AgentId("sellbot");
    public static final ServiceId SERVICE = new ServiceId("flights");
    public static final Duration LIFE = Duration.ofMinutes(10);

    /// So long after [#START], everything that opened then is forgotten, however it is kept.
    public static final Duration A_PART = Duration.ofHours(3);

    private Sample() {}

    /// Ids that sort by `number`, 0 to 65,535, all opened at [#START].
    public static AccountId id(int number) {
        return id(number, START);
    }

    public static AccountId id(int number, Instant opened) {
        byte[] random = new byte[AccountId.RANDOM_BYTES];
        ByteBuffer.wrap(random).putShort((short) number);
        return AccountId.of(opened.toEpochMilli(), random);
    }

    /// An account to open; the `with…` methods change one thing.
    public record Draft(
            AccountId id,
            TenantId tenant,
            AgentId agent,
            AccountState state,
            Instant deadline,
            @Nullable AccountId parent,
            @Nullable Long calls) {
        public Draft of(TenantId tenant, AgentId agent) {
            return new Draft(id, tenant, agent, state, deadline, parent, calls);
        }

        public Draft waiting() {
            return new Draft(
                    id, tenant, agent, AccountState.AWAITING_APPROVAL, deadline, parent, calls);
        }

        public Draft until(Instant deadline) {
            return new Draft(id, tenant, agent, state, deadline, parent, calls);
        }

        public Draft below(AccountId parent) {
            return new Draft(id, tenant, agent, state, deadline, parent, calls);
        }

        public Draft calls(long calls) {
            return new Draft(id, tenant, agent, state, deadline, parent, calls);
        }

        /// As the store gives it back once it is open.
        public StoredAccount stored() {
            return account(CanonicalJson.text(fact().body()));
        }

        public Change.Open open() {
            return new Change.Open(account(null), fact());
        }

        private Fact fact() {
            Json.Obj details = Json.object().put("task", "of " + id).build();
            return state == AccountState.ACTIVE
                    ? new Fact.AccountOpened(details, "hash", null)
                    : new Fact.ApprovalAsked(details, Json.array(List.of()));
        }

        private StoredAccount account(@Nullable String details) {
            return new StoredAccount(
                    id, tenant, agent, state, null, START, deadline, null, parent, calls, 0,
                    details);
        }
    }

    public static Draft draft(int number) {
        return new Draft(
                id(number), TENANT, AGENT, AccountState.ACTIVE, START.plus(LIFE), null, null);
    }

    public static Change.AddAgent addAgent() {
        return addAgent(TENANT, AGENT, "token");
    }

    public static Change.AddAgent addAgent(TenantId tenant, AgentId agent, String token) {
        return new Change.AddAgent(
                new StoredAgent(tenant, agent, null, Map.of(SERVICE, "list flights"), null, null),
                hash(token),
                START.plus(Duration.ofMinutes(15)),
                new Fact.AgentAdded(agent, Json.object().build()));
    }

    public static Change.Enrol enrol(String token, Instant now, String thumbprint) {
        return new Change.Enrol(
                TENANT,
                hash(token),
                now,
                "{\"kty\":\"EC\"}",
                new Fact.AgentEnrolled(AGENT, thumbprint, false));
    }

    public static Change.Renew renew(String old, String thumbprint) {
        return new Change.Renew(
                TENANT,
                old,
                "{\"kty\":\"EC\",\"x\":\"2\"}",
                new Fact.AgentEnrolled(AGENT, thumbprint, true));
    }

    /// Stands for the hash of a token.
    public static Sealed hash(String token) {
        return new Sealed(token.getBytes(StandardCharsets.UTF_8));
    }

    public static Change.End end(AccountId id) {
        return end(id, Change.End.Only.ANY);
    }

    public static Change.End end(AccountId id, Change.End.Only only) {
        return new Change.End(TENANT, id, only, EndReason.REVOKED, "operator");
    }

    public static Change.Approve approve(AccountId id, Instant opened, Instant deadline) {
        return new Change.Approve(
                TENANT,
                id,
                opened,
                deadline,
                new Fact.AccountOpened(
                        Json.object().put("task", "approved").build(), "hash", "ada"));
    }

    public static Change.Reserve reserve(AccountId id, long calls) {
        return new Change.Reserve(TENANT, id, calls);
    }

    public static Change.Note call(AccountId id) {
        return note(id, new Fact.CallMade(SERVICE, "search", "GET /offers", 200, 1_234));
    }

    public static Change.Note note(@Nullable AccountId id, Fact fact) {
        return new Change.Note(TENANT, id, AGENT, fact);
    }

    public static Change.PutService putService(ServiceId service, @Nullable Sealed credential) {
        return new Change.PutService(
                new StoredService(
                        TENANT,
                        service,
                        "https://flights.example",
                        "[]",
                        "bearer",
                        credential,
                        false),
                new Fact.ServiceAdded(
                        service, "https://flights.example", 0, "hash", "bearer", false));
    }

    /// A change that the store cannot make: a note of something that changes state.
    public static Change.Note impossible() {
        return note(null, new Fact.AgentRemoved(AGENT));
    }
}
