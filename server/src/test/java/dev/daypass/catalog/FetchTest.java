package dev.daypass.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchTest {
    private static final byte[] DOCUMENT = "openapi: 3.0.3".getBytes(StandardCharsets.UTF_8);
    private static final Fetch SMALL = new Fetch(20, Duration.ofSeconds(20), true);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server = start();

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/doc", exchange -> answer(exchange, 200, DOCUMENT));
        server.createContext("/long", exchange -> answer(exchange, 200, new byte[21]));
        server.createContext("/full", exchange -> answer(exchange, 200, new byte[20]));
        server.createContext("/missing", exchange -> answer(exchange, 404, new byte[3]));
        server.createContext("/moved", exchange -> redirect(exchange, "/doc"));
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.createContext("/nowhere", exchange -> redirect(exchange, "http://[oops"));
        server.createContext("/hang", this::hang);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.incrementAndGet();
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        answer(exchange, 302, new byte[0]);
    }

    // Sends the headers and the beginning of a body, and then nothing.
    private void hang(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 10);
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String refusal(Fetch fetch, String where) {
        var refused = assertThrows(WireException.class, () -> fetch.load(where));
        return String.valueOf(refused.getMessage());
    }

    @Test
    void a_document_is_loaded_from_a_file(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("doc.yaml"), DOCUMENT);
        assertArrayEquals(DOCUMENT, Fetch.fromPublicAddresses().load(file.toString()));
    }

    @Test
    void a_file_that_is_missing_a_directory_or_too_long_is_refused(@TempDir Path directory)
            throws IOException {
        Path longer = Files.write(directory.resolve("long"), new byte[21]);
        Path full = Files.write(directory.resolve("full"), new byte[20]);
        assertEquals(
                "there is no file `" + directory.resolve("no") + "`",
                refusal(SMALL, directory.resolve("no").toString()));
        assertEquals(
                "`" + directory + "` is not a regular file", refusal(SMALL, directory.toString()));
        assertEquals("`" + longer + "` is longer than 20 bytes", refusal(SMALL, longer.toString()));
        assertEquals(20, SMALL.load(full.toString()).length);
        assertTrue(refusal(SMALL, "a\0b").endsWith("is not a file's name"));
    }

    @Test
    void a_document_is_loaded_from_an_address() {
        assertArrayEquals(DOCUMENT, Fetch.allowingPrivateAddresses().load(at("/doc")));
        assertArrayEquals(DOCUMENT, SMALL.load(at("/moved")));
    }

    @Test
    void a_private_address_is_refused_before_it_is_asked() {
        var fetch = Fetch.fromPublicAddresses();
        int port = server.getAddress().getPort();
        for (String host :
                new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"}) {
            assertTrue(
                    refusal(fetch, "http://" + host + ":" + port + "/doc")
                            .contains("which is not a public address"),
                    host);
        }
        for (String host : new String[] {"127.1", "2130706433", "0x7f000001"}) {
            refusal(fetch, "http://" + host + ":" + port + "/doc");
        }
        assertTrue(
                refusal(fetch, "http://169.254.169.254/latest/meta-data")
                        .contains("is not a public address"));
        assertEquals(0, asked.get());
    }

    @Test
    void nothing_is_fetched_while_a_name_could_change_between_check_and_use() {
        String before = Security.getProperty("networkaddress.cache.ttl");
        Security.setProperty("networkaddress.cache.ttl", "0");
        try {
            assertTrue(
                    refusal(Fetch.fromPublicAddresses(), "http://192.0.2.1/doc")
                            .startsWith("nothing is fetched while"));
        } finally {
            Security.setProperty("networkaddress.cache.ttl", before == null ? "" : before);
        }
    }

    @Test
    void a_redirect_leaves_neither_host_nor_port_nor_scheme() {
        int port = server.getAddress().getPort();
        for (String to :
                new String[] {
                    "http://localhost:" + port + "/doc",
                    "http://127.0.0.1/doc",
                    "https://127.0.0.1:" + port + "/doc",
                    "file:///etc/passwd",
                    "//example.com/doc"
                }) {
            server.createContext("/to" + to.hashCode(), exchange -> redirect(exchange, to));
            String message = refusal(SMALL, at("/to" + to.hashCode()));
            assertTrue(message.contains("only the same scheme, host and port"), message);
        }
        assertTrue(refusal(SMALL, at("/nowhere")).endsWith("redirects to no url"));
        assertTrue(refusal(SMALL, at("/round")).endsWith("redirects more than 5 times"));
    }

    @Test
    void an_answer_that_is_too_long_is_refused() {
        assertEquals(20, SMALL.load(at("/full")).length);
        assertTrue(refusal(SMALL, at("/long")).contains("20"));
    }

    @Test
    void an_answer_other_than_200_is_refused() {
        assertTrue(refusal(SMALL, at("/missing")).endsWith("answered 404; expected 200"));
    }

    @Test
    void a_body_that_never_ends_is_given_up() {
        var hurried = new Fetch(20, Duration.ofMillis(300), true);
        assertTrue(refusal(hurried, at("/hang")).contains("did not answer in"));
    }

    @Test
    void a_url_is_a_web_address_without_credentials() {
        String message = refusal(SMALL, "https://user:hunter2@example.com/doc");
        assertTrue(message.contains("without user or password"), message);
        assertTrue(!message.contains("hunter2"), message);
        assertTrue(refusal(SMALL, "https:///doc").contains("cannot be fetched"));
        assertTrue(refusal(SMALL, "http://a b/").endsWith("is not a url"));
        assertTrue(
                refusal(Fetch.fromPublicAddresses(), "https://nowhere.invalid/")
                        .contains("host `nowhere.invalid` is not known"));
    }

    @Test
    void a_closed_port_is_said_to_be_one() {
        server.stop(0);
        assertTrue(refusal(SMALL, at("/doc")).contains("cannot be fetched"));
        server = start();
    }
}
