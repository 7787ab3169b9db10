package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.Answer;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.FactProof;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An agent is told which fact of the ledger its opening, its call and its end are, and can prove
/// them later to whoever has the public key.
class ReceiptTest {
    private static Installation here;
    private static Upstream upstream;
    private static Agent agent;
    private static HttpClient http;
    private static NoteKey key;

    @BeforeAll
    static void start() throws IOException {
        here = Installation.start();
        upstream = Lab.in(here, "lab");
        agent = here.agent("holder");
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(agent.tls())
                        .build();
        key = NoteKey.parse(Files.readString(here.data().resolve(LogKey.PUBLIC_FILE)).strip());
    }

    @AfterAll
    static void stop() {
        http.close();
        here.close();
        upstream.close();
    }

    private static HttpResponse<String> send(
            String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(agent.server() + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> opened() throws Exception {
        String asked = Json.object().put("task", Lab.ALL).build().text();
        return send("POST", "/v1/accounts", asked, "content-type", "application/json");
    }

    private static String bearer(HttpResponse<String> opened) {
        return "Bearer " + JsonFields.of(Json.parse(opened.body())).string("access_token");
    }

    private static String id(HttpResponse<String> opened) {
        return JsonFields.of(Json.parse(opened.body())).string("id");
    }

    private static long fact(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("daypass-fact").orElse(0);
    }

    /// The fact, once its proof was verified with the public key alone.
    private static Json.Obj proved(long number) {
        Answer answer = agent.send("GET", "/v1/ledger/facts/%d/proof".formatted(number));
        assertEquals(200, answer.status(), answer.bodyText());
        String entry = answer.text("entry").orElseThrow();
        FactProof proof =
                FactProof.parse(
                        answer.text("proof").orElseThrow().getBytes(StandardCharsets.UTF_8));
        assertEquals(number - 1, proof.index());
        proof.verified(entry.getBytes(StandardCharsets.UTF_8), key);
        assertThrows(
                WireException.class,
                () -> proof.verified((entry + " ").getBytes(StandardCharsets.UTF_8), key));
        return JsonFields.of(answer.json()).take("fact") instanceof Json.Obj fact
                ? fact
                : Json.object().build();
    }

    @Test
    void opening_calling_and_ending_are_proved() throws Exception {
        HttpResponse<String> opened = opened();
        HttpResponse<String> made =
                send("POST", "/lab/x", "a thing", "authorization", bearer(opened));
        HttpResponse<String> read =
                send("GET", "/lab/x", "", "authorization", bearer(opened), "daypass-receipt", "1");
        HttpResponse<String> completed =
                send("POST", "/v1/accounts/" + id(opened) + "/complete", "");

        assertTrue(proved(fact(opened)).text().contains("\"type\":\"AccountOpened\""));
        assertTrue(proved(fact(opened)).text().contains("create a thing"));
        assertTrue(proved(fact(made)).text().contains("POST /x"));
        assertTrue(proved(fact(read)).text().contains("GET /x"));
        assertTrue(proved(fact(completed)).text().contains("\"reason\":\"completed\""));
    }

    @Test
    void a_read_that_asks_for_no_receipt_has_none() throws Exception {
        HttpResponse<String> read = send("GET", "/lab/x", "", "authorization", bearer(opened()));

        assertEquals(200, read.statusCode());
        assertEquals(0, fact(read));
    }

    @Test
    void a_service_neither_sees_the_wish_nor_forges_the_receipt() throws Exception {
        upstream.follow((request, in, out) -> {
            boolean seen = request.names().contains("daypass-receipt");
            Upstream.say(out, "200 OK", seen ? "seen" : "unseen", "daypass-fact: 1");
        });
        HttpResponse<String> opened = opened();

        HttpResponse<String> plain = send("GET", "/lab/x", "", "authorization", bearer(opened));
        HttpResponse<String> wished =
                send("GET", "/lab/x", "", "authorization", bearer(opened), "daypass-receipt", "1");

        assertEquals(0, fact(plain));
        assertEquals("unseen", wished.body());
        assertEquals(1, wished.headers().allValues("daypass-fact").size());
        assertTrue(fact(wished) > fact(opened));
        upstream.follow(Upstream::fine);
    }

    @Test
    void nobody_proves_the_facts_of_another() throws Exception {
        long mine = fact(opened());
        Agent other = here.agent("other");

        for (String number : List.of(String.valueOf(mine), "1", "0", "999999999")) {
            Answer answer = other.send("GET", "/v1/ledger/facts/" + number + "/proof");
            assertEquals(404, answer.status(), answer.bodyText());
            assertFalse(answer.bodyText().contains("lab"), answer.bodyText());
        }
        for (String number : List.of("-1", "x", "1e3", "99999999999999999999")) {
            Answer answer = other.send("GET", "/v1/ledger/facts/" + number + "/proof");
            assertEquals(400, answer.status(), answer.bodyText());
        }
        for (String path : List.of("tile/0/000.p/1", "tile/entries/000.p/1", "range", "facts")) {
            assertEquals(404, other.send("GET", "/v1/ledger/" + path).status(), path);
        }
    }

    @Test
    void an_agent_holds_the_log_to_what_it_signed() throws Exception {
        opened();
        SignedNote before =
                SignedNote.parse(agent.send("GET", "/v1/ledger/checkpoint").body().bytes());
        Tree old = Checkpoint.verified(before, key).tree();
        opened();

        Answer answer = agent.send("GET", "/v1/ledger/consistency?from=" + old.size());
        JsonFields fields = JsonFields.of(answer.json());
        List<TreeHash> hashes = fields.strings("proof").stream().map(TreeHash::of).toList();
        Tree now =
                Checkpoint.verified(
                                SignedNote.parse(
                                        fields.string("checkpoint")
                                                .getBytes(StandardCharsets.UTF_8)),
                                key)
                        .tree();

        assertTrue(now.size() > old.size());
        assertTrue(MerkleProof.consistent(old, now, hashes));
        assertEquals(404, agent.send("GET", "/v1/ledger/consistency?from=99999999").status());
    }

    @Test
    void tiles_and_entries_are_what_the_checkpoint_says() throws Exception {
        opened();
        SignedNote note =
                SignedNote.parse(
                        here.operator().send("GET", "/v1/ledger/checkpoint", null).body().bytes());
        Tree tree = Checkpoint.verified(note, key).tree();
        int width = (int) Math.min(256, tree.size());
        String partial = width == 256 ? "" : ".p/" + width;
        byte[] hashes =
                here.operator().send("GET", "/v1/ledger/tile/0/000" + partial, null).body().bytes();
        byte[] entries =
                here.operator()
                        .send("GET", "/v1/ledger/tile/entries/000" + partial, null)
                        .body()
                        .bytes();

        assertEquals(32 * width, hashes.length);
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = ((entries[at] & 0xff) << 8) | (entries[at + 1] & 0xff);
            byte[] entry = java.util.Arrays.copyOfRange(entries, at + 2, at + 2 + length);
            at += 2 + length;
            assertEquals(
                    TreeHash.of(java.util.Arrays.copyOfRange(hashes, 32 * i, 32 * i + 32)),
                    TreeHash.leaf(entry));
        }
        assertEquals(entries.length, at);
        for (String none : List.of("0/x001/000", "1/000", "0/999.p/1", "0/0", "9/000.p/1")) {
            assertEquals(
                    404,
                    here.operator().send("GET", "/v1/ledger/tile/" + none, null).status(),
                    none);
        }
    }
}
