package dev.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.catalog.OpenApiImport;
import dev.daypass.config.Config;
import dev.daypass.feed.LocalFeed;
import dev.daypass.http.Problem;
import dev.daypass.http.Routes;
import dev.daypass.identity.ServiceId;
import dev.daypass.store.sql.SqlStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The description of the API says what the server does: its routes are read from a real assembly.
final class OpenApiDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Pattern PROBLEM =
            Pattern.compile("(?:Problem\\s*\\.|\\s)of\\(\\s*\"([a-z-]+)\",\\s*\"[A-Z]");

    /// What only the ledger is told: the agent has gone.
    private static final Set<String> NEVER_SENT = Set.of("abandoned");

    @TempDir Path directory;

    @Test
    void it_is_one_document_that_a_parser_reads_without_complaint() throws IOException {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document());

        assertEquals(List.of(), Objects.requireNonNullElse(read.getMessages(), List.of()));
        assertEquals("3.1.0", read.getOpenAPI().getOpenapi());
        assertEquals(Files.readString(ROOT.resolve("docs/openapi.yaml")), document());
    }

    @Test
    void it_describes_every_route_at_its_port_and_nothing_else() throws IOException {
        var served = new TreeSet<String>();
        serve((listener, routes) ->
                routes.all().forEach(r -> served.add(listener + r.method() + " " + r.path())));
        var described = new TreeSet<String>();
        eachOperation((listener, method, path, _) -> described.add(listener + method + " " + path));

        assertTrue(served.size() > 40, "too few routes: " + served);
        assertEquals(String.join("\n", served), String.join("\n", described));
    }

    @Test
    void every_operation_has_a_name_says_who_may_call_it_and_answers_other_errors_too()
            throws IOException {
        var wrong = new ArrayList<String>();
        eachOperation((listener, method, path, operation) -> {
            if (operation.getOperationId() == null
                    || operation.getSecurity() == null
                    || !operation.getResponses().containsKey("default")) {
                wrong.add(listener + method + " " + path);
            }
        });

        assertEquals(List.of(), wrong);
    }

    @Test
    void it_lists_every_kind_of_problem_and_no_other() throws IOException {
        Schema<?> problem =
                Objects.requireNonNull(parsed().getComponents().getSchemas().get("Problem"));
        Schema<?> type = Objects.requireNonNull(problem.getProperties().get("type"));

        assertEquals(
                problemKinds().stream().map(kind -> Problem.TYPE_PREFIX + kind).toList(),
                type.getEnum().stream().map(String::valueOf).toList());
    }

    @Test
    void our_own_importer_reads_all_of_it() throws IOException {
        byte[] bytes = document().getBytes(StandardCharsets.UTF_8);
        OpenApiImport.Imported imported =
                OpenApiImport.read(new ServiceId("daypass"), "openapi.yaml", bytes);

        var byName = new TreeMap<String, String>();
        imported.operations().forEach(o -> byName.put(o.id().name(), o.method() + " " + o.path()));
        var described = new TreeMap<String, String>();
        eachOperation((_, method, path, operation) ->
                described.put(operation.getOperationId(), method + " " + path));
        assertEquals(described, byName);
        assertEquals("Daypass", imported.title());
        // Calls go to one upstream, and what is no json has no slots: nothing else may be lost.
        assertEquals(
                Set.of(
                        "calls go to the service's own upstream",
                        "no slots for `application/octet-stream`; only json has slots",
                        "no slots for `application/secevent+jwt`; only json has slots",
                        "no slots for `application/x-www-form-urlencoded`; only json has slots"),
                imported.skipped().stream()
                        .map(OpenApiImport.Skipped::why)
                        .collect(Collectors.toSet()));
    }

    private interface EachListener {
        void see(String listener, Routes routes);
    }

    /// What a server with all roles serves, port by port.
    private void serve(EachListener each) {
        Config config = Config.load(null, Map.of("DAYPASS_DATA", directory.toString()));
        var data = new DataDirectory(config.data());
        data.init(config.trustDomain(), NOW);
        var feed = new LocalFeed();
        var options =
                new SqlStore.Options(data.database(), 10, 10, dev.daypass.store.FixedMaster.KEY);
        InstantSource clock = InstantSource.fixed(NOW);
        try (var store = SqlStore.open(options, clock, feed)) {
            var checkpoints =
                    dev.daypass.checkpoint.Checkpointer.open(
                            config.data(), config.trustDomain(), store.ledger());
            Assembly assembly =
                    Assembly.on(
                            new Assembly.Ground(
                                    config,
                                    data.load(),
                                    store,
                                    feed,
                                    clock,
                                    Runnable::run,
                                    new Assembly.Model(null, new SimpleMeterRegistry()),
                                    Stdio.of(config),
                                    checkpoints));
            each.see("agents: ", assembly.agents());
            each.see("operators: ", assembly.operators());
            var cosigners =
                    dev.daypass.checkpoint.Cosigners.over(List.of(), checkpoints, store.ledger());
            each.see("health: ", new Health(store, feed, checkpoints, cosigners).routes());
        }
    }

    private interface EachOperation {
        void see(String listener, String method, String path, Operation operation);
    }

    private static void eachOperation(EachOperation each) throws IOException {
        parsed().getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap()
                                .forEach((method, operation) ->
                                        servers(item, operation).stream()
                                                .map(Server::getDescription)
                                                .forEach(listener ->
                                                        each.see(
                                                                listener + ": ",
                                                                method.name(),
                                                                path,
                                                                operation))));
    }

    private static List<Server> servers(PathItem item, Operation operation) {
        List<Server> servers =
                operation.getServers() == null ? item.getServers() : operation.getServers();
        return Objects.requireNonNull(servers, "an operation without a port");
    }

    private static OpenAPI parsed() throws IOException {
        return new OpenAPIV3Parser().readContents(document()).getOpenAPI();
    }

    private static String document() throws IOException {
        try (InputStream in =
                OpenApiDocumentTest.class.getResourceAsStream("/dev/daypass/openapi.yaml")) {
            assertNotNull(in, "openapi.yaml is not on the class path");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> problemKinds() throws IOException {
        var kinds = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("server/src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                PROBLEM.matcher(Files.readString(file))
                        .results()
                        .forEach(m -> kinds.add(m.group(1)));
            }
        }
        assertTrue(kinds.removeAll(NEVER_SENT), "nothing is kept from callers any more");
        return kinds;
    }
}
