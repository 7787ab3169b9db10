package dev.daypass.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.http.Body;
import dev.daypass.http.Endpoint;
import dev.daypass.http.Peer;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.http.Routes;
import dev.daypass.http.Routes.Route;
import dev.daypass.permission.HttpMethod;
import dev.daypass.wire.WireException;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a command that the server runs is given, and what its caller gets.
class CommandEndpointTest {
    private static final Routes NOTHING = Routes.of(List.of());

    private interface Command {
        @Nullable Printed run(List<String> arguments, CommandRunner.Api api);
    }

    private static CommandRunner running(Command command) {
        return new CommandRunner() {
            @Override
            public String version() {
                return "7";
            }

            @Override
            public @Nullable String tokenFile() {
                return "/data/operator.token";
            }

            @Override
            public @Nullable Printed run(List<String> arguments, boolean colour, Api api) {
                return command.run(arguments, api);
            }
        };
    }

    private static Printed printed(String text) {
        return new Printed(3, List.of(part(1, text)));
    }

    private static Printed.Part part(int stream, String text) {
        return new Printed.Part(stream, Body.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Request request(String version, byte[] body) {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap()
                        .set("authorization", "Bearer shown")
                        .set("cookie", "other=1")
                        .set(CommandEndpoint.VERSION, version);
        return new Request(
                HttpMethod.POST,
                "/v1/command",
                "",
                headers,
                Body.of(body),
                new Peer(null, "127.0.0.1"),
                Map.of());
    }

    private static Request request(String arguments) {
        return request("7", arguments.getBytes(StandardCharsets.UTF_8));
    }

    private static Response run(Command command, Request request) {
        return new CommandEndpoint(running(command), NOTHING, Runnable::run)
                .run(request, "operator");
    }

    @Test
    void arguments_come_as_they_were_sent_empty_ones_and_line_breaks_too() {
        var seen = new ArrayList<String>();

        Response answer =
                run(
                        (arguments, _) -> {
                            seen.addAll(arguments);
                            return printed("Zürich\n");
                        },
                        request("explain\0\0a\nb\0--\0„%s“\0\0"));

        assertEquals(List.of("explain", "", "a\nb", "--", "„%s“", ""), seen);
        assertEquals(200, answer.status());
        assertEquals("3", answer.headers().get(CommandEndpoint.STATUS));
        assertEquals("1:8", answer.headers().get(CommandEndpoint.OUTPUT));
        assertEquals("Zürich\n", answer.body().text());
        assertEquals("/data/operator.token", answer.headers().get(CommandEndpoint.TOKEN_FILE));
        assertEquals("no-store", answer.headers().get("cache-control"));
    }

    @Test
    void both_streams_are_told_apart_and_keep_their_order() {
        Response answer =
                run(
                        (_, _) ->
                                new Printed(0, List.of(part(2, "a"), part(1, "bc"), part(2, "d"))),
                        request("ls\0"));

        assertEquals("2:1 1:2 2:1", answer.headers().get(CommandEndpoint.OUTPUT));
        assertEquals("abcd", answer.body().text());
    }

    @Test
    void another_version_a_foreign_command_and_a_crowd_of_arguments_are_not_run_here() {
        Command never =
                (_, _) -> {
                    throw new AssertionError("must not run");
                };
        for (Response refused :
                List.of(
                        run(never, request("6", "ls\0".getBytes(StandardCharsets.UTF_8))),
                        run((_, _) -> null, request("serve\0")),
                        run(never, request("ls\0" + "x\0".repeat(256))))) {
            assertEquals(422, refused.status());
            assertTrue(refused.body().text().contains("/not-run-here"), refused.body().text());
        }
    }

    @Test
    void what_is_no_list_of_arguments_is_malformed() {
        for (byte[] body :
                List.of(new byte[0], new byte[] {'l', 's'}, new byte[] {'l', (byte) 0xff, 0})) {
            assertThrows(WireException.class, () -> run((_, _) -> printed(""), request("7", body)));
        }
    }

    @Test
    void a_command_asks_with_its_callers_token_and_address_and_with_nothing_else_of_it() {
        var asked = new ArrayList<Request>();
        Route route =
                Route.of(
                        HttpMethod.POST,
                        "/v1/explain",
                        Endpoint.direct(request -> {
                            asked.add(request);
                            return Response.text(200, "text/plain", "fine");
                        }));

        Response answer =
                new CommandEndpoint(
                                running((_, api) ->
                                        printed(
                                                api.send(
                                                                HttpMethod.POST,
                                                                "/v1/explain?a=b",
                                                                new byte[] {'{', '}'})
                                                        .body()
                                                        .text())),
                                Routes.of(List.of(route)),
                                Runnable::run)
                        .run(request("explain\0"), "operator");

        assertEquals("fine", answer.body().text());
        assertEquals("Bearer shown", asked.getFirst().header("authorization"));
        assertEquals(1, asked.getFirst().headers().size());
        assertEquals("a=b", asked.getFirst().query());
        assertEquals("{}", asked.getFirst().body().text());
        assertEquals("127.0.0.1", asked.getFirst().peer().ip());
    }

    @Test
    void a_command_reaches_no_path_that_is_none_and_no_endpoint_with_more_than_it_takes() {
        Route small =
                Route.of(HttpMethod.POST, "/small", Endpoint.direct(_ -> Response.empty(204)))
                        .withBodyUpTo(4);
        var statuses = new ArrayList<Integer>();
        Command command =
                (_, api) -> {
                    statuses.add(api.send(HttpMethod.POST, "/small", new byte[4]).status());
                    statuses.add(api.send(HttpMethod.POST, "/small", new byte[5]).status());
                    statuses.add(api.send(HttpMethod.GET, "/small", new byte[0]).status());
                    statuses.add(api.send(HttpMethod.POST, "/v1/command", new byte[0]).status());
                    return printed("");
                };

        new CommandEndpoint(running(command), Routes.of(List.of(small)), Runnable::run)
                .run(request("ls\0"), "operator");

        assertEquals(List.of(204, 413, 404, 404), statuses);
    }

    @Test
    void an_endpoint_that_fails_is_told_to_the_command_as_to_everybody_without_its_message() {
        Route broken =
                Route.of(
                        HttpMethod.GET,
                        "/broken",
                        Endpoint.direct(_ -> {
                            throw new IllegalStateException("a secret");
                        }));

        Response answer =
                new CommandEndpoint(
                                running((_, api) ->
                                        printed(
                                                api.send(HttpMethod.GET, "/broken", new byte[0])
                                                        .body()
                                                        .text())),
                                Routes.of(List.of(broken)),
                                Runnable::run)
                        .run(request("ls\0"), "operator");

        assertTrue(answer.body().text().contains("internal-error"), answer.body().text());
        assertFalse(answer.body().text().contains("a secret"), answer.body().text());
    }

    @Test
    void more_than_eight_at_once_are_refused_and_places_become_free_again() throws Exception {
        var arrived = new CountDownLatch(8);
        var go = new CountDownLatch(1);
        var runs = new AtomicInteger();
        Command command =
                (_, _) -> {
                    runs.incrementAndGet();
                    arrived.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return printed("");
                };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var endpoint = new CommandEndpoint(running(command), NOTHING, threads);
            var answers = new ArrayList<Future<Response>>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> endpoint.run(request("ls\0"), "operator")));
            }
            arrived.await();

            assertEquals(503, endpoint.run(request("ls\0"), "operator").status());
            go.countDown();
            for (Future<Response> answer : answers) {
                assertEquals(200, answer.get().status());
            }
            assertEquals(200, endpoint.run(request("ls\0"), "operator").status());
        }
        assertEquals(9, runs.get());
    }

    @Test
    void a_command_that_breaks_gives_its_place_back() {
        Command broken =
                (_, _) -> {
                    throw new IllegalStateException("broken");
                };
        var endpoint = new CommandEndpoint(running(broken), NOTHING, Runnable::run);

        for (int i = 0; i < 20; i++) {
            assertThrows(
                    java.util.concurrent.CompletionException.class,
                    () -> endpoint.run(request("ls\0"), "operator"));
        }
    }
}
