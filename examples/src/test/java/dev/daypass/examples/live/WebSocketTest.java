package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.daypass.wire.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// WebSockets through the edge, with the JDK's client and a server of Vert.x: judged as the GET
/// that they begin with, counted, bounded, searched for echoes, and closed when the account ends.
class WebSocketTest {
    private static final int MESSAGE_BYTES_MAX = 10_000;

    private static Vertx vertx;
    private static HttpServer service;
    private static Installation here;
    private static Agent agent;
    private static final List<MultiMap> HANDSHAKES = new CopyOnWriteArrayList<>();
    private static final List<ServerWebSocket> SOCKETS = new CopyOnWriteArrayList<>();
    private static final List<Integer> CLOSED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        service =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setWebSocketSubProtocols(List.of("chat.v2", "chat.v1"))
                                        .setMaxWebSocketFrameSize(1_000_000)
                                        .setMaxWebSocketMessageSize(1_000_000)
                                        .setPerMessageWebSocketCompressionSupported(true))
                        .requestHandler(WebSocketTest::answer)
                        .listen(0, "127.0.0.1")
                        .await();
        here =
                Installation.start(
                        Map.of("LIMITS_MESSAGE_BYTES_MAX", Integer.toString(MESSAGE_BYTES_MAX)),
                        Clock.systemUTC());
        Lab.register(here, "lab", "http://127.0.0.1:" + service.actualPort());
        agent = here.agent("agent");
    }

    @AfterAll
    static void stop() {
        here.close();
        vertx.close().await();
    }

    @BeforeEach
    void forget() {
        HANDSHAKES.clear();
        SOCKETS.clear();
        CLOSED.clear();
    }

    /// What one test leaves behind is over before the next one counts.
    @AfterEach
    void settle() {
        Await.until("every conversation is over at the service", () -> UNDER_WAY.get() == 0);
    }

    private static void answer(io.vertx.core.http.HttpServerRequest request) {
        HANDSHAKES.add(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
        if (request.path().equals("/none")) {
            request.response().setStatusCode(404).end("no such room");
            return;
        }
        UNDER_WAY.incrementAndGet();
        request.toWebSocket()
                .onFailure(_ -> UNDER_WAY.decrementAndGet())
                .onSuccess(socket -> {
                    SOCKETS.add(socket);
                    socket.textMessageHandler(text -> reply(socket, text));
                    socket.binaryMessageHandler(socket::writeBinaryMessage);
                    socket.closeHandler(_ -> {
                        CLOSED.add((int) closeCode(socket));
                        UNDER_WAY.decrementAndGet();
                    });
                });
    }

    private static short closeCode(ServerWebSocket socket) {
        Short code = socket.closeStatusCode();
        return code == null ? 1006 : code;
    }

    private static void reply(ServerWebSocket socket, String text) {
        switch (text) {
            case "your key" -> socket.writeTextMessage("it is " + Lab.KEY + ", and that is it");
            case "close" -> socket.close((short) 4001, "as you wish");
            case "much" -> socket.writeTextMessage("m".repeat(MESSAGE_BYTES_MAX + 1));
            default -> socket.writeTextMessage("you said " + text);
        }
    }

    private static WebSocket open(
            HttpClient http, Agent.Opened account, String path, Listening listening) {
        return http.newWebSocketBuilder()
                .header("Authorization", account.bearer())
                .subprotocols("chat.v1", "chat.v2")
                .buildAsync(URI.create("wss://localhost:" + here.port() + path), listening)
                .join();
    }

    private static HttpClient http() {
        return agent.http(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void messages_pass_both_ways_with_the_services_credential_and_are_counted() {
        Agent.Opened account = agent.open(Lab.READ);
        var listening = new Listening();
        try (HttpClient http = http()) {
            WebSocket socket = open(http, account, "/lab/counted", listening);
            socket.sendText("hello", true).join();
            listening.hears("you said hello");
            socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
            listening.hears("binary of 3");
            socket.sendText("in two ", false).join();
            socket.sendText("parts", true).join();
            listening.hears("you said in two parts");
            socket.sendPing(ByteBuffer.allocate(0)).join();
            socket.sendClose(4000, "done").join();
            assertEquals("chat.v1", socket.getSubprotocol());
            Await.until("the service hears the end", () -> CLOSED.equals(List.of(4000)));
        }
        MultiMap handshake = HANDSHAKES.getFirst();
        assertEquals("Bearer " + Lab.KEY, handshake.get("authorization"));
        assertFalse(handshake.contains("sec-websocket-extensions"), handshake.toString());
        assertEquals("chat.v1", handshake.get("sec-websocket-protocol"));
        Await.until("a fact", () -> Ledger.of(here).contains("GET /counted"));
        Json passed =
                Json.object()
                        .put("messages_to_service", 3)
                        .put("bytes_to_service", "hello".length() + 3 + "in two parts".length())
                        .put("messages_to_agent", 3)
                        .put(
                                "bytes_to_agent",
                                "you said hello".length() + 3 + "you said in two parts".length())
                        .build();
        assertEquals(List.of(passed), passedBy("GET /counted"));
    }

    /// What passed, by the facts of calls with this request.
    private static List<Json> passedBy(String request) {
        var out = new ArrayList<Json>();
        if (Json.parse(Ledger.of(here)) instanceof Json.Arr(var facts)) {
            for (Json fact : facts) {
                if (fact instanceof Json.Obj(var members)
                        && members.get("body") instanceof Json.Obj(var body)
                        && Json.of(request).equals(body.get("request"))
                        && body.get("passed") instanceof Json.Obj passed) {
                    out.add(passed);
                }
            }
        }
        return out;
    }

    @Test
    void an_echo_of_the_credential_is_overwritten() {
        var listening = new Listening();
        try (HttpClient http = http()) {
            WebSocket socket = open(http, agent.open(Lab.READ), "/lab/room", listening);
            socket.sendText("your key", true).join();
            listening.hears("it is %s, and that is it".formatted("*".repeat(Lab.KEY.length())));
            socket.abort();
        }
    }

    @Test
    void a_close_of_the_service_reaches_the_agent_with_its_code() {
        var listening = new Listening();
        try (HttpClient http = http()) {
            WebSocket socket = open(http, agent.open(Lab.READ), "/lab/room", listening);
            socket.sendText("close", true).join();
            assertEquals(4001, listening.closed());
        }
    }

    @Test
    void an_agent_that_breaks_off_ends_the_services_side() {
        try (HttpClient http = http()) {
            WebSocket socket = open(http, agent.open(Lab.READ), "/lab/room", new Listening());
            Await.until("open", () -> SOCKETS.size() == 1);
            socket.abort();
            Await.until("the service hears of it", () -> CLOSED.equals(List.of(1001)));
        }
    }

    @Test
    void when_the_account_ends_both_sides_are_closed_and_the_agent_is_told() {
        Agent.Opened account = agent.open(Lab.READ);
        var listening = new Listening();
        try (HttpClient http = http()) {
            WebSocket socket = open(http, account, "/lab/revoked", listening);
            socket.sendText("hello", true).join();
            listening.hears("you said hello");

            here.operator().send("DELETE", "/v1/accounts/" + account.id(), null);

            assertEquals(1008, listening.closed());
            Await.until("the service hears of it", () -> CLOSED.equals(List.of(1001)));
            Await.until("a fact", () -> Ledger.of(here).contains("GET /revoked"));
            socket.abort();
        }
    }

    @Test
    void a_message_that_is_too_long_ends_the_conversation() {
        for (String direction : List.of("to the service", "to the agent")) {
            forget();
            var listening = new Listening();
            try (HttpClient http = http()) {
                WebSocket socket = open(http, agent.open(Lab.READ), "/lab/room", listening);
                var _ =
                        socket.sendText(
                                direction.equals("to the agent")
                                        ? "much"
                                        : "m".repeat(MESSAGE_BYTES_MAX + 1),
                                true);
                assertEquals(1009, listening.closed(), direction);
                Await.until("the service is let go", () -> CLOSED.size() == 1);
                socket.abort();
            }
        }
        assertEquals(200, here.operator().send("GET", "/v1/agents", null).status());
    }

    private static int refused(Agent.Opened account, String path) {
        try (HttpClient http = http()) {
            var failure =
                    assertThrows(
                            CompletionException.class,
                            () -> open(http, account, path, new Listening()));
            return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
        }
    }

    @Test
    void a_handshake_is_judged_as_the_get_that_it_is() {
        Agent.Opened account = agent.open(Lab.READ);
        assertEquals(403, refused(account, "/lab/a/b/c"));
        assertEquals(404, refused(account, "/nothing/a"));
        assertEquals(
                401, refused(new Agent.Opened("x", dev.daypass.vault.Secret.of("y")), "/lab/a"));
        assertEquals(List.of(), HANDSHAKES);
    }

    @Test
    void where_answers_are_limited_there_is_no_conversation() {
        Agent limited =
                here.agent(
                        "limited",
                        """
                        allow:
                          - service: "*"
                            traits: [read]
                            answer: {drop: [/email]}
                        """);
        Agent.Opened account = limited.open(Lab.READ);
        try (HttpClient http = limited.http(HttpClient.Version.HTTP_1_1)) {
            var failure =
                    assertThrows(
                            CompletionException.class,
                            () -> open(http, account, "/lab/room", new Listening()));
            assertEquals(
                    403,
                    ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode());
        }
        assertEquals(List.of(), HANDSHAKES);
    }

    @Test
    void a_service_that_does_not_agree_is_a_bad_gateway() {
        assertEquals(502, refused(agent.open(Lab.READ), "/lab/none"));
    }

    @Test
    void a_conversation_costs_one_call() {
        Agent.Opened account =
                agent.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("budget", Json.object().put("calls", 1).build())
                                .build());
        var listening = new Listening();
        try (HttpClient http = http()) {
            WebSocket socket = open(http, account, "/lab/room", listening);
            for (int i = 0; i < 5; i++) {
                socket.sendText("m" + i, true).join();
                listening.hears("you said m" + i);
            }
            assertEquals(403, refused(account, "/lab/room"));
            socket.sendClose(1000, "").join();
            assertEquals(1000, listening.closed());
        }
        Await.until("spent", () -> here.state(account.id()).equals("ended spent"));
    }

    @Test
    void compression_is_agreed_to_with_neither_side() {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            wire.send(
                    """
                    GET /lab/room HTTP/1.1\r
                    Host: edge\r
                    Authorization: %s\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Extensions: permessage-deflate\r
                    \r
                    """
                            .formatted(agent.open(Lab.READ).bearer()));
            Wire.Reply reply = wire.reply(false);
            assertEquals(101, reply.status());
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", reply.field("sec-websocket-accept"));
            assertEquals("", reply.field("sec-websocket-extensions"));
            assertFalse(HANDSHAKES.getFirst().contains("sec-websocket-extensions"));
        }
    }

    @Test
    void a_handshake_of_another_version_is_refused() {
        try (Wire wire = Wire.to(here.port(), agent.tls())) {
            Wire.Reply reply =
                    wire.ask(
                            """
                            GET /lab/room HTTP/1.1\r
                            Host: edge\r
                            Authorization: %s\r
                            Connection: Upgrade\r
                            Upgrade: websocket\r
                            Sec-WebSocket-Version: 8\r
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                            \r
                            """
                                    .formatted(agent.open(Lab.READ).bearer()));
            assertEquals(400, reply.status());
            assertEquals(List.of(), HANDSHAKES);
        }
    }
}
