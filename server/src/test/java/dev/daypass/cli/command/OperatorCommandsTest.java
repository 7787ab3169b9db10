package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators' commands ask of a server, and what they print of its answer.
class OperatorCommandsTest {
    private static final String ID = "acc_01M86AMSY541SF1PJ9S3EV1QNP";
    private static final String ACCOUNT =
            """
            {"id":"%s","state":"active","task":"find\\u001b[2J a flight","agent":"buybot",\
            "opened_at":"2026-11-24T09:59:00Z","expires_at":"2026-11-24T10:09:12Z",\
            "calls_max":10,"calls_used":3,"grant":[{"service":"flights","resource":"offers","operation":"searchOffers",\
            "method":"GET","path":"/offers","constraints":{"query.from":["NYC","EWR"],"query.to":["LON"]},\
            "traits":["read"],"because":"find a flight"},{"service":"flights","resource":"offers","operation":"getOffer",\
            "method":"GET","path":"/offers/{id}","traits":[],"because":"flight"},{"service":"papers",\
            "resource":"papers","operation":"list","method":"GET","path":"/papers","because":""}],\
            "endpoints":{"flights":"https://localhost:8443/flights"}}\
            """
                    .formatted(ID);

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private Run.Place place = new Run.Place(Path.of("."));

    @BeforeEach
    void atHome() {
        place =
                new Run.Place(home)
                        .with("DAYPASS_CONSOLE", console.url())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void accounts_are_listed_in_columns() {
        console.on(
                "GET /v1/accounts?limit=100&state=active&agent=buybot",
                200,
                "["
                        + ACCOUNT
                        + ",{\"id\":\"acc_x\",\"state\":\"ended\",\"reason\":\"parent_ended\","
                        + "\"agent\":\"b\",\"expires_at\":\"2026-11-24T10:09:12Z\"}]");

        Run run = place.run("ls", "--state", "active", "--agent", "buybot");

        assertEquals(
                """
                ACCOUNT                         STATE                 AGENT   EXPIRES   CALLS    TASK
                acc_01M86AMSY541SF1PJ9S3EV1QNP  active                buybot  in 9m12s  3 of 10  find\\u001b[2J a flight
                acc_x                           ended (parent ended)  b
                """,
                run.out());
        assertEquals(List.of("Bearer dpo_test"), console.authorizations());
        assertEquals(ExitCode.OK, run.code());
    }

    @Test
    void an_account_is_shown_with_its_tree() {
        console.on("GET /v1/accounts/" + ID, 200, ACCOUNT);

        assertEquals(
                """
                account   acc_01M86AMSY541SF1PJ9S3EV1QNP
                state     active
                agent     buybot
                task      find\\u001b[2J a flight
                opened    2026-11-24T09:59:00Z (1m ago)
                expires   2026-11-24T10:09:12Z (in 9m12s)
                calls     3 of 10
                endpoint  https://localhost:8443/flights

                flights
                └─ offers
                   ├─ searchOffers  GET /offers  [read]
                   │    only query.from = EWR or NYC
                   │    only query.to = LON
                   │    because “find a flight”
                   └─ getOffer  GET /offers/{id}
                        because “flight”
                papers
                └─ papers
                   └─ list  GET /papers
                """,
                place.run("show", ID).out());
    }

    @Test
    void as_json_the_answer_comes_as_it_is_but_for_control_characters() {
        console.on("GET /v1/accounts/" + ID, 200, "{\"id\":\"x\",\"task\":\"\u009b31m é\"}");

        Run run = place.run("show", ID, "-o", "json");

        assertEquals("{\"id\":\"x\",\"task\":\"\\u009b31m é\"}\n", run.out());
    }

    @Test
    void a_refusal_is_the_problem_on_one_line() {
        console.on(
                "POST /v1/accounts/" + ID + "/approve",
                409,
                "{\"title\":\"Not in the state for this\",\"step\":\"decide\",\"detail\":\"it has\\nended\",\"next\":\"open another\"}");

        Run run = place.run("approve", ID);

        assertEquals(
                "daypass: Not in the state for this: it has\\nended (decide) — open another\n",
                run.err());
        assertEquals("", run.out());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void as_json_a_refusal_is_the_problem_document_as_well() {
        console.on("POST /v1/accounts/" + ID + "/deny", 409, "{\"title\":\"No\",\"status\":409}");

        Run run = place.run("deny", ID, "-o", "json");

        assertEquals("{\"title\":\"No\",\"status\":409}\n", run.out());
        assertEquals("daypass: No\n", run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void an_answer_that_is_no_problem_document_is_told_by_its_status() {
        console.on("GET /v1/usage", 502, "<html>");

        Run run = place.run("usage");

        assertEquals(
                "daypass: the server answered 502 without saying why; is it a Daypass server?\n",
                run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void an_answer_of_another_shape_is_one_line_too() {
        console.on("GET /v1/agents", 200, "{\"hello\":1}").on("GET /v1/usage", 200, "[{}]");

        assertEquals(
                "daypass: the server's answer is not a list; is something else listening there?\n",
                place.run("agent", "ls").err());
        assertEquals("daypass: `day` is missing; expected a string\n", place.run("usage").err());
    }

    @Test
    void each_way_to_revoke_asks_for_just_that() {
        console.on("DELETE /v1/accounts/" + ID, 200, "{\"accounts\":1}")
                .on("POST /v1/revoke", 200, "{\"accounts\":7}");

        assertEquals("accounts ended: 1\n", place.run("revoke", ID).out());
        assertEquals("accounts ended: 7\n", place.run("revoke", "--all").out());
        place.run("revoke", "--agent", "buybot");
        place.run("revoke", "--service", "flights");

        assertEquals(
                List.of(
                        "DELETE /v1/accounts/" + ID,
                        "POST /v1/revoke {\"all\":true}",
                        "POST /v1/revoke {\"agent\":\"buybot\"}",
                        "POST /v1/revoke {\"service\":\"flights\"}"),
                console.asked());
    }

    @Test
    void an_enrolment_token_stands_alone_on_standard_output() throws Exception {
        console.on("POST /v1/agents", 201, "{\"enrolment_token\":\"b.s.f\",\"expires_in\":900}");
        Path ceiling =
                Files.writeString(
                        home.resolve("c.yaml"),
                        """
                        allow:
                          - service: "*"
                        """);

        Run run =
                place.run(
                        "agent",
                        "add",
                        "buybot",
                        "--default-task",
                        "flights=find a flight",
                        "--ceiling",
                        ceiling.toString());

        assertEquals("b.s.f\n", run.out());
        assertEquals(
                "agent `buybot` is registered; where it runs, within 15m, give this token to: daypass agent enrol --token -\n",
                run.err());
        assertEquals(
                List.of(
                        "POST /v1/agents {\"name\":\"buybot\",\"ceiling\":\"allow:\\n  - service: \\\"*\\\"\\n\",\"default_tasks\":{\"flights\":\"find a flight\"}}"),
                console.asked());
    }

    @Test
    void a_ceiling_with_an_error_is_refused_before_anything_is_asked() throws Exception {
        Path ceiling = Files.writeString(home.resolve("c.yaml"), "alow: []\n");

        Run run = place.run("agent", "add", "buybot", "--ceiling", ceiling.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().startsWith("daypass: " + ceiling + ":1:"), run.err());
        assertEquals(List.of(), console.asked());
    }

    @Test
    void agents_and_services_are_listed() {
        console.on(
                        "GET /v1/agents",
                        200,
                        "[{\"name\":\"buybot\",\"enrolled\":true,\"thumbprint\":\"abc\",\"ceiling\":\"x\"},{\"name\":\"new\",\"enrolled\":false}]")
                .on(
                        "GET /v1/services",
                        200,
                        "[{\"name\":\"flights\",\"upstream\":\"https://up.example\",\"credential\":\"header\"}]");

        assertEquals(
                """
                NAME    ENROLLED  CEILING     CERTIFICATE
                buybot  yes       its own     abc
                new     no        reads only
                """,
                place.run("agent", "ls").out());
        assertEquals(
                """
                NAME     CREDENTIAL  UPSTREAM
                flights  header      https://up.example
                """,
                place.run("service", "ls").out());
    }

    @Test
    void what_is_taken_away_is_told_with_what_ended() {
        console.on("DELETE /v1/agents/buybot", 200, "{\"ended\":2}")
                .on("DELETE /v1/services/flights", 200, "{\"ended\":0}");

        assertEquals(
                "agent `buybot` is gone; accounts ended: 2\n",
                place.run("agent", "rm", "buybot").out());
        assertEquals(
                "service `flights` is gone; accounts ended: 0\n",
                place.run("service", "rm", "flights").out());
    }

    @Test
    void usage_is_a_table() {
        console.on(
                "GET /v1/usage",
                200,
                "[{\"agent\":\"buybot\",\"service\":\"flights\",\"day\":\"2026-11-24\",\"calls\":12,\"refused\":3}]");

        assertEquals(
                """
                DAY         AGENT   SERVICE  CALLS  REFUSED
                2026-11-24  buybot  flights  12     3
                """,
                place.run("usage").out());
    }

    @Test
    void lists_without_rows_say_what_to_do() {
        for (String path : List.of("agents", "services", "usage", "rules", "accounts?limit=100")) {
            console.on("GET /v1/" + path, 200, "[]");
        }

        assertEquals(
                "no agents; add one with: daypass agent add NAME\n",
                place.run("agent", "ls").out());
        assertTrue(place.run("service", "ls").out().startsWith("no services; add one with: "));
        assertEquals("no calls yet\n", place.run("usage").out());
        assertTrue(place.run("rules", "ls").out().startsWith("no rules: "));
        assertEquals("no accounts\n", place.run("ls").out());
    }

    @Test
    void the_token_of_the_data_directory_is_used_and_a_missing_one_is_told() {
        place.with("DAYPASS_OPERATOR_TOKEN", "").with("DAYPASS_DATA", home.resolve("d").toString());

        Run run = place.run("ls");

        assertEquals(ExitCode.FAILED, run.code());
        assertTrue(run.err().contains("run `daypass init`, or set DAYPASS_OPERATOR_TOKEN"));
        assertFalse(run.err().contains("dpo_"));
        assertEquals(List.of(), console.asked());
    }

    @Test
    void an_account_that_has_ended_does_not_expire_any_more() {
        console.on(
                "GET /v1/accounts/" + ID,
                200,
                "{\"id\":\"%s\",\"state\":\"ended\",\"reason\":\"revoked\",\"expires_at\":\"2026-11-24T10:09:12Z\",\"ended_at\":\"2026-11-24T09:59:50Z\"}"
                        .formatted(ID));

        assertEquals(
                """
                account   acc_01M86AMSY541SF1PJ9S3EV1QNP
                state     ended (revoked)
                ended     2026-11-24T09:59:50Z (10s ago)
                """,
                place.run("show", ID).out());
    }

    @Test
    void an_account_that_waits_is_shown_with_the_way_to_decide() {
        console.on(
                "GET /v1/accounts/" + ID,
                200,
                "{\"id\":\"%s\",\"state\":\"awaiting_approval\"}".formatted(ID));

        assertEquals(
                """
                account   acc_01M86AMSY541SF1PJ9S3EV1QNP
                state     awaiting approval

                an operator decides: daypass approve acc_01M86AMSY541SF1PJ9S3EV1QNP, or: daypass deny acc_01M86AMSY541SF1PJ9S3EV1QNP
                """,
                place.run("show", ID).out());
    }

    @Test
    void revoking_what_is_not_there_fails_and_revoking_what_has_nothing_open_does_not() {
        console.on("POST /v1/revoke", 200, "{\"accounts\":0}")
                .on("GET /v1/agents", 200, "[{\"name\":\"buybot\"}]")
                .on("GET /v1/services", 200, "[]");

        Run agent = place.run("revoke", "--agent", "buybt");
        Run service = place.run("revoke", "--service", "flights");

        assertEquals(
                "daypass: nothing was revoked: there is no agent `buybt`; see `daypass agent ls`\n",
                agent.err());
        assertEquals("", agent.out());
        assertEquals(ExitCode.FAILED, agent.code());
        assertEquals(
                "daypass: nothing was revoked: there is no service `flights`; see `daypass service ls`\n",
                service.err());
        assertEquals("accounts ended: 0\n", place.run("revoke", "--agent", "buybot").out());
        assertEquals("accounts ended: 0\n", place.run("revoke", "--all").out());
    }
}
