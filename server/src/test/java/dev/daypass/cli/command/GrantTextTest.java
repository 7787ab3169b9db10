package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTextTest {
    @Test
    void what_an_operation_is_bound_to_is_told_in_words() {
        assertEquals(
                List.of(
                        "only body.amount is a number from 0 to 500",
                        "only body/lines/*/text is text of at most 80 characters, and text that starts with `INV-`",
                        "only header.x-tenant = acme or ltd",
                        "only path.id is text that matches `[0-9]+`",
                        "only query.note is text of at most 9 characters, if given",
                        "answers without /**/ssn, /email",
                        "answers with at most 50 items in a list"),
                GrantText.bounds(
                        JsonFields.of(
                                Json.parse(
                                        """
                                        {"constraints":{
                                          "body.amount":{"max":"500"},
                                          "body/lines/*/text":{"prefix":"INV-","max_length":80},
                                          "header.x-tenant":["acme","ltd"],
                                          "path.id":{"matches":"[0-9]+"},
                                          "query.note":{"if_given":{"max_length":9}}},
                                         "answer":{"drop":["/**/ssn","/email"],"items_max":50}}\
                                        """))));
    }

    @Test
    void what_a_newer_server_says_is_told_as_it_came() {
        assertEquals(
                List.of("only query.q is {\"soundex\":\"a\"}", "answers within {\"keep\":[]}"),
                GrantText.bounds(
                        JsonFields.of(
                                Json.parse(
                                        "{\"constraints\":{\"query.q\":{\"soundex\":\"a\"}},\"answer\":{\"keep\":[]}}"))));
    }

    @Test
    void an_escape_sequence_in_a_bound_reaches_no_terminal() {
        assertEquals(
                List.of("only query.q = a\\u001b[2J"),
                GrantText.bounds(
                        JsonFields.of(
                                Json.parse("{\"constraints\":{\"query.q\":[\"a\\u001b[2J\"]}}"))));
    }
}
