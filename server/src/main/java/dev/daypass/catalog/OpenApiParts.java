package dev.daypass.catalog;

import dev.daypass.permission.Parameter;
import dev.daypass.wire.WireException;

/// What one import works with.
final class OpenApiParts {
    /// All names, labels and descriptions that an import may yield, in characters.
    static final int CHARS_MAX = 32 * 1024 * 1024;

    private final References references;
    private final Pieces pieces;
    private final Schemas schemas;
    private final Choices choices;
    private final Notes notes = new Notes();
    private long chars;

    OpenApiParts(References references, Pieces pieces) {
        this.references = references;
        this.pieces = pieces;
        this.schemas = new Schemas(references, pieces);
        this.choices = new Choices(schemas);
    }

    References references() {
        return references;
    }

    Pieces pieces() {
        return pieces;
    }

    Schemas schemas() {
        return schemas;
    }

    Choices choices() {
        return choices;
    }

    Notes notes() {
        return notes;
    }

    /// Counts a slot against [#CHARS_MAX]: shared lists of choices multiply when they are written.
    ///
    /// @throws WireException once the import has yielded too much
    void spend(Parameter slot) {
        chars += slot.name().length() + slot.description().length();
        for (var choice : slot.choices()) {
            chars += choice.value().length() + choice.label().length();
        }
        if (chars > CHARS_MAX) {
            throw new WireException(
                    "the document describes more than %d characters of parameters"
                            .formatted(CHARS_MAX));
        }
    }
}
