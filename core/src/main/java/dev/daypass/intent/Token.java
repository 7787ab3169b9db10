package dev.daypass.intent;

/// One word or literal of a task.
///
/// @param text as written
/// @param lower in lower case, compatibility forms folded
/// @param stem the form in which it is compared
/// @param span where it stands
/// @param kind what it is
/// @param sentence number of its sentence, from 0
/// @param quoted whether it stands in quotes, code, a pasted text or a literal
record Token(
        String text,
        String lower,
        String stem,
        Span span,
        Kind kind,
        int sentence,
        boolean quoted) {
    /// What a token is.
    enum Kind {
        WORD,
        /// Punctuation that parts clauses: `,` `:` `(` `)` and dashes.
        MARK,
        EMAIL,
        URL,
        PATH,
        FILE,
        HANDLE,
        NUMBER,
        AMOUNT,
        DATE,
        TIME,
        IDENTIFIER
    }

    boolean word() {
        return kind == Kind.WORD;
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /// A word that can justify something: not quoted.
    boolean speaks() {
        return kind == Kind.WORD && !quoted;
    }

    boolean capital() {
        return kind == Kind.WORD && Character.isUpperCase(text.codePointAt(0));
    }
}
