package dev.daypass.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.WireException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Follows `$ref` inside one document, by JSON pointer (RFC 6901, section 6). Nothing outside the
/// document is ever opened: no file, no address.
final class References {
    static final int HOPS_MAX = 32;

    /// How many references and schemas one import may look at; a document needs more only to make
    /// the import slow.
    static final int STEPS_MAX = 2_000_000;

    private static final int POINTER_CHARS_MAX = 2_000;

    private final ObjectNode root;
    private int steps;

    References(ObjectNode root) {
        this.root = root;
    }

    /// Where a reference leads.
    sealed interface Target {
        /// @param node an object that is not itself a reference
        record Found(ObjectNode node) implements Target {}

        /// @param why fit to be shown
        record Lost(String why) implements Target {}
    }

    /// The object that `node` is, or that it refers to.
    Target follow(JsonNode node) {
        JsonNode at = node;
        for (int hop = 0; hop <= HOPS_MAX; hop++) {
            step();
            if (!(at instanceof ObjectNode object)) {
                return new Target.Lost("is not an object");
            }
            JsonNode reference = object.get("$ref");
            if (reference == null || !reference.isTextual()) {
                return new Target.Found(object);
            }
            if (!(look(reference.textValue()) instanceof ObjectNode next)) {
                return lost(reference.textValue());
            }
            at = next;
        }
        return new Target.Lost(
                "`$ref` leads in a circle or through more than %d others".formatted(HOPS_MAX));
    }

    /// The object that one reference names, which may be a reference again.
    Target named(String reference) {
        return follow(root.objectNode().put("$ref", reference));
    }

    /// @throws WireException once the import has looked at too much
    void step() {
        if (++steps > STEPS_MAX) {
            throw new WireException(
                    "the document's references and schemas multiply beyond %d"
                            .formatted(STEPS_MAX));
        }
    }

    private JsonNode look(String reference) {
        if (!reference.startsWith("#/") || reference.length() > POINTER_CHARS_MAX) {
            return root.missingNode();
        }
        try {
            String plus = reference.substring(1).replace("+", "%2B");
            return root.at(JsonPointer.compile(URLDecoder.decode(plus, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return root.missingNode();
        }
    }

    private static Target lost(String reference) {
        String shown = PlainText.clip(reference, 120);
        return new Target.Lost(
                reference.startsWith("#/")
                        ? "`$ref` `%s` leads to nothing in this document".formatted(shown)
                        : "`$ref` `%s` leads out of the document; only `#/…` is followed"
                                .formatted(shown));
    }
}
