package dev.daypass.store.sql;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.ledger.Recorded;
import dev.daypass.revocation.Roll;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.Change;
import dev.daypass.store.Correction;
import dev.daypass.store.LedgerTree;
import dev.daypass.store.LivingAccount;
import dev.daypass.store.MasterKey;
import dev.daypass.store.Outcome;
import dev.daypass.store.Outward;
import dev.daypass.store.PersonalParts;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredEdge;
import dev.daypass.store.StoredFact;
import dev.daypass.store.StoredService;
import dev.daypass.store.ToolChange;
import dev.daypass.store.UsageRow;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The store in one SQLite file (WAL, `synchronous=FULL`), or in a PostgreSQL database.
public final class SqlStore implements Store {
    /// One place in so many of the queue takes endings only: revoking works under a flood.
    private static final int SPARED_FOR_ENDINGS = 8;

    private final Reads reads;
    private final PersonalParts parts;
    private final SqlTree ledger;
    private final SqlOutward outward;
    private final Projection projection;
    private final GroupCommit writer;
    private final Database database;
    private final int sparedForEndings;
    private final Buses buses;
    private final Forgetting forgetting;

    private SqlStore(
            Database database, MasterKey master, GroupCommit.Ends ends, GroupCommit.Limits limits)
            throws SQLException {
        this.database = database;
        this.buses = new Buses(database);
        this.parts = new PersonalParts(master);
        this.reads = new Reads(new Statements(database::connectToRead));
        this.outward = new SqlOutward(reads);
        var writing = Writing.on(database, parts);
        this.ledger = new SqlTree(writing.facts()::tree, this::read);
        this.projection = new Projection(writing);
        this.writer = new GroupCommit(writing, ends, limits);
        this.sparedForEndings = limits.queueMax() / SPARED_FOR_ENDINGS;
        this.forgetting =
                new Forgetting(
                        database,
                        projection,
                        ends.clock(),
                        work -> writer.submit(work, sparedForEndings));
    }

    /// How to open it.
    ///
    /// @param file the database file; made if it is not there
    /// @param queueMax changes that may wait
    /// @param batchMax changes that one commit takes
    /// @param master seals the keys of accounts
    public record Options(Path file, int queueMax, int batchMax, MasterKey master) {}

    /// Opens the file, migrates it, and starts the writer.
    ///
    /// @param feed told of durable facts, in order, on the writer's thread
    /// @throws StoreUnavailable if the file cannot be opened, with what to do
    public static SqlStore open(
            Options options, InstantSource clock, Consumer<List<Recorded>> feed) {
        return open(
                SqliteDatabase.open(options.file()),
                options.file().toString(),
                options,
                new GroupCommit.Ends(clock, feed));
    }

    static SqlStore open(Database database, String name, Options options, GroupCommit.Ends ends) {
        try {
            return new SqlStore(
                    database,
                    options.master(),
                    ends,
                    new GroupCommit.Limits(options.queueMax(), options.batchMax()));
        } catch (SQLException e) {
            database.close();
            throw new StoreUnavailable(
                    "database %s cannot be read: %s".formatted(name, Database.firstLine(e)), e);
        }
    }

    @Override
    public CompletionStage<Outcome> commit(Change change) {
        int spare =
                change instanceof Change.End || change instanceof Change.EndAll
                        ? 0
                        : sparedForEndings;
        return writer.submit(now -> projection.apply(change, now), spare);
    }

    @Override
    public void note(Change note) {
        writer.note(now -> projection.apply(note, now));
    }

    /// How the servers of its database tell each other what is new.
    public Buses buses() {
        return buses;
    }

    /// Others may have written: has the feed hear it, soon.
    public void look() {
        writer.look();
    }

    @Override
    public boolean shared() {
        return database.shared();
    }

    @Override
    public CompletionStage<Outcome> caughtUp() {
        return writer.caughtUp();
    }

    @Override
    public void say(String message) {
        buses.say(message);
    }

    @Override
    public boolean roomy() {
        return writer.roomy(sparedForEndings);
    }

    @Override
    public boolean writing() {
        return writer.alive();
    }

    @Override
    public List<StoredAgent> agents() {
        return all(
                "SELECT tenant, name, ceiling, default_tasks, jwk, thumbprint FROM agents",
                Rows::agent);
    }

    @Override
    public long head() {
        Long head = read(sql -> sql.longOrNull("SELECT max(seq) FROM facts"));
        return head == null ? 0 : head;
    }

    @Override
    public List<StoredEdge> edges() {
        return all(
                "SELECT name, services, hosts, thumbprint FROM edges ORDER BY name",
                EdgeProjection::edge);
    }

    @Override
    public List<Roll.Member> members() {
        return all(
                "SELECT edge, nonce, leaving FROM edge_lives ORDER BY edge, nonce",
                EdgeProjection::member);
    }

    @Override
    public List<StoredService> services() {
        return all(
                "SELECT tenant, name, upstream, catalog, credential_kind, credential, accept_unbound, verifies_tokens FROM services",
                Rows::service);
    }

    @Override
    public String rules(TenantId tenant) {
        return read(sql -> sql.strings("SELECT text FROM rules WHERE tenant = ?", tenant.value()))
                .stream()
                .findFirst()
                .orElse("");
    }

    @Override
    public Optional<StoredAccount> account(AccountId id) {
        return read(sql -> sql.rows(Rows.ACCOUNT + " WHERE a.id = ?", this::account, id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public List<StoredAccount> accounts(AccountFilter filter, int limit) {
        return read(sql -> AccountReads.filtered(sql, filter, limit, this::account));
    }

    @Override
    public List<StoredFact> widenings(AccountId account) {
        return all(
                Rows.FACT
                        + " JOIN widenings w ON w.fact = f.seq WHERE w.account = ? ORDER BY w.number",
                this::fact,
                account.value());
    }

    @Override
    public List<StoredFact> changes(AccountId account, long after, int limit) {
        return all(
                Rows.FACT + Rows.CHANGES + " ORDER BY f.seq LIMIT ?",
                this::fact,
                account.bytes(),
                after,
                limit);
    }

    @Override
    public List<Correction> corrections() {
        return all(
                "SELECT tenant, service, operation, traits, operator, at_ms FROM corrections ORDER BY tenant, service, operation",
                Rows::correction);
    }

    @Override
    public List<ToolChange> toolChanges() {
        return all(
                "SELECT tenant, service, tool, hash, definition, at_ms FROM tool_changes ORDER BY tenant, service, tool",
                Rows::toolChange);
    }

    @Override
    public List<StoredAccount> living(TenantId tenant, @Nullable AccountId after, int limit) {
        return living("", tenant, after, limit);
    }

    @Override
    public List<StoredAccount> leased(TenantId tenant, @Nullable AccountId after, int limit) {
        return living(" AND a.lease_seconds IS NOT NULL", tenant, after, limit);
    }

    private List<StoredAccount> living(
            String which, TenantId tenant, @Nullable AccountId after, int limit) {
        return all(
                Rows.ACCOUNT
                        + " WHERE a.id > ? AND a.state < 2 AND a.tenant = ?"
                        + which
                        + " ORDER BY a.id LIMIT ?",
                this::account,
                after == null ? "" : after.value(),
                tenant.value(),
                limit);
    }

    @Override
    public List<LivingAccount> livingBriefly(
            TenantId tenant, @Nullable AccountId after, int limit) {
        return read(sql -> AccountReads.living(sql, tenant, after, limit));
    }

    @Override
    public List<StoredAccount> overdue(Instant now, int limit) {
        return all(
                Rows.ACCOUNT
                        + " WHERE a.state < 2 AND a.deadline_ms <= ? ORDER BY a.deadline_ms LIMIT ?",
                this::account,
                now.toEpochMilli(),
                limit);
    }

    @Override
    public List<StoredAccount> endedBeforeDeadline(Instant now) {
        return all(
                Rows.ACCOUNT + " WHERE a.state = 2 AND a.deadline_ms > ?",
                this::account,
                now.toEpochMilli());
    }

    @Override
    public List<UsageRow> usage(TenantId tenant) {
        return all(
                "SELECT agent, service, day, calls, refused FROM usage WHERE tenant = ? ORDER BY day, agent, service",
                Rows::usage,
                tenant.value());
    }

    @Override
    public List<StoredFact> facts(long from, int limit) {
        return all(Rows.FACT + " WHERE f.seq >= ? ORDER BY f.seq LIMIT ?", this::fact, from, limit);
    }

    @Override
    public Instant lastFactTime() {
        Long millis =
                read(sql -> sql.longOrNull("SELECT time_ms FROM facts ORDER BY seq DESC LIMIT 1"));
        return Instant.ofEpochMilli(millis == null ? 0 : millis);
    }

    @Override
    public int forget(Instant openedBefore, int limit) {
        return forgetting.forget(openedBefore, limit);
    }

    static Outcome joined(CompletionStage<Outcome> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new StoreUnavailable("nothing can be made durable now", e);
        }
    }

    private StoredAccount account(ResultSet row) throws SQLException {
        return Rows.account(row, parts);
    }

    private StoredFact fact(ResultSet row) throws SQLException {
        return Rows.fact(row, parts, this::dayKey);
    }

    private byte @Nullable [] dayKey(String day) {
        return read(sql ->
                sql.bytesOrNull(
                        "SELECT sealed FROM account_keys WHERE account = ?",
                        new AccountId(day).bytes()));
    }

    @Override
    public Outward outward() {
        return outward;
    }

    @Override
    public LedgerTree ledger() {
        return ledger;
    }

    @Override
    public long shred(Change.Shred shred) {
        long shredded =
                switch (joined(commit(shred))) {
                    case Outcome.Applied(var _, var accounts) -> accounts;
                    case Outcome.NotApplied _ -> 0;
                };
        // Always: a server that stopped between the two left this to the next time.
        read(sql -> {
            database.forgetWritten(sql);
            return shredded;
        });
        return shredded;
    }

    @Override
    public List<AccountId> accountsOf(UserId user) {
        byte[] tag = parts.user(user.issuer(), user.subject());
        return read(sql -> LedgerReads.accountsOf(sql, tag));
    }

    @Override
    public List<AccountId> readableBefore(Instant opened, int limit) {
        return read(sql -> LedgerReads.readableBefore(sql, opened, limit));
    }

    @Override
    public List<StoredFact> factsOf(AccountId account, long after, int limit) {
        return read(sql -> LedgerReads.factsOf(sql, account, after, limit, this::fact));
    }

    private <T> List<T> all(
            String query, Statements.RowReader<T> row, @Nullable Object... arguments) {
        return read(sql -> sql.rows(query, row, arguments));
    }

    private <T extends @Nullable Object> T read(Reads.Reading<T> reading) {
        return reads.read(reading);
    }

    @Override
    public void close() {
        buses.close();
        writer.close();
        reads.last(database::close);
    }
}
