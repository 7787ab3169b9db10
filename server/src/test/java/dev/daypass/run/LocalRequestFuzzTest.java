package dev.daypass.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever a local process sends: what goes on is for the program's own services, has one meaning,
/// and tells nothing of the run.
class LocalRequestFuzzTest {
    private static final RunSecret SECRET = RunSecret.make();
    private static final String LOCAL = "http://127.0.0.1:1/" + SECRET.reveal();

    private static String good() {
        return "POST /%s/lab/a?q=1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\nAuthorization: Bearer x\r\nReferer: %s/lab/\r\nContent-Length: 3\r\nX-One: 1\r\n\r\nabc"
                .formatted(SECRET.reveal(), LOCAL);
    }

    private static LocalRequest.Read read(String text) throws IOException {
        try {
            Head head = Head.read(in(text.getBytes(StandardCharsets.ISO_8859_1)));
            return head == null
                    ? new LocalRequest.Read.Refused(Answers.problem(400, "", "", ""))
                    : LocalRequest.of(head, SECRET, LOCAL);
        } catch (MalformedMessage e) {
            return new LocalRequest.Read.Refused(Answers.problem(400, "", e.why(), ""));
        }
    }

    private static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static LocalRequest request(String text) throws IOException {
        return assertInstanceOf(LocalRequest.Read.Good.class, read(text)).request();
    }

    private static int refused(String text) throws IOException {
        return assertInstanceOf(LocalRequest.Read.Refused.class, read(text)).why().status();
    }

    @Test
    void a_request_goes_on_without_what_is_this_places() throws IOException {
        LocalRequest request = request(good());

        assertEquals("lab", request.service());
        assertEquals("/a?q=1", request.rest());
        assertEquals(new Body.Fixed(3), request.body());
        assertEquals(List.of(new Head.Field("X-One", "1")), request.head().fields());
    }

    @Test
    void without_the_runs_secret_nothing_is_served() throws IOException {
        String secret = SECRET.reveal();
        for (String other :
                List.of(
                        "/lab/a",
                        "/",
                        "*",
                        "/" + secret.substring(1) + "/lab/a",
                        "/" + secret + "x/lab/a",
                        "/lab/" + secret)) {
            assertEquals(403, refused(good().replace("/" + secret + "/lab/a", other)), other);
        }
    }

    @Test
    void what_would_tell_the_secret_or_can_be_read_in_two_ways_is_refused() throws IOException {
        for (String line :
                List.of(
                        "Transfer-Encoding: chunked",
                        "Content-Length: 4",
                        "Content-Length: 3, 3",
                        "Bad Name: 1",
                        " folded",
                        ": empty",
                        "X: \u0001")) {
            assertEquals(400, refused(good().replace("X-One: 1", line)), line);
        }
        assertEquals(400, refused(good().replace("?q=1", "?back=" + LOCAL)));
        assertEquals(400, refused(good().replace("HTTP/1.1", "HTTP/1.0")));
        assertEquals(400, refused(good().replace("\r\nX-One", "\nX-One")));
        assertEquals(400, refused(good().replace("1\r\n\r\n", "1".repeat(70_000) + "\r\n\r\n")));
    }

    @Test
    void whatever_is_changed_in_a_request_keeps_the_law() {
        Check.forAll(random -> law(Gen.mutated(random, good(), "\r\n :/?%,;chunked\0\u00ff")));
    }

    @Test
    void a_body_comes_out_as_it_went_in_however_it_is_framed() {
        Check.forAll(random -> {
            byte[] bytes = Gen.bytes(random, 5_000);
            var chunks = new ByteArrayOutputStream();
            for (int at = 0; at < bytes.length; ) {
                int n = Math.min(bytes.length - at, 1 + random.nextInt(900));
                chunks.writeBytes(
                        (Integer.toHexString(n) + ";x=y\r\n").getBytes(StandardCharsets.US_ASCII));
                chunks.write(bytes, at, n);
                chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
                at += n;
            }
            chunks.writeBytes("0\r\nTrailer: 1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(
                    List.of(bytes.length),
                    lengths(new Body.Chunked(), chunks.toByteArray(), bytes));
            assertEquals(
                    List.of(bytes.length), lengths(new Body.Fixed(bytes.length), bytes, bytes));
            assertEquals(List.of(bytes.length), lengths(new Body.UntilClosed(), bytes, bytes));
        });
    }

    private static List<Integer> lengths(Body body, byte[] wire, byte[] expected) {
        try {
            var framed = new ByteArrayOutputStream();
            body.copy(in(wire), framed);
            var content = new ByteArrayOutputStream();
            body.content(in(framed.toByteArray()), content);
            assertEquals(
                    new String(expected, StandardCharsets.ISO_8859_1),
                    content.toString(StandardCharsets.ISO_8859_1));
            return List.of(content.size());
        } catch (IOException | MalformedMessage e) {
            throw new AssertionError(e);
        }
    }

    @FuzzTest
    void fuzz(byte[] bytes) {
        law(bytes);
    }

    private static void law(byte[] bytes) {
        try {
            Head head = Head.read(in(bytes));
            if (head != null
                    && LocalRequest.of(head, SECRET, LOCAL)
                            instanceof LocalRequest.Read.Good(var request)) {
                String goesOn =
                        new String(request.head().bytes(), StandardCharsets.ISO_8859_1)
                                .substring(request.head().start().length());
                assertFalse(SECRET.in(goesOn + request.rest() + request.service()));
                assertFalse(request.service().contains("/"));
                assertTrue(request.rest().isEmpty() || "/?".indexOf(request.rest().charAt(0)) >= 0);
                assertTrue(request.head().all("content-length").isEmpty());
                assertTrue(request.head().all("authorization").isEmpty());
            }
        } catch (IOException | MalformedMessage _) {
            // refused
        }
    }
}
