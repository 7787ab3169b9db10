package dev.daypass.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plainest client there is: `curl` with a certificate.
class CurlTest {
    private static final String OFFERS = "/shop/offers?from=NYC&to=LON";

    @TempDir Path directory;
    private Installation installation;

    @BeforeEach
    void installation() throws IOException {
        installation = Installation.in(directory);
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void an_account_is_opened_used_and_completed_with_nothing_but_curl() {
        Answered opened =
                curl(
                        "/v1/accounts",
                        "--json",
                        "{\"task\":\"find offers from New York to London\",\"ttl\":\"5m\"}");
        assertEquals(201, opened.status(), opened.body());
        JsonFields account = JsonFields.of(Json.parse(opened.body()));
        String id = account.string("id");
        String bearer = "Authorization: Bearer " + account.string("access_token");

        Answered served = curl(OFFERS, "-H", bearer);
        Answered beyond = curl("/shop/cards", "-H", bearer);
        Answered completed = curl("/v1/accounts/" + id + "/complete", "-X", "POST");
        Answered after = curl(OFFERS, "-H", bearer);

        assertEquals(new Answered("{\"served\":true}", 200), served);
        assertEquals(403, beyond.status(), beyond.body());
        assertEquals(200, completed.status(), completed.body());
        assertEquals(401, after.status(), after.body());
        assertEquals("fresh", JsonFields.of(Json.parse(after.body())).string("step"));
    }

    @Test
    void without_the_certificate_curl_opens_nothing() {
        Answered refused =
                curl(
                        List.of(),
                        "/v1/accounts",
                        "--json",
                        "{\"task\":\"find offers from New York to London\"}");

        assertEquals(401, refused.status(), refused.body());
        assertTrue(refused.body().contains("no client certificate"), refused.body());
    }

    private record Answered(String body, int status) {}

    private Answered curl(String path, String... more) {
        Path agent = installation.agent("shopper");
        return curl(
                List.of(
                        "--cert", agent.resolve("cert.pem").toString(),
                        "--key", agent.resolve("key.pem").toString()),
                path,
                more);
    }

    private Answered curl(List<String> identity, String path, String... more) {
        var words =
                new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "30"));
        words.addAll(identity);
        words.addAll(
                List.of("--cacert", installation.agent("shopper").resolve("ca.pem").toString()));
        words.addAll(List.of("--write-out", "\n%{http_code}"));
        words.addAll(List.of(more));
        words.add(installation.issuer() + path);
        String out = new Command(directory).run(words).good();
        int end = out.lastIndexOf('\n');
        return new Answered(out.substring(0, end), Integer.parseInt(out.substring(end + 1)));
    }
}
