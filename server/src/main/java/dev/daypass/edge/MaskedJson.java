package dev.daypass.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.daypass.permission.AnswerMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads JSON as it comes and writes it anew, without what a mask drops: what goes out is what was
/// read, so that no other reader can find more in it. It remembers one text, and the names of the
/// objects that are open.
final class MaskedJson {
    static final int TEXT_CHARS_MAX = 1024 * 1024;
    static final int NAME_CHARS_MAX = 1024;
    static final int NAMES_MAX = 100_000;
    static final int DEPTH_MAX = 200;
    private static final int NUMBER_CHARS_MAX = 1_000;
    private static final int KEPT_BYTES_MAX = 64 * 1024;
    private static final String BROKEN = "the answer is not well-formed json";

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(TEXT_CHARS_MAX)
                                    .maxNameLength(NAME_CHARS_MAX)
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNumberLength(NUMBER_CHARS_MAX)
                                    .build())
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    private final AnswerMask mask;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator generator;
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private AnswerMask.@Nullable Place member; // what the name that was read last leads to
    private byte[] kept = new byte[0];
    private boolean named; // a name was read, and its value was not
    private int skipping;
    private int names;
    private boolean whole;

    MaskedJson(AnswerMask mask) {
        this.mask = mask;
        try {
            this.parser = JSON.createNonBlockingByteArrayParser();
            this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
            this.generator = JSON.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is read or written yet
        }
    }

    /// An object or array whose end is still to come.
    private static final class Open {
        private final AnswerMask.Place place;
        private final @Nullable Set<String> names;
        private int items;

        Open(AnswerMask.Place place, boolean object) {
            this.place = place;
            this.names = object ? new HashSet<>() : null;
        }
    }

    /// What may go out, given the next part of the answer.
    ///
    /// @throws UnfitAnswer if it is not JSON that can be read in one way only
    byte[] next(byte[] chunk) {
        byte[] all = Arrays.copyOf(kept, kept.length + chunk.length);
        System.arraycopy(chunk, 0, all, kept.length, chunk.length);
        int end = complete(all);
        kept = Arrays.copyOfRange(all, end, all.length);
        if (kept.length > KEPT_BYTES_MAX) {
            throw new UnfitAnswer("the answer holds too much white space");
        }
        return read(all, end);
    }

    // Of a part that ends behind a comma or a colon, the parser does not check what may follow.
    private static int complete(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && " \t\r\n".indexOf(bytes[end - 1]) >= 0) {
            end--;
        }
        boolean open = end > 0 && (bytes[end - 1] == ',' || bytes[end - 1] == ':');
        return open ? end - 1 : bytes.length;
    }

    /// What may go out at the end.
    ///
    /// @throws UnfitAnswer as [#next(byte\[\])], and if the answer is not over
    byte[] rest() {
        try {
            if (kept.length > 0) {
                feeder.feedInput(kept, 0, kept.length);
                drain();
            }
            feeder.endOfInput();
            drain();
            if (!open.isEmpty() || skipping > 0) {
                throw new UnfitAnswer(BROKEN);
            }
            return written();
        } catch (IOException e) {
            throw unfit(e);
        }
    }

    // The parser's own words may quote the answer.
    private static UnfitAnswer unfit(IOException e) {
        return new UnfitAnswer(
                e instanceof StreamConstraintsException
                        ? "the answer is deeper than %d levels, or holds a text of more than %d characters, a name of more than %d or a number of more than %d"
                                .formatted(
                                        DEPTH_MAX, TEXT_CHARS_MAX, NAME_CHARS_MAX, NUMBER_CHARS_MAX)
                        : BROKEN);
    }

    private byte[] read(byte[] bytes, int end) {
        try {
            if (end > 0) {
                feeder.feedInput(bytes, 0, end);
                drain();
            }
            return written();
        } catch (IOException e) {
            throw unfit(e);
        }
    }

    private void drain() throws IOException {
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.NOT_AVAILABLE;
                token = parser.nextToken()) {
            if (whole) {
                throw new UnfitAnswer("the answer holds more than one json value");
            }
            take(token);
            whole = open.isEmpty() && skipping == 0;
        }
    }

    private byte[] written() throws IOException {
        generator.flush();
        byte[] written = out.toByteArray();
        out.reset();
        return written;
    }

    private void take(JsonToken token) throws IOException {
        if (skipping > 0) {
            skipping += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } else if (token == JsonToken.FIELD_NAME) {
            name(parser.currentName());
        } else if (token.isStructEnd()) {
            end();
        } else {
            value(token);
        }
    }

    private void name(String name) throws IOException {
        Open object = open.element();
        if (object.names != null && !object.names.add(name)) {
            throw new UnfitAnswer("the answer holds an object with a name that stands twice");
        }
        if (++names > NAMES_MAX) {
            throw new UnfitAnswer(
                    "the answer holds objects of more than %d names".formatted(NAMES_MAX));
        }
        named = true;
        member = mask.member(object.place, name);
        if (member != null) {
            generator.writeFieldName(name);
        }
    }

    private void value(JsonToken token) throws IOException {
        AnswerMask.Place place = place();
        named = false;
        if (place == null) {
            skipping = token.isStructStart() ? 1 : 0;
            return;
        }
        switch (token) {
            case START_OBJECT -> {
                open.push(new Open(place, true));
                generator.writeStartObject();
            }
            case START_ARRAY -> {
                open.push(new Open(place, false));
                generator.writeStartArray();
            }
            case VALUE_STRING ->
                    generator.writeString(
                            parser.getTextCharacters(),
                            parser.getTextOffset(),
                            parser.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> generator.writeBoolean(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> generator.writeNull();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("not a value: " + token);
        }
    }

    private AnswerMask.@Nullable Place place() {
        Open in = open.peek();
        if (in == null) {
            return mask.root();
        }
        return in.names == null ? mask.item(in.place, in.items++) : member;
    }

    private void end() throws IOException {
        if (named) {
            throw new UnfitAnswer(BROKEN);
        }
        Open ended = open.pop();
        if (ended.names == null) {
            generator.writeEndArray();
        } else {
            names -= ended.names.size();
            generator.writeEndObject();
        }
    }
}
