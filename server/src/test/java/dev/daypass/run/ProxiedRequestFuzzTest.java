package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.authority.RunAuthority;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever a local process sends to the run's proxy without TLS: what goes on is for a service of
/// the account, and tells nothing of the run.
class ProxiedRequestFuzzTest {
    private static final RunSecret SECRET = RunSecret.make();
    private static final Proxy PROXY =
            new Proxy(
                    SECRET,
                    Origins.of(
                            Map.of(
                                    "lab", Json.of("http://lab.example/v2"),
                                    "odd", Json.of("http://no_name/"))),
                    RunAuthority.make(Instant.EPOCH, Duration.ofDays(1)),
                    false);

    private static String good() {
        String pair = "run:" + SECRET.reveal();
        return "GET http://lab.example/v2/a?q=1 HTTP/1.1\r\nHost: lab.example\r\nProxy-Authorization: Basic %s\r\nX-One: 1\r\n\r\n"
                .formatted(
                        Base64.getEncoder()
                                .encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static LocalRequest.Read read(String text) throws IOException, MalformedMessage {
        Head head = Head.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        return head != null && Proxy.concerns(head) && !Proxy.isTunnel(head)
                ? PROXY.read(head)
                : new LocalRequest.Read.Refused(Answers.problem(400, "", "", ""));
    }

    @Test
    void a_request_in_absolute_form_goes_on_below_its_service() throws Exception {
        LocalRequest request =
                assertInstanceOf(LocalRequest.Read.Good.class, read(good())).request();

        assertEquals("lab", request.service());
        assertEquals("/a?q=1", request.rest());
        assertEquals(List.of(new Head.Field("X-One", "1")), request.head().fields());
    }

    @Test
    void what_is_for_others_or_from_others_is_refused() throws Exception {
        for (String other :
                List.of(
                        good().replace("http://lab.example/v2", "http://other.example/v2"),
                        good().replace("http://lab.example/v2", "http://lab.example:81/v2"),
                        good().replace("http://lab.example/v2", "http://lab.example/v1"),
                        good().replace(
                                        "http://lab.example/v2",
                                        "http://lab.example@other.example/v2"),
                        good().replace("Basic ", "Bearer "),
                        good().replace("Basic ", "Basic x"),
                        good().replace("Proxy-Auth", "Auth"),
                        good().replace(" HTTP/1.1", ""),
                        good().replace("GET http://lab.example/v2/a?q=1", "CONNECT"))) {
            assertInstanceOf(LocalRequest.Read.Refused.class, read(other), other);
        }
    }

    @Test
    void whatever_is_changed_in_a_request_keeps_the_law() {
        Check.forAll(random -> law(Gen.mutated(random, good(), "\r\n :/?@%,;.\0\u00ff")));
    }

    @FuzzTest
    void fuzz(byte[] bytes) {
        law(bytes);
    }

    private static void law(byte[] bytes) {
        try {
            if (read(new String(bytes, StandardCharsets.ISO_8859_1))
                    instanceof LocalRequest.Read.Good(var request)) {
                String goesOn =
                        new String(request.head().bytes(), StandardCharsets.ISO_8859_1)
                                .substring(request.head().start().length());
                assertFalse(SECRET.in(goesOn + request.rest()));
                assertEquals("lab", request.service());
                assertTrue(request.rest().startsWith("/"));
                assertTrue(request.head().all("proxy-authorization").isEmpty());
            }
        } catch (IOException | MalformedMessage _) {
            // refused
        }
    }
}
