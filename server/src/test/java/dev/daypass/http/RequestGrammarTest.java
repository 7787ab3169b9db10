package dev.daypass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A head is judged alike, however much of it comes at once. Fails where `skipPlain` passes over a
/// control character, or over the value of `Content-Length`.
class RequestGrammarTest {
    private static final int CASES = 20_000;
    private static final List<String> PARTS =
            List.of(
                    "GET /a?b=c HTTP/1.1\r\n",
                    "POST /orders/7 HTTP/1.0\r\n",
                    "Host: localhost\r\n",
                    "Content-Length: 3\r\n",
                    "content-length:0\r\n",
                    "Content-Lengtg: x\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: gzip\r\n",
                    "X: a\tb \u00e9\r\n",
                    " folded\r\n",
                    "\r\n",
                    "abc",
                    "3\r\nabc\r\n0\r\n\r\n");
    private static final String ODD = "\0\t\n\r :;\u007f\u0080\u00ffaG/";

    /// What is known after some bytes.
    private record Seen(String objection, boolean inHead, boolean between, long passable) {
        static Seen of(RequestGrammar grammar) {
            return new Seen(
                    grammar.objection(), grammar.inHead(), grammar.between(), grammar.passable());
        }
    }

    @Test
    void many_bytes_at_once_are_judged_as_one_after_the_other() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = message(random);
            assertEquals(
                    oneByOne(bytes),
                    atOnce(bytes, random),
                    () -> new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] message(Random random) {
        var text = new StringBuilder(PARTS.get(random.nextInt(2)));
        for (int n = random.nextInt(9); n > 0; n--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            char odd = ODD.charAt(random.nextInt(ODD.length()));
            text.setCharAt(random.nextInt(text.length()), odd);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Seen> oneByOne(byte[] bytes) {
        var grammar = new RequestGrammar();
        var out = new ArrayList<Seen>();
        for (byte b : bytes) {
            boolean head = grammar.inHead();
            if (!grammar.take(b)) {
                break;
            }
            if (head && grammar.between()) {
                out.add(Seen.of(grammar));
            }
        }
        out.add(Seen.of(grammar));
        return out;
    }

    private static List<Seen> atOnce(byte[] bytes, Random random) {
        var grammar = new RequestGrammar();
        var out = new ArrayList<Seen>();
        int at = 0;
        while (at < bytes.length && grammar.objection().isEmpty()) {
            if (grammar.inHead()) {
                int to = at + 1 + random.nextInt(bytes.length - at);
                at = grammar.takeHead(bytes, at, to);
                if (grammar.objection().isEmpty() && grammar.between()) {
                    out.add(Seen.of(grammar));
                }
            } else {
                grammar.take(bytes[at++]);
            }
        }
        out.add(Seen.of(grammar));
        return out;
    }
}
