package dev.daypass.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Bounds on every kind of argument, held at the edge: rows, query, header fields, and what lies
/// deep in a body.
class ArgumentBoundsTest extends WithBodies {
    private static final String EVERY =
            "[read, write, delete, money, personal, secret, admin, outward, identity]";
    private static final String CEILING =
            """
            allow:
              - service: lab
                operations: [createThing]
                traits: %s
                constraints:
                  header/X-Tenant: [acme]
                  body/order/total: {min: 1, max: 500}
                  body/lines/*/amount: {max: 100}
                  body/note: {if_given: {max_length: 10, matches: "[a-z ]*"}}
              - service: lab
                operations: [readThing]
                traits: %s
                constraints:
                  path.a: {matches: "ORD-[0-9]{4}"}
                  query.limit: {if_given: {max: 50}}
              - service: rows
                operations: [readThing]
                traits: %s
                constraints:
                  path.id: ["42", export]
            """
                    .formatted(EVERY, EVERY, EVERY);
    private static final String ROWS =
            """
            openapi: 3.1.0
            info: { title: Rows, version: 1.0.0 }
            paths:
              /things/{id}:
                parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                get: { operationId: readThing, responses: { "200": { description: it } } }
              /things/export:
                get: { operationId: exportThings, responses: { "200": { description: all } } }
              /things/{id}/lines:
                parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                get: { operationId: readLines, responses: { "200": { description: them } } }
            """;
    private static final String GOOD =
            "{\"order\":{\"total\":499.5},\"lines\":[{\"amount\":100},{\"amount\":\"0.5\"}]}";

    private static Agent bound;
    private static Agent.Opened account;
    private static Agent.Opened rows;

    @BeforeAll
    static void start() {
        here.register("rows", ROWS, upstream.url(), here.credential("bearer", "", Lab.KEY));
        bound = here.agent("bound", CEILING);
        account = bound.open("create a thing and read things in the lab");
        rows =
                bound.open(
                        Json.object()
                                .put("task", "read the things")
                                .put("services", Json.strings(List.of("rows")))
                                .build());
    }

    private static Wire.Reply ask(String line, String fields, String body) {
        return ask(account, line, fields, body);
    }

    private static Wire.Reply ask(Agent.Opened account, String line, String fields, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String length = bytes.length == 0 ? "" : "Content-Length: " + bytes.length + "\r\n";
        try (Wire wire = Wire.to(here.port(), bound.tls())) {
            wire.send(
                    "%s HTTP/1.1\r\nHost: edge\r\nAuthorization: %s\r\n%s%s\r\n"
                            .formatted(line, account.bearer(), fields, length));
            return wire.ask(bytes);
        }
    }

    private static Wire.Reply post(String body) {
        return ask("POST /lab/x", "X-Tenant: acme\r\nContent-Type: application/json\r\n", body);
    }

    private static Wire.Reply get(String target) {
        return ask("GET " + target, "", "");
    }

    private static Wire.Reply row(String path) {
        return ask(rows, "GET /rows/things/" + path, "", "");
    }

    private void passes(Wire.Reply reply) {
        assertEquals(200, reply.status(), reply.body());
        assertEquals(1, upstream.received().size());
        forget();
    }

    private void refused(String why, Wire.Reply reply) {
        assertEquals(403, reply.status(), reply.body());
        assertEquals("permitted", text(reply, "step"));
        assertTrue(text(reply, "detail").contains(why), reply.body());
        assertEquals(List.of(), upstream.received());
    }

    private static String text(Wire.Reply reply, String member) {
        return Json.parse(reply.body()) instanceof Json.Obj(var members)
                        && members.get(member) instanceof Json.Str(var text)
                ? text
                : "";
    }

    @Test
    void what_lies_deep_in_a_body_is_judged_and_sent_byte_for_byte() {
        passes(post(GOOD));
        assertEquals(List.of(GOOD), bodies);
        passes(post(GOOD.replace("}]}", "}],\"note\":\"as agreed\"}")));

        refused("`body/order/total` is outside", post(GOOD.replace("499.5", "500.01")));
        refused("`body/order/total` is outside", post(GOOD.replace("499.5", "0")));
        refused("`body/order/total` must be given", post(GOOD.replace("\"total\":499.5", "")));
        refused("could be taken for", post(GOOD.replace("\"lines", "\"Order\":{},\"lines")));
        refused("write it plainly", post(GOOD.replace("499.5", "4e2")));
        refused("no name may stand twice", post(GOOD.replace("499.5", "1,\"total\":9")));
        refused("`body/lines/*/amount` is outside", post(GOOD.replace("\"0.5\"", "101")));
        refused(
                "`body/lines/*/amount` must be given",
                post(GOOD.replace("{\"amount\":100}", "{}")));
        refused(
                "`body/lines/*/amount` is bound",
                post(GOOD.replace("[", "{\"0\":[").replace("]", "]}")));
        refused("`body.note` is outside", post(GOOD.replace("}]}", "}],\"note\":\"As agreed\"}")));
        refused(
                "`body.note` is outside",
                post(GOOD.replace("}]}", "}],\"note\":\"far too long\"}")));
        refused("`body.note` is or holds null", post(GOOD.replace("}]}", "}],\"note\":null}")));
    }

    @Test
    void a_bound_header_reaches_the_service_as_it_was_judged() {
        String json = "Content-Type: application/json\r\n";
        passes(post(GOOD));
        ask("POST /lab/x", json + "x-tenant:   acme  \r\n", GOOD);
        assertEquals(List.of("acme"), upstream.last().all("x-tenant"));
        forget();

        refused("`header.x-tenant` must be given", ask("POST /lab/x", json, GOOD));
        refused(
                "`header.x-tenant` is outside",
                ask("POST /lab/x", json + "X-Tenant: eve\r\n", GOOD));
        refused(
                "`header.x-tenant` is given twice",
                ask("POST /lab/x", json + "X-Tenant: acme\r\nX-Tenant: acme\r\n", GOOD));
        refused(
                "could be taken for `header.x-tenant`",
                ask("POST /lab/x", json + "X-Tenant: acme\r\nX_Tenant: eve\r\n", GOOD));
        refused(
                "servers read differently",
                ask("POST /lab/x", json + "X-Tenant: acme, eve\r\n", GOOD));
        String taken = json + "X-Tenant: acme\r\nConnection: X-Tenant\r\n";
        assertEquals(400, ask("POST /lab/x", taken, GOOD).status());
        assertEquals(List.of(), upstream.received());
    }

    @Test
    void a_query_that_may_be_left_out_is_bound_where_it_is_given() {
        passes(get("/lab/ORD-0017"));
        passes(get("/lab/ORD-0017?limit=50"));

        refused("`query.limit` is outside", get("/lab/ORD-0017?limit=51"));
        refused("could be taken for `query.limit`", get("/lab/ORD-0017?Limit=51"));
        refused("given twice", get("/lab/ORD-0017?limit=1&limit=2"));
        refused("`path.a` is outside", get("/lab/ORD-017"));
        refused("`path.a` is outside", get("/lab/ORD-0017x"));
    }

    @Test
    void one_row_is_permitted_and_neither_its_siblings_nor_what_lies_below() {
        passes(row("42"));
        passes(row("%34%32"));

        refused("`path.id` is outside", row("43"));
        refused("`path.id` is outside", row("042"));
        refused("not among", row("42/lines"));
        // Its word is among the permitted ones, but the service takes it for another operation.
        refused("exportThings", row("export"));
        refused("`path.id` is outside", row("Export"));
    }
}
