package dev.daypass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stranger, and an edge that lies, can do with the connection on which edges hear and say
/// what they have applied: over real TLS, with the jdk's own WebSocket.
class EdgeFeedTest {
    private static final int WAIT_SECONDS = 30;
    private static final long ALL = 999_999;
    private static final int POLICY = 1008;
    private static final int NORMAL = 1000;

    @TempDir Path home;
    private Server server;
    private URI broker;
    private OperatorClient operator;
    private final List<HttpClient> clients = new ArrayList<>();

    @BeforeEach
    void aServer() {
        LiveBroker live =
                LiveBroker.start(home.resolve("data"), Map.of("DAYPASS_EDGES_LEASE", "1s"));
        server = live.server();
        broker = live.uri();
        operator = live.operator();
    }

    @AfterEach
    void closed() {
        clients.forEach(HttpClient::shutdownNow);
        server.close();
    }

    /// An edge that a program plays.
    private final class Played {
        private final HttpClient client;
        private final String life;

        /// Takes its place among those that are waited for.
        Played(String name) throws Exception {
            String token =
                    JsonFields.of(
                                    operator.send(
                                                    "POST",
                                                    "/v1/edges",
                                                    Json.object().put("name", name).build())
                                            .json())
                            .string("enrolment_token");
            EdgeIdentity identity =
                    EdgeEnrolment.enrol(broker, Secret.of(token), home.resolve(name));
            client = HttpClient.newBuilder().sslContext(ClientTls.of(identity).requests()).build();
            clients.add(client);
            life = name + "-life";
            Json join =
                    Json.object()
                            .put("say", "join")
                            .put("life", life)
                            .put("request", 1)
                            .put("wall_ms", System.currentTimeMillis())
                            .build();
            assertEquals(
                    200,
                    client.send(
                                    HttpRequest.newBuilder(broker.resolve("/v1/edge/messages"))
                                            .header("content-type", "application/json")
                                            .POST(
                                                    HttpRequest.BodyPublishers.ofByteArray(
                                                            join.bytes()))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode());
        }

        HttpResponse<String> get(HttpClient.Version version) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(broker.resolve("/v1/edge/feed?applied=0"))
                            .version(version)
                            .build(),
                    BodyHandlers.ofString());
        }

        Talking talk() {
            return new Talking(client);
        }
    }

    private final class Talking implements WebSocket.Listener {
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private final AtomicReference<CompletableFuture<Void>> pong =
                new AtomicReference<>(new CompletableFuture<>());
        private final WebSocket socket;

        Talking(HttpClient client) {
            URI at = URI.create("wss://localhost:" + broker.getPort() + "/v1/edge/feed?applied=0");
            socket = client.newWebSocketBuilder().buildAsync(at, this).join();
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pong.get().complete(null);
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended.completeExceptionally(error);
        }

        Talking say(Json message) {
            return say(message.text());
        }

        Talking say(String message) {
            socket.sendText(message, true).join();
            return this;
        }

        /// What was said before has been heard.
        void heard() throws Exception {
            pong.set(new CompletableFuture<>());
            socket.sendPing(ByteBuffer.allocate(0)).join();
            pong.get().get(WAIT_SECONDS, TimeUnit.SECONDS);
        }

        int ended() throws Exception {
            return ended.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Json acknowledges(String life, long applied) {
        return Json.object()
                .put("say", "acknowledge")
                .put("life", life)
                .put("applied", applied)
                .build();
    }

    /// Of what has to be known: there is news that nobody has said to have applied.
    private JsonFields revokeAll() {
        rules();
        Json said =
                operator.send("POST", "/v1/revoke", Json.object().put("all", true).build()).json();
        return Objects.requireNonNull(JsonFields.of(said).objectOrNull("edges"));
    }

    private void rules() {
        Json rules = Json.object().put("source", "rules.yaml").put("text", "rules: []\n").build();
        assertTrue(operator.send("PUT", "/v1/rules", rules).good());
    }

    @Test
    void an_acknowledgement_counts_for_the_edge_that_the_certificate_names_and_for_no_other()
            throws Exception {
        var silent = new Played("berlin");
        var forger = new Played("oslo");
        Talking forging = forger.talk();
        forging.say(acknowledges(forger.life, ALL)).say(acknowledges(silent.life, ALL)).heard();

        JsonFields edges = revokeAll();

        assertEquals(2, edges.longValue("acknowledged"), "the server's own, and the forger's own");
        assertEquals(1, edges.longValue("waited_out"), "who said nothing is waited for");
    }

    @Test
    void what_is_not_an_acknowledgement_ends_the_connection() throws Exception {
        var edge = new Played("berlin");
        for (String bad :
                List.of(
                        "",
                        "{",
                        "{\"say\":\"leave\",\"life\":\"%s\"}".formatted(edge.life),
                        "{\"say\":\"renew\",\"life\":\"%s\",\"request\":1,\"applied\":%d}"
                                .formatted(edge.life, ALL),
                        acknowledges(edge.life, 1).text() + " ".repeat(2_000))) {
            assertEquals(POLICY, edge.talk().say(bad).ended(), bad);
        }

        assertEquals(1, revokeAll().longValue("waited_out"), "nobody was told that it left");
    }

    @Test
    void who_is_no_edge_any_more_is_neither_told_nor_believed() throws Exception {
        var edge = new Played("berlin");
        Talking heard = edge.talk();
        Talking said = edge.talk();
        heard.heard();
        said.heard();
        assertTrue(operator.send("DELETE", "/v1/edges/berlin", null).good());

        said.say(acknowledges(edge.life, ALL));

        assertEquals(POLICY, said.ended());
        rules();

        assertEquals(NORMAL, heard.ended());
        assertThrows(CompletionException.class, edge::talk);
    }

    @Test
    void without_a_handshake_it_says_what_is_needed() throws Exception {
        var edge = new Played("berlin");
        HttpResponse<String> first = edge.get(HttpClient.Version.HTTP_1_1);
        HttpResponse<String> second = edge.get(HttpClient.Version.HTTP_2);

        for (HttpResponse<String> answer : List.of(first, second)) {
            assertEquals(426, answer.statusCode());
            assertTrue(answer.body().contains("problems/upgrade-required"), answer.body());
        }
        assertEquals("websocket", first.headers().firstValue("upgrade").orElse(""));
        assertEquals("", second.headers().firstValue("upgrade").orElse(""));
    }

    @Test
    void who_shows_no_certificate_of_an_edge_gets_no_connection() throws Exception {
        String token =
                JsonFields.of(
                                operator.send(
                                                "POST",
                                                "/v1/edges",
                                                Json.object().put("name", "oslo").build())
                                        .json())
                        .string("enrolment_token");
        var print =
                new dev.daypass.identity.KeyThumbprint.Certificate(
                        token.substring(token.lastIndexOf('.') + 1));
        HttpClient stranger = HttpClient.newBuilder().sslContext(ClientTls.pinned(print)).build();
        clients.add(stranger);

        CompletionException refused =
                assertThrows(CompletionException.class, () -> new Talking(stranger));

        assertTrue(
                refused.getCause() instanceof java.net.http.WebSocketHandshakeException e
                        && e.getResponse().statusCode() == 401);
    }
}
