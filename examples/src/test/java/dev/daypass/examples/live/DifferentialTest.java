package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Threat 9, with servers of three makes as the service: what each of them understands of a request
/// is what the edge matched.
class DifferentialTest {
    private static final int SEGMENTS_MAX = 5;

    @TempDir private static Path directory;
    private static Installation here;
    private static List<RealServer> servers;
    private static final Map<String, Agent.Opened> ACCOUNTS = new HashMap<>();

    @BeforeAll
    static void start() throws IOException {
        here = Installation.start();
        servers = RealServer.ofEachMake(directory);
        for (RealServer server : servers) {
            String service = service(server);
            here.register(
                    service,
                    anyPath(),
                    server.url(),
                    here.credential("header", "X-Key", "upstream-key"));
            ACCOUNTS.put(service, agent(service).open("read things"));
        }
    }

    @AfterAll
    static void stop() {
        servers.forEach(RealServer::close);
        here.close();
    }

    private static String service(RealServer server) {
        return server.name().toLowerCase(Locale.ROOT).replace(".", "");
    }

    private static Agent agent(String service) {
        return here.agent(
                "agent-" + service,
                "allow:\n  - service: %s\n    traits: [read, personal, secret]\n"
                        .formatted(service));
    }

    /// A service that can be asked for every path of up to five segments.
    private static String anyPath() {
        var paths = Json.object();
        var path = new StringBuilder();
        var parameters = new ArrayList<Json>();
        paths.put("/", reads("readThings", List.of()));
        for (int i = 0; i < SEGMENTS_MAX; i++) {
            path.append("/{s").append(i).append('}');
            parameters.add(
                    Json.object()
                            .put("name", "s" + i)
                            .put("in", "path")
                            .put("required", true)
                            .put("schema", Json.object().put("type", "string").build())
                            .build());
            paths.put(path.toString(), reads("readThings" + i, parameters));
            paths.put(path + "/", reads("readThingsSlash" + i, parameters));
        }
        return Json.object()
                .put("openapi", "3.1.0")
                .put("info", Json.object().put("title", "Any").put("version", "1").build())
                .put("paths", paths.build())
                .build()
                .text();
    }

    private static Json reads(String id, List<Json> parameters) {
        Json answer = Json.object().put("description", "them").build();
        return Json.object()
                .put(
                        "get",
                        Json.object()
                                .put("operationId", id)
                                .put("parameters", Json.array(List.copyOf(parameters)))
                                .put("responses", Json.object().put("200", answer).build())
                                .build())
                .build();
    }

    private static Wire.Reply get(String service, String target) {
        try (Wire wire = Wire.to(here.port(), agent(service).tls())) {
            String text =
                    "GET %s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n\r\n"
                            .formatted(target, ACCOUNTS.get(service).bearer());
            return wire.ask(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Mutation: `CanonicalRequest` sends the target as it came.
    @Test
    void what_each_server_understands_is_what_was_matched() throws IOException {
        var wrong = new ArrayList<String>();
        var understood = new HashMap<String, Integer>();
        for (RealServer server : servers) {
            for (TargetVector vector : TargetVector.all()) {
                if (!vector.target().startsWith("/")) {
                    continue; // no service can be named in it
                }
                Wire.Reply reply = get(service(server), "/" + service(server) + vector.target());
                if (vector.canonical().isEmpty() || reply.status() == 403) {
                    if (reply.status() == 200) {
                        wrong.add("%s let through to %s".formatted(vector, server.name()));
                    }
                    continue;
                }
                understood.merge(server.name(), 1, Integer::sum);
                if (reply.status() != 200 || !reply.body().equals(expected(vector))) {
                    wrong.add(
                            "%s: %s understood %d %s"
                                    .formatted(
                                            vector, server.name(), reply.status(), reply.body()));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(3, understood.size());
        assertTrue(
                understood.values().stream().allMatch(count -> count > 30), understood.toString());
    }

    /// Method, decoded path and query.
    private static String expected(TargetVector vector) {
        String[] parts = vector.canonical().split("\\?", 2);
        String path = URLDecoder.decode(parts[0].replace("+", "%2B"), StandardCharsets.UTF_8);
        return "GET\n" + path + "\n" + (parts.length > 1 ? parts[1] : "");
    }
}
