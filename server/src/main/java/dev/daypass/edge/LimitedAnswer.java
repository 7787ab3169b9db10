package dev.daypass.edge;

import dev.daypass.permission.AnswerLimits;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Holds an answer to the limits of its permission. Its first 64 KiB are held back until they are
/// judged: an answer that is shorter goes out whole or not at all.
final class LimitedAnswer implements BodyFilter {
    static final int HELD_BYTES_MAX = 64 * 1024;

    private static final int PARTIAL = 206;

    /// What tells something of the whole answer: a digest of it lets one guess what was dropped.
    private static final List<String> OF_THE_WHOLE =
            List.of(
                    "content-length",
                    "etag",
                    "content-md5",
                    "digest",
                    "content-digest",
                    "repr-digest",
                    "accept-ranges",
                    "signature",
                    "signature-input");

    /// What asks for a part of the answer, or whether it is a certain one.
    private static final List<String> OF_A_PART = List.of("range", "if-range", "if-none-match");

    private final MaskedJson json;
    private final Scrubber scrubber;
    private Buffer held = Buffer.buffer();
    private boolean released;

    LimitedAnswer(AnswerLimits limits, Scrubber scrubber) {
        this.json = new MaskedJson(limits.mask());
        this.scrubber = scrubber;
    }

    /// Takes out of a request what an answer with limits cannot be given to.
    static void asked(MultiMap toService) {
        OF_A_PART.forEach(toService::remove);
    }

    /// Takes out of an answer's head what is true of the whole answer only.
    static void head(MultiMap toAgent) {
        OF_THE_WHOLE.forEach(toAgent::remove);
    }

    /// Why an answer with a body cannot be limited, as its head tells; empty if it can be tried.
    static String objection(int status, MultiMap fields) {
        if (status == PARTIAL || fields.contains("content-range")) {
            return "the service answered with a part, and this account sees less than the whole";
        }
        String answered = "the service answered %d ".formatted(status);
        String coding = fields.get("content-encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return answered + "compressed, and this account does not see all of it";
        }
        List<String> transfer = fields.getAll("transfer-encoding");
        if (transfer.stream().anyMatch(coded -> !coded.equalsIgnoreCase("chunked"))) {
            return answered + "in a transfer coding other than chunks";
        }
        List<String> types = fields.getAll("content-type");
        boolean empty = "0".equals(fields.get("content-length"));
        return empty || (types.size() == 1 && isJson(types.getFirst()))
                ? ""
                : answered + "with what is not json, and this account does not see all of it";
    }

    private static boolean isJson(String type) {
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        String media = parts[0].strip();
        return (media.equals("application/json")
                        || (media.startsWith("application/") && media.endsWith("+json")))
                && Arrays.stream(parts)
                        .map(String::strip)
                        .filter(part -> part.startsWith("charset"))
                        .allMatch(Set.of("charset=utf-8", "charset=\"utf-8\"")::contains);
    }

    @Override
    public boolean idle() {
        return false;
    }

    @Override
    public Buffer next(Buffer chunk) {
        return out(scrubbed(json.next(chunk.getBytes())));
    }

    @Override
    public Buffer rest() {
        Buffer last = scrubbed(json.rest());
        Buffer out = Buffer.buffer().appendBuffer(held).appendBuffer(last);
        return scrubber.idle() ? out : out.appendBuffer(scrubber.rest());
    }

    private Buffer scrubbed(byte[] bytes) {
        Buffer masked = Buffer.buffer(bytes);
        return scrubber.idle() ? masked : scrubber.next(masked);
    }

    private Buffer out(Buffer next) {
        if (released) {
            return next;
        }
        held.appendBuffer(next);
        if (held.length() <= HELD_BYTES_MAX) {
            return Buffer.buffer();
        }
        released = true;
        Buffer first = held;
        held = Buffer.buffer();
        return first;
    }
}
