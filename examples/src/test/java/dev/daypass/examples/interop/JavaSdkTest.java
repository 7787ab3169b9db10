package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.OperatorClient;
import dev.daypass.sdk.Account;
import dev.daypass.sdk.Daypass;
import dev.daypass.sdk.DaypassException;
import dev.daypass.sdk.Refused;
import dev.daypass.sdk.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The SDK for Java against a running server.
class JavaSdkTest {
    private static final String SEARCH = "find the cheapest flight from New York to London";
    private static final String OFFERS = "/offers?from=NYC&to=LON";
    private static final Duration LONG = Duration.ofHours(2); // waits for a human

    @TempDir Path directory;
    private Installation installation;
    private Daypass daypass;

    @BeforeEach
    void connect() throws IOException {
        installation = Installation.in(directory).withFlights();
        daypass = Daypass.connect(installation.agent("buybot"));
    }

    @AfterEach
    void close() {
        daypass.close();
        installation.close();
    }

    private static int status(Account account, String path) {
        return account.http("flights").get(path).statusCode();
    }

    private Consumer<Map<String, Object>> human(String verb, List<String> asked) {
        OperatorClient operator = installation.operator();
        return told -> {
            String id = String.valueOf(told.get("id"));
            asked.add(id);
            Thread.ofVirtual()
                    .start(() -> operator.send("POST", "/v1/accounts/" + id + "/" + verb, null));
        };
    }

    private Optional<String> state(String account) {
        return installation.operator().send("GET", "/v1/accounts/" + account, null).text("state");
    }

    @Test
    void a_call_is_served_and_the_account_is_gone_once_it_is_closed() {
        Account kept;
        try (Account account = daypass.open(SEARCH, Duration.ofMinutes(5))) {
            kept = account;
            assertTrue(account.http("flights").get(OFFERS).body().contains("offers"));
            assertEquals("searchOffers", account.grant().getFirst().get("operation"));
        }

        assertEquals(Optional.of("ended"), state(kept.id()));
        assertThrows(DaypassException.Closed.class, () -> status(kept, OFFERS));
    }

    @Test
    void a_call_outside_the_grant_is_refused_with_its_step() {
        try (Account account = daypass.open(SEARCH)) {
            var refused = assertThrows(Refused.NotPermitted.class, () -> status(account, "/users"));

            assertEquals(Optional.of("permitted"), refused.step());
            assertEquals(200, status(account, OFFERS));
        }
    }

    @Test
    void what_the_service_itself_refuses_is_its_answer() {
        try (Account account = daypass.open(SEARCH)) {
            assertEquals(400, status(account, OFFERS + "&date=never"));
        }
    }

    @Test
    void a_service_that_was_not_granted_is_named() {
        try (Account account = daypass.open(SEARCH)) {
            var unknown = assertThrows(DaypassException.class, () -> account.http("shop"));

            assertTrue(
                    String.valueOf(unknown.getMessage()).contains("it has: flights"),
                    unknown.getMessage());
        }
    }

    @Test
    void words_that_justify_nothing_open_nothing() {
        var refused = assertThrows(Refused.NothingGranted.class, () -> daypass.open("sing a song"));

        assertTrue(refused.problem().containsKey("dropped"));
    }

    @Test
    void a_sub_agents_account_ends_with_its_parent() {
        Account child;
        try (Account parent = daypass.open(SEARCH)) {
            child = parent.open(Wish.of(SEARCH));
            assertEquals(200, status(child, OFFERS));
        }

        assertThrows(Refused.Ended.class, () -> status(child, OFFERS));
    }

    @Test
    void a_renewed_token_is_served_and_more_is_had_when_it_is_asked_for() {
        try (Account account = daypass.open(SEARCH)) {
            account.renew();
            String first = account.http("flights").get(OFFERS).body();
            String offer = first.replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
            assertThrows(Refused.NotPermitted.class, () -> status(account, "/offers/" + offer));
            account.widen("show the details of offer " + offer);

            assertEquals(200, status(account, "/offers/" + offer));
        }
    }

    @Test
    void a_human_agrees_and_the_account_is_open() {
        Wish wish = Wish.of(SEARCH).ttl(LONG).whileWaiting(human("approve", new ArrayList<>()));
        try (Account account = daypass.open(wish)) {
            assertEquals(200, status(account, OFFERS));
        }
    }

    @Test
    void a_human_says_no() {
        var asked = new ArrayList<String>();
        Wish wish = Wish.of(SEARCH).ttl(LONG).whileWaiting(human("deny", asked));

        assertThrows(DaypassException.NotApproved.class, () -> daypass.open(wish));

        assertEquals(Optional.of("ended"), state(asked.getFirst()));
    }

    @Test
    void who_does_not_wait_leaves_nothing_behind() {
        var asked = new ArrayList<String>();
        Wish wish =
                Wish.of(SEARCH)
                        .ttl(LONG)
                        .waitFor(Duration.ZERO)
                        .whileWaiting(told -> asked.add(String.valueOf(told.get("id"))));

        assertThrows(DaypassException.NotApproved.class, () -> daypass.open(wish));

        assertEquals(Optional.of("ended"), state(asked.getFirst()));
    }

    @Test
    void many_threads_share_an_account() throws Exception {
        try (Account account = daypass.open(SEARCH);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> status(account, OFFERS));
            }
            for (Future<Integer> each : threads.invokeAll(calls)) {
                assertEquals(200, each.get());
            }
        }
    }

    @Test
    void a_server_that_is_not_there_is_told_in_a_sentence() throws IOException {
        Path identity = Files.createDirectory(directory.resolve("elsewhere"));
        for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
            Files.copy(installation.agent("buybot").resolve(file), identity.resolve(file));
        }
        Files.writeString(identity.resolve("server"), "https://127.0.0.1:1\n");

        try (Daypass elsewhere = Daypass.connect(identity)) {
            assertThrows(DaypassException.Unreachable.class, () -> elsewhere.open(SEARCH));
        }
        assertThrows(
                DaypassException.NoIdentity.class,
                () -> Daypass.connect(directory.resolve("nobody")));
    }
}
