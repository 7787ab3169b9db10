package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.HashChain;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCommandsTest {
    private static final String NOT_AS_WRITTEN = "daypass: the ledger is not as it was written: ";

    @TempDir Path home;
    private final FakeConsole console = new FakeConsole();
    private Run.Place place = new Run.Place(Path.of("."));
    private List<String> facts = new ArrayList<>();
    private String head = "";

    @BeforeEach
    void aLedgerOfFiveFacts() {
        place =
                new Run.Place(home)
                        .with("DAYPASS_CONSOLE", console.url())
                        .with("DAYPASS_OPERATOR_TOKEN", "dpo_test");
        facts = new ArrayList<>();
        byte[] link = HashChain.genesis();
        for (int i = 1; i <= 5; i++) {
            Json.Obj body = Json.object().put("agent", "agent-" + i).put("text", "é\u009b").build();
            var entry =
                    new Entry(
                            i, Run.NOW.plusSeconds(i), TenantId.DEFAULT, null, "AgentAdded", body);
            link = HashChain.link(link, entry);
            head = Base64Url.encode(link);
            var members = new LinkedHashMap<>(entry.toJson().members());
            members.put("link", Json.of(head));
            facts.add(Json.obj(members).text());
        }
    }

    @AfterEach
    void close() {
        console.close();
    }

    private Run verify(String... more) throws IOException {
        Path export = Files.write(home.resolve("export.jsonl"), facts);
        var args = new ArrayList<>(List.of("ledger", "verify", export.toString()));
        args.addAll(List.of(more));
        return place.run(args.toArray(String[]::new));
    }

    private void objected(String objection, String... more) throws IOException {
        Run run = verify(more);

        assertEquals(NOT_AS_WRITTEN + objection + "\n", run.err());
        assertEquals("", run.out());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void a_whole_export_is_verified_without_a_server() throws Exception {
        Run run = verify("--head", head);

        assertEquals("verified: 5 facts, the last link is %s%n".formatted(head), run.out());
        assertEquals(ExitCode.OK, run.code());
        assertEquals(List.of(), console.asked());
    }

    @Test
    void a_changed_fact_is_found() throws Exception {
        facts.set(2, facts.get(2).replace("agent-3", "agent-9"));

        objected("fact 3 was changed: its link does not match");
    }

    @Test
    void a_dropped_fact_is_found() throws Exception {
        facts.remove(3);

        objected("fact 4 is missing: the next one is 5");
    }

    @Test
    void facts_in_another_order_are_found() throws Exception {
        Collections.swap(facts, 1, 2);

        objected("fact 2 is missing: the next one is 3");
    }

    @Test
    void facts_cut_off_at_the_end_are_found_by_the_last_link() throws Exception {
        facts.removeLast();

        assertEquals(ExitCode.OK, verify().code());
        objected(
                "the last link is not `%s`: facts are missing at the end, or were added"
                        .formatted(head),
                "--head",
                head);
    }

    @Test
    void an_export_from_the_middle_cannot_be_verified() throws Exception {
        facts.removeFirst();

        objected("the export begins with fact 2; only one that begins with fact 1 can be verified");
    }

    @Test
    void what_the_chain_does_not_cover_is_refused() throws Exception {
        facts.set(0, facts.get(0).replace("\"seq\":1", "\"seq\":1,\"approved\":true"));

        Run run = verify();

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(
                NOT_AS_WRITTEN
                        + "line 1 is no fact: unknown member `approved`; known: account, body, link, seq, tenant, time, type\n",
                run.err());
    }

    @Test
    void a_line_that_is_no_fact_is_found() throws Exception {
        facts.set(4, "{}");

        objected("line 5 is no fact: `body` is missing; expected an object");
    }

    @Test
    void a_verdict_as_json_names_the_objection() throws Exception {
        facts.remove(0);
        facts.remove(0);

        Run run = verify("-o", "json");

        assertEquals(ExitCode.FAILED, run.code());
        assertFalse(((Json.Bool) member(run, "verified")).value());
    }

    private static Json member(Run run, String name) {
        return Json.parse(run.out().strip()) instanceof Json.Obj(var members)
                ? members.getOrDefault(name, new Json.Null())
                : new Json.Null();
    }

    @Test
    void the_server_is_asked_for_its_own_verdict() {
        console.on(
                "GET /v1/ledger/verify",
                200,
                "{\"verified\":false,\"objection\":\"fact 7 was changed\",\"facts\":7,\"head\":\"abc\"}");

        Run run = place.run("ledger", "verify");

        assertEquals(NOT_AS_WRITTEN + "fact 7 was changed\n", run.err());
        assertEquals(ExitCode.FAILED, run.code());
    }

    @Test
    void an_export_is_read_in_pages_and_verifies() throws Exception {
        console.on(
                        "GET /v1/ledger/facts?from=1&limit=500",
                        200,
                        "[" + String.join(",", facts.subList(0, 3)) + "]")
                .on(
                        "GET /v1/ledger/facts?from=4&limit=500",
                        200,
                        "[" + String.join(",", facts.subList(3, 5)) + "]")
                .on("GET /v1/ledger/facts?from=6&limit=500", 200, "[]");
        Path file = home.resolve("out.jsonl");

        Run run = place.run("ledger", "export", "-f", file.toString());

        assertEquals("exported 5 facts\n", run.err());
        assertEquals(5, Files.readAllLines(file).size());
        assertEquals(
                "verified: 5 facts, the last link is %s%n".formatted(head),
                place.run("ledger", "verify", file.toString()).out());
    }

    @Test
    void a_part_is_exported_by_its_first_and_last_fact() {
        console.on(
                "GET /v1/ledger/facts?from=2&limit=2",
                200,
                "[" + facts.get(1) + "," + facts.get(2) + "]");

        Run run = place.run("ledger", "export", "--from", "2", "--to", "3");

        assertEquals(2, run.out().lines().count());
        assertFalse(run.out().contains("\u009b"));
        assertEquals("exported 2 facts\n", run.err());
    }

    @Test
    void a_refused_export_leaves_the_file_as_it_was() throws Exception {
        Path file = Files.writeString(home.resolve("out.jsonl"), "before");

        Run run = place.run("ledger", "export", "-f", file.toString());

        assertEquals(ExitCode.FAILED, run.code());
        assertEquals("before", Files.readString(file));
        try (var left = Files.list(home)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void an_export_into_a_directory_that_is_not_there_asks_nothing() {
        Path file = home.resolve("no").resolve("export.jsonl");

        Run run = place.run("ledger", "export", "-f", file.toString());

        assertEquals(
                "daypass: file `%s` cannot be written: there is no directory `%s`%n"
                        .formatted(file, file.getParent()),
                run.err());
        assertEquals(ExitCode.FAILED, run.code());
        assertEquals(List.of(), console.asked());
    }
}
