package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whom the run's own URL is for: programs, and no page of another origin, whatever it calls this
/// place.
class LocalCallerTest {
    private static final String LOCAL = "http://127.0.0.1:4711/secret";

    private static Answers.@Nullable Local judged(String... fields) {
        var all = new ArrayList<Head.Field>();
        for (String field : fields) {
            String[] pair = field.split(": ", 2);
            all.add(new Head.Field(pair[0], pair[1]));
        }
        return LocalCaller.refusal(new Head("GET /secret/lab/ HTTP/1.1", all), LOCAL);
    }

    @Test
    void programs_and_pages_of_the_run_itself_are_served() {
        for (String host : List.of("127.0.0.1:4711", "localhost:4711")) {
            assertNull(judged("Host: " + host));
            assertNull(
                    judged(
                            "Host: " + host,
                            "Origin: http://127.0.0.1:4711",
                            "Sec-Fetch-Site: same-origin"));
        }
    }

    @Test
    void a_name_that_was_made_to_resolve_here_is_refused() {
        for (String host :
                List.of(
                        "rebound.example:4711",
                        "127.0.0.1",
                        "127.0.0.1:80",
                        "127.0.0.1:4711.rebound.example",
                        "[::1]:4711",
                        "0.0.0.0:4711")) {
            Answers.Local why = judged("Host: " + host);
            assertNotNull(why, host);
            assertEquals(403, why.status());
        }
        assertNotNull(judged("X: 1"), "no Host at all");
        assertNotNull(judged("Host: 127.0.0.1:4711", "Host: localhost:4711"), "two of them");
    }

    @Test
    void a_page_of_another_origin_is_refused_before_its_request_is_looked_at() {
        for (String field :
                List.of(
                        "Origin: https://page.example",
                        "Origin: null",
                        "Origin: http://127.0.0.1:80",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site")) {
            assertNotNull(judged("Host: 127.0.0.1:4711", field), field);
        }
    }

    @Test
    void a_page_that_a_browser_shows_does_not_spend_the_account_at_a_services_own_name() {
        var service = new Origins.Service("shop", "");
        RunSecret secret = RunSecret.make();
        for (String field :
                List.of(
                        "Origin: https://evil.example",
                        "Origin: null",
                        "Origin: http://shop.example",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site")) {
            LocalRequest.Read read =
                    LocalRequest.within(post(field), service, "https://shop.example", secret);
            assertInstanceOf(LocalRequest.Read.Refused.class, read, field);
        }
        for (String field :
                List.of(
                        "Origin: https://shop.example",
                        "Sec-Fetch-Site: same-origin",
                        "Sec-Fetch-Site: none",
                        "X: 1")) {
            LocalRequest.Read read =
                    LocalRequest.within(post(field), service, "https://shop.example", secret);
            assertInstanceOf(LocalRequest.Read.Good.class, read, field);
        }
    }

    private static Head post(String field) {
        String[] pair = field.split(": ", 2);
        return new Head(
                "POST /orders HTTP/1.1",
                List.of(new Head.Field("Host", "shop.example"), new Head.Field(pair[0], pair[1])));
    }
}
