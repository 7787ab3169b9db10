package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.daypass.authority.CertificateAuthority;
import dev.daypass.authority.Pem;
import dev.daypass.authority.ServerCredential;
import dev.daypass.examples.FlightShop;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Python program that knows nothing of Daypass, under `daypass run --proxy`. Needs `python3` on
/// the path.
class PythonThroughProxyTest {
    private static final char[] NONE = new char[0];
    private static final String TASK = "find the cheapest flight from New York to London";
    private static final String HOST = "127.0.0.2"; // not among the addresses that go past a proxy

    @TempDir Path directory;
    private Installation here;
    private CertificateAuthority authority;
    private HttpsServer shop;
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws Exception {
        here = Installation.start();
        here.agent("agent");
        authority =
                CertificateAuthority.create(
                        directory.resolve("authority"), "other.example", Instant.now());
        shop = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(HOST), 0), 0);
        shop.setHttpsConfigurator(new HttpsConfigurator(certified()));
        shop.createContext("/", this::answer);
        shop.start();
    }

    @AfterEach
    void stop() {
        here.close();
        shop.stop(0);
    }

    private SSLContext certified() throws Exception {
        ServerCredential own =
                authority.issueServer(List.of(HOST), Instant.now(), Duration.ofDays(1));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, NONE);
        keys.setKeyEntry(
                "own",
                own.key(),
                NONE,
                Pem.certificates(own.chainPem()).toArray(X509Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NONE);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            seen.add(
                    exchange.getRequestURI()
                            + " "
                            + exchange.getRequestHeaders().getFirst("X-Api-Key"));
            byte[] body = "{\"offers\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void register(String upstream, Json tls) {
        try (FlightShop described = FlightShop.start(0, Lab.KEY)) {
            Installation.must(
                    here.operator()
                            .send(
                                    "PUT",
                                    "/v1/services/flights",
                                    Json.object()
                                            .put("source", "flights")
                                            .put("openapi", described.openApi())
                                            .put("upstream", upstream)
                                            .put("tls", tls)
                                            .put(
                                                    "credential",
                                                    here.credential("header", "X-Api-Key", Lab.KEY))
                                            .build()));
        }
    }

    private RunProcess run(String... arguments) {
        String program =
                Path.of(System.getProperty("basedir", "."))
                        .toAbsolutePath()
                        .resolve("agents/unmodified/flights.py")
                        .toString();
        var words = new ArrayList<String>(List.of("--task", TASK, "--lease", "60s"));
        words.addAll(List.of("--proxy", "--", "python3", program));
        words.addAll(List.of(arguments));
        return RunProcess.start(
                here.identity("agent"),
                directory.resolve("err"),
                Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                words.toArray(String[]::new));
    }

    private static JsonFields said(RunProcess process, String with) {
        String line = process.line();
        assertTrue(line.startsWith("{"), () -> line + process.said());
        JsonFields said = JsonFields.of(Json.parse(line));
        assertEquals(with, said.string("with"));
        return said;
    }

    @Test
    void what_it_calls_by_name_goes_through_the_edge_with_a_key_it_never_had() {
        String upstream = "https://%s:%d".formatted(HOST, shop.getAddress().getPort());
        register(upstream, Json.object().put("ca", authority.anchor().pem()).build());

        try (RunProcess process = run(upstream)) {
            for (String library : List.of("urllib", "http.client")) {
                JsonFields offers = said(process, library);
                assertEquals(200, offers.longValue("status"), offers.string("text"));
                assertEquals("{\"offers\":[]}", offers.string("text"));
            }
            JsonFields users = said(process, "users");
            assertEquals(403, users.longValue("status"));
            assertTrue(users.string("text").contains("\"step\":\"permitted\""));
            JsonFields elsewhere = said(process, "elsewhere");
            assertEquals(0, elsewhere.longValue("status"));
            assertTrue(elsewhere.string("text").contains("403"), elsewhere.string("text"));
            assertEquals(0, process.status(), process.said());
        }
        String call = "/offers?from=NYC&to=LON " + Lab.KEY;
        assertEquals(List.of(call, call), List.copyOf(seen));
    }

    @Test
    void a_name_that_only_the_edge_resolves_is_asked_of_the_edge() {
        register("https://api.flights.example", new Json.Null());

        try (RunProcess process = run()) {
            JsonFields offers = said(process, "urllib");

            // 504 where whoever resolves names says nothing.
            assertTrue(
                    List.of(502L, 504L).contains(offers.longValue("status")),
                    offers.string("text"));
            assertTrue(offers.string("text").contains("\"step\":\"forward\""));
            process.rest();
            assertEquals(0, process.status(), process.said());
        }
    }
}
