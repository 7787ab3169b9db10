package dev.daypass.store.sqlite;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoreUnavailable;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredAgent;
import dev.daypass.store.StoredFact;
import dev.daypass.store.StoredService;
import dev.daypass.store.UsageRow;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The store in one SQLite file (WAL, `synchronous=FULL`).
public final class SqliteStore implements Store {
    private final Statements reading;
    private final ReentrantLock readingLock = new ReentrantLock();
    private final GroupCommit writer;
    private final Database database;

    private SqliteStore(Database database, Statements reading, GroupCommit writer) {
        this.database = database;
        this.reading = reading;
        this.writer = writer;
    }

    /// How to open it.
    ///
    /// @param file the database file; made if it is not there
    /// @param queueMax changes that may wait
    /// @param batchMax changes that one commit takes
    public record Options(Path file, int queueMax, int batchMax) {}

    /// Opens the file, migrates it, and starts the writer.
    ///
    /// @param feed told of durable facts, in order, on the writer's thread
    /// @throws StoreUnavailable if the file cannot be opened, with what to do
    public static SqliteStore open(
            Options options, InstantSource clock, Consumer<List<Recorded>> feed) {
        Database database = Database.open(options.file());
        try {
            var writer =
                    new GroupCommit(
                            new Statements(database.connect()),
                            clock,
                            feed,
                            new GroupCommit.Limits(options.queueMax(), options.batchMax()));
            return new SqliteStore(database, new Statements(database.connect()), writer);
        } catch (SQLException e) {
            throw new StoreUnavailable(
                    "database %s: %s".formatted(options.file(), e.getMessage()), e);
        }
    }

    @Override
    public CompletionStage<Outcome> commit(Change change) {
        return writer.commit(change);
    }

    @Override
    public boolean writing() {
        return writer.alive();
    }

    @Override
    public List<StoredAgent> agents() {
        return read(sql ->
                sql.rows(
                        "SELECT tenant, name, ceiling, default_tasks, jwk, thumbprint FROM agents",
                        Rows::agent));
    }

    @Override
    public List<StoredService> services() {
        return read(sql ->
                sql.rows(
                        "SELECT tenant, name, upstream, catalog, credential_kind, credential FROM services",
                        Rows::service));
    }

    @Override
    public String rules(TenantId tenant) {
        String text =
                read(sql -> sql.strings("SELECT text FROM rules WHERE tenant = ?", tenant.value()))
                        .stream()
                        .findFirst()
                        .orElse("");
        return text;
    }

    @Override
    public Optional<StoredAccount> account(AccountId id) {
        return read(sql -> sql.rows(Rows.ACCOUNT + " WHERE a.id = ?", Rows::account, id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public List<StoredAccount> accounts(AccountFilter filter, int limit) {
        var where = new StringBuilder(" WHERE a.tenant = ?");
        var arguments = new ArrayList<@Nullable Object>(List.of(filter.tenant().value()));
        if (filter.agent() != null) {
            where.append(" AND a.agent = ?");
            arguments.add(filter.agent().value());
        }
        if (filter.state() != null) {
            where.append(" AND a.state = ?");
            arguments.add(filter.state().code());
        }
        arguments.add(limit);
        return read(sql ->
                sql.rows(
                        Rows.ACCOUNT + where + " ORDER BY a.id DESC LIMIT ?",
                        Rows::account,
                        arguments.toArray()));
    }

    @Override
    public List<StoredAccount> living(TenantId tenant, @Nullable AccountId after, int limit) {
        return read(sql ->
                sql.rows(
                        Rows.ACCOUNT
                                + " WHERE a.id > ? AND a.state < 2 AND a.tenant = ? ORDER BY a.id LIMIT ?",
                        Rows::account,
                        after == null ? "" : after.value(),
                        tenant.value(),
                        limit));
    }

    @Override
    public List<StoredAccount> overdue(Instant now, int limit) {
        return read(sql ->
                sql.rows(
                        Rows.ACCOUNT
                                + " WHERE a.state < 2 AND a.deadline_ms <= ? ORDER BY a.deadline_ms LIMIT ?",
                        Rows::account,
                        now.toEpochMilli(),
                        limit));
    }

    @Override
    public List<StoredAccount> endedBeforeDeadline(Instant now) {
        return read(sql ->
                sql.rows(
                        Rows.ACCOUNT + " WHERE a.state = 2 AND a.deadline_ms > ?",
                        Rows::account,
                        now.toEpochMilli()));
    }

    @Override
    public List<UsageRow> usage(TenantId tenant) {
        return read(sql ->
                sql.rows(
                        "SELECT agent, service, day, calls, refused FROM usage WHERE tenant = ? ORDER BY day, agent, service",
                        row ->
                                new UsageRow(
                                        row.getString(1),
                                        row.getString(2),
                                        LocalDate.ofEpochDay(row.getLong(3)),
                                        row.getLong(4),
                                        row.getLong(5)),
                        tenant.value()));
    }

    @Override
    public List<StoredFact> facts(long from, int limit) {
        return read(sql ->
                sql.rows(
                        "SELECT seq, time_ms, tenant, account, type, body, link FROM facts WHERE seq >= ? ORDER BY seq LIMIT ?",
                        Rows::fact,
                        from,
                        limit));
    }

    @Override
    public Instant lastFactTime() {
        Long millis =
                read(sql -> sql.longOrNull("SELECT time_ms FROM facts ORDER BY seq DESC LIMIT 1"));
        return Instant.ofEpochMilli(millis == null ? 0 : millis);
    }

    @Override
    public int forget(Instant openedBefore, int limit) {
        // Ids sort by opening time, so the primary key finds the oldest.
        String before =
                AccountId.of(openedBefore.toEpochMilli(), new byte[AccountId.RANDOM_BYTES]).value();
        return read(sql ->
                sql.update(
                        "DELETE FROM accounts WHERE id IN (SELECT id FROM accounts WHERE id < ? AND state = 2 LIMIT ?)",
                        before,
                        limit));
    }

    private interface Reading<T extends @Nullable Object> {
        T from(Statements sql) throws SQLException;
    }

    private <T extends @Nullable Object> T read(Reading<T> reading) {
        readingLock.lock();
        try {
            return reading.from(this.reading);
        } catch (SQLException e) {
            throw new StoreUnavailable("the database cannot be read: " + e.getMessage(), e);
        } finally {
            readingLock.unlock();
        }
    }

    @Override
    public void close() {
        writer.close();
        readingLock.lock();
        try {
            reading.close();
            database.close();
        } catch (SQLException e) {
            throw new StoreUnavailable("closing the database: " + e.getMessage(), e);
        } finally {
            readingLock.unlock();
        }
    }
}
