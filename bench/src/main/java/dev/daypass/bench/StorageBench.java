package dev.daypass.bench;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonObjectBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an account leaves behind: bytes of the state tables once it has ended, bytes of its facts,
/// and memory while it lives.
final class StorageBench implements Measurement {
    private static final int ACCOUNTS = 20_000;
    private static final int WARM_ACCOUNTS = 5_000;
    private static final int CONNECTIONS = 32;
    static final String STATE = "m.tbl_name IN ('accounts', 'account_keys')";
    static final String FACTS = "m.tbl_name IN ('facts', 'tree', 'sequencer')";

    @Override
    public void measure(Site site, JsonObjectBuilder result) {
        try (Deployment server = site.deploy("storage")) {
            Path database = server.data().resolve("daypass.db");
            warm(site, server);
            Json.Obj before = server.memory();
            long stateBefore = bytes(database, STATE);
            long factsBefore = bytes(database, FACTS);
            var opening = new Opening(ACCOUNTS);
            site.load().drain(server.target(), CONNECTIONS, opening);
            Json.Obj living = server.memory();
            long stateLiving = bytes(database, STATE);
            site.load().drain(server.target(), CONNECTIONS, new Ending(opening.ids));
            long stateEnded = bytes(database, STATE);
            long facts = bytes(database, FACTS) - factsBefore;
            int opened = opening.ids.stream().mapToInt(List::size).sum();
            result.put(
                            "bytes_per_account",
                            Figures.of((stateEnded - stateBefore) / (double) opened))
                    .put(
                            "storage",
                            Json.object()
                                    .put("accounts", opened)
                                    .put(
                                            "state_bytes_living",
                                            Figures.of(
                                                    (stateLiving - stateBefore) / (double) opened))
                                    .put("fact_bytes", Figures.of(facts / (double) opened))
                                    .put("heap_bytes_living", grown(before, living, "heap", opened))
                                    .put(
                                            "resident_bytes_living",
                                            grown(before, living, "resident", opened))
                                    .build());
        }
    }

    /// What the first accounts make the server load and keep is not theirs.
    private static void warm(Site site, Deployment server) {
        var opening = new Opening(WARM_ACCOUNTS);
        site.load().drain(server.target(), CONNECTIONS, opening);
        site.load().drain(server.target(), CONNECTIONS, new Ending(opening.ids));
    }

    private static Json.Num grown(Json before, Json after, String name, int accounts) {
        double bytes = Figures.number(after, name) - Figures.number(before, name);
        return Figures.of(bytes / accounts);
    }

    /// Bytes of the pages of some tables and their indexes.
    static long bytes(Path database, String which) {
        String sql =
                "SELECT sum(s.pgsize) FROM dbstat s JOIN sqlite_schema m ON s.name = m.name WHERE "
                        + which;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be measured", e);
        }
    }

    private static final class Opening implements Load.Traffic {
        private final List<byte[]> tasks = Tasks.requests();
        private final List<List<String>> ids = new ArrayList<>();
        private int left;

        Opening(int accounts) {
            this.left = accounts;
            for (int i = 0; i < CONNECTIONS; i++) {
                ids.add(new ArrayList<>());
            }
        }

        @Override
        public @Nullable FullHttpRequest next(int connection) {
            return left == 0
                    ? null
                    : Requests.post(
                            "/v1/accounts", "application/json", tasks.get(--left % tasks.size()));
        }

        @Override
        public boolean answered(int connection, int status, ByteBuf body) {
            if (status != 201) {
                return false;
            }
            ids.get(connection).add(Answers.member(body, "id"));
            return true;
        }
    }

    /// Each account is ended by the agent that opened it: over the connection of the same number.
    private static final class Ending implements Load.Traffic {
        private final List<Deque<String>> left;

        Ending(List<List<String>> ids) {
            this.left = ids.stream().map(some -> (Deque<String>) new ArrayDeque<>(some)).toList();
        }

        @Override
        public @Nullable FullHttpRequest next(int connection) {
            String id = left.get(connection).poll();
            return id == null ? null : Requests.delete("/v1/accounts/" + id);
        }

        @Override
        public boolean answered(int connection, int status, ByteBuf body) {
            return status == 200;
        }
    }
}
