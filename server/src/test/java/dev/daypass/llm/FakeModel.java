package dev.daypass.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.config.ModelProvider;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server on loopback that speaks the wire formats of OpenAI's chat completions, Anthropic's
/// messages and Ollama's chat, and does what it is told to.
public final class FakeModel implements AutoCloseable {
    private static final byte[] MEGABYTE = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Reply reply;

    private FakeModel(HttpServer server, Reply reply) {
        this.server = server;
        this.reply = reply;
    }

    /// How it answers.
    sealed interface Reply {
        /// A good answer whose content is `text`.
        record Says(String text) implements Reply {}

        /// A good answer, once `latch` is open.
        record SaysLater(CountDownLatch latch, String text) implements Reply {}

        /// A body of its own making.
        record Raw(int status, Map<String, String> headers, String body) implements Reply {}

        /// Status 200, and then a byte now and then for ever.
        record Trickles() implements Reply {}

        /// Nothing, for ever.
        record Hangs() implements Reply {}

        /// So many megabytes of white space, with their number told before or not.
        record Pours(int megabytes, boolean chunked) implements Reply {}
    }

    /// @param path where it was asked
    /// @param headers the first of each, names in lower case
    /// @param body what was asked
    public record Asked(String path, Map<String, String> headers, Json.Obj body) {
        public String text() {
            return body.text();
        }

        JsonFields fields() {
            return JsonFields.of(body);
        }
    }

    static FakeModel start(Reply reply) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var fake = new FakeModel(HttpServer.create(address, 0), reply);
            fake.server.setExecutor(fake.threads);
            fake.server.createContext("/", fake::handle);
            fake.server.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FakeModel saying(String text) {
        return start(new Reply.Says(text));
    }

    void reply(Reply next) {
        reply = next;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// Waits until whoever it trickled to has closed the connection.
    void awaitHungUp() {
        try {
            hungUp.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the connection stayed open");
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Its address for a client of this provider.
    public String url(ModelProvider provider) {
        String root = "http://localhost:" + port();
        return provider == ModelProvider.OLLAMA ? root : root + "/v1";
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = new java.util.HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((n, v) -> headers.put(n.toLowerCase(java.util.Locale.ROOT), v.getFirst()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        asked.add(new Asked(path, headers, (Json.Obj) Json.parse(body, JsonLimits.DOCUMENT)));
        try (exchange) {
            answer(exchange, path);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String path)
            throws IOException, InterruptedException {
        switch (reply) {
            case Reply.Says(var text) -> send(exchange, 200, wrapped(path, text));
            case Reply.SaysLater(var latch, var text) -> {
                latch.await();
                send(exchange, 200, wrapped(path, text));
            }
            case Reply.Raw(var status, var headers, var body) -> {
                headers.forEach(exchange.getResponseHeaders()::add);
                send(exchange, status, body);
            }
            case Reply.Trickles() -> trickle(exchange);
            case Reply.Hangs() -> closing.await();
            case Reply.Pours(var megabytes, var chunked) -> pour(exchange, megabytes, chunked);
        }
    }

    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            while (!closing.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        } catch (IOException e) {
            hungUp.countDown();
            throw e;
        }
    }

    private static void pour(HttpExchange exchange, int megabytes, boolean chunked)
            throws IOException {
        exchange.sendResponseHeaders(200, chunked ? 0 : (long) megabytes << 20);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < megabytes; i++) {
            out.write(MEGABYTE);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// A whole answer as the provider of this path writes it.
    static String wrapped(String path, String text) {
        return switch (path) {
            case "/v1/chat/completions" -> openAi(text);
            case "/v1/messages" -> anthropic(text);
            case "/api/chat" -> ollama(text);
            default -> throw new AssertionError("asked at " + path);
        };
    }

    private static String openAi(String text) {
        Json message =
                Json.object()
                        .put("role", "assistant")
                        .put("content", text)
                        .put("refusal", new Json.Null())
                        .build();
        Json choice =
                Json.object()
                        .put("index", 0)
                        .put("message", message)
                        .put("finish_reason", "stop")
                        .build();
        return Json.object()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 1_790_000_000)
                .put("model", "a-model")
                .put("choices", Json.array(List.of(choice)))
                .put(
                        "usage",
                        Json.object()
                                .put("prompt_tokens", 900)
                                .put("completion_tokens", 100)
                                .put("total_tokens", 1_000)
                                .build())
                .build()
                .text();
    }

    private static String anthropic(String text) {
        return Json.object()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "a-model")
                .put(
                        "content",
                        Json.array(
                                List.of(
                                        Json.object()
                                                .put("type", "text")
                                                .put("text", text)
                                                .build())))
                .put("stop_reason", "end_turn")
                .put("stop_sequence", new Json.Null())
                .put(
                        "usage",
                        Json.object().put("input_tokens", 900).put("output_tokens", 100).build())
                .build()
                .text();
    }

    private static String ollama(String text) {
        return Json.object()
                .put("model", "a-model")
                .put("created_at", "2026-11-24T10:00:00.000000Z")
                .put("message", Json.object().put("role", "assistant").put("content", text).build())
                .put("done", true)
                .put("done_reason", "stop")
                .put("prompt_eval_count", 900)
                .put("eval_count", 100)
                .build()
                .text();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
