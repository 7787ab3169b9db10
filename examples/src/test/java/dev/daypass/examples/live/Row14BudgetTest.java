package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Answer;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Threat 14: more calls than an account may make.
///
/// Mutation: `Projection.reserve` does not count what others have set aside.
class Row14BudgetTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        here = Installation.start(Map.of("LIMITS_ACCOUNT_CALLS", "500"), Clock.systemUTC());
        upstream = Lab.in(here, "lab");
        agent = here.agent("spender");
        http = agent.http(HttpClient.Version.HTTP_1_1);
    }

    @AfterAll
    static void stop() {
        http.close();
        here.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.follow(Upstream::fine);
    }

    private static Json.Obj budget(long calls) {
        return Json.object().put("calls", calls).build();
    }

    private static Agent.Opened limited(String task, long calls) {
        return agent.open(Json.object().put("task", task).put("budget", budget(calls)).build());
    }

    private static Callable<Integer> call(Agent.Opened account) {
        return () ->
                http.send(
                                agent.request("/lab/x", account).build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode();
    }

    private static int succeeded(List<Integer> statuses) {
        assertTrue(
                statuses.stream().allMatch(s -> s == 200 || s == 403 || s == 401),
                statuses.toString());
        return Collections.frequency(statuses, 200);
    }

    @Test
    void of_two_hundred_calls_at_once_a_budget_of_twenty_lets_exactly_twenty_through() {
        Agent.Opened twenty = limited(Lab.READ, 20);

        List<Integer> statuses = Crowd.of(200, call(twenty));

        assertEquals(20, succeeded(statuses));
        assertEquals(20, upstream.received().size());
        Await.until("spent", () -> here.state(twenty.id()).equals("ended spent"));
        assertEquals("20", here.account(twenty.id()).text("calls_used").orElse(""));
    }

    @Test
    void calls_that_are_set_aside_some_at_a_time_are_still_no_more_than_the_budget() {
        Agent.Opened many = limited(Lab.READ, 107);

        List<Integer> statuses = Crowd.of(250, call(many));

        assertEquals(107, succeeded(statuses));
        assertEquals(107, upstream.received().size());
        Await.until("spent", () -> here.state(many.id()).equals("ended spent"));
    }

    @Test
    void parent_and_child_share_the_parents_budget() {
        Agent.Opened parent = limited(Lab.READ, 20);
        Agent.Opened child =
                agent.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("parent", parent.id())
                                .put("budget", budget(20))
                                .build());

        List<Integer> statuses =
                Crowd.of(
                        100,
                        () -> {
                            int first = call(child).call();
                            int second = call(parent).call();
                            return (first == 200 ? 1 : 0) + (second == 200 ? 1 : 0);
                        });

        assertEquals(20, statuses.stream().mapToInt(Integer::intValue).sum());
        assertEquals(20, upstream.received().size());
        Await.until(
                "the child is spent",
                () -> {
                    agent.call("GET", "/lab/x", child);
                    return here.state(child.id()).equals("ended spent");
                });
        Await.until(
                "the parent is spent",
                () -> {
                    agent.call("GET", "/lab/x", parent);
                    return here.state(parent.id()).equals("ended spent");
                });
        assertEquals(20, upstream.received().size());
    }

    @Test
    void a_spent_parent_does_not_cut_off_the_last_call_of_its_child() throws Exception {
        var answer = new CountDownLatch(1);
        Agent.Opened parent = limited(Lab.READ, 1);
        Agent.Opened child =
                agent.open(Json.object().put("task", Lab.READ).put("parent", parent.id()).build());
        upstream.follow((request, in, out) -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            Upstream.fine(request, in, out);
        });
        var last =
                http.sendAsync(
                        agent.request("/lab/x", child).build(),
                        HttpResponse.BodyHandlers.discarding());
        Await.until("under way", () -> upstream.received().size() == 1);

        for (int i = 0; i < 5; i++) {
            assertEquals(403, agent.call("GET", "/lab/x", parent).status());
        }
        answer.countDown();

        assertEquals(200, last.get().statusCode());
        Await.until("the child is spent", () -> here.state(child.id()).equals("ended spent"));
        assertEquals(1, upstream.received().size());
    }

    @Test
    void a_child_cannot_be_richer_than_its_parent() {
        Agent.Opened parent = limited(Lab.READ, 3);

        Answer child =
                agent.client()
                        .open(
                                Json.object()
                                        .put("task", Lab.READ)
                                        .put("parent", parent.id())
                                        .put("budget", budget(1_000))
                                        .build());

        assertEquals("3", child.text("calls_max").orElse(""), child.bodyText());
    }

    @Test
    void denied_calls_cost_nothing() {
        Agent.Opened three = limited(Lab.READ, 3);

        for (int i = 0; i < 10; i++) {
            assertEquals(403, agent.call("POST", "/lab/x", three).status());
            assertEquals(400, agent.call("GET", "/lab/x/..%2f", three).status());
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(200, agent.call("GET", "/lab/x", three).status());
        }
        Answer fourth = agent.call("GET", "/lab/x", three);
        assertTrue(List.of(401, 403).contains(fourth.status()), fourth.bodyText());
        assertEquals(3, upstream.received().size());
    }

    @Test
    void a_call_that_never_reached_the_service_costs_nothing() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        here.register(
                "moved",
                Lab.OPENAPI,
                "http://127.0.0.1:" + nobody,
                here.credential("bearer", "", "upstream-key"));
        Agent.Opened once =
                agent.open(
                        Json.object()
                                .put("task", Lab.READ)
                                .put("services", Json.strings(List.of("moved")))
                                .put("uses", 1)
                                .build());

        for (int i = 0; i < 5; i++) {
            Answer unreachable = agent.call("GET", "/moved/x", once);
            assertEquals(502, unreachable.status(), unreachable.bodyText());
            assertEquals("forward", unreachable.text("step").orElse(""));
        }
        assertEquals("active", here.state(once.id()));

        here.register(
                "moved",
                Lab.OPENAPI,
                upstream.url(),
                here.credential("bearer", "", "upstream-key"));
        assertEquals(200, agent.call("GET", "/moved/x", once).status());
        assertEquals(1, upstream.received().size());
        Await.until("spent", () -> here.state(once.id()).equals("ended spent"));
    }
}
