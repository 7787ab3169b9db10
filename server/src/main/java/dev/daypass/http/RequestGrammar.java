package dev.daypass.http;

import java.util.Locale;

/// Follows the bytes of one connection's HTTP/1.1 requests, strictly by the grammar of RFC 9112,
/// and objects to the first byte that another server might read in another way. Where the RFC lets
/// a recipient be lenient (white space in the request line, line feeds alone, folded fields, chunk
/// extensions), nothing is.
final class RequestGrammar {
    private static final int METHOD_CHARS_MAX = 32;
    private static final int CHUNK_SIZE_DIGITS_MAX = 8;
    private static final int LENGTH_DIGITS_MAX = 18;
    private static final int NOTED_CHARS_MAX = 64;
    private static final String VERSION = "HTTP/1.";
    private static final String CONTENT_LENGTH = "content-length";
    private static final String TRANSFER_ENCODING = "transfer-encoding";
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private State state = State.METHOD;
    private String objection = "";
    private int count;
    private long length;
    private boolean chunked;
    private boolean measured;
    private boolean framing; // the value is of a field that says how long the body is
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder value = new StringBuilder();

    private enum State {
        METHOD,
        TARGET,
        VERSION,
        LINE_END,
        FIELD,
        NAME,
        VALUE,
        VALUE_END,
        HEAD_END,
        BODY,
        SIZE,
        SIZE_END,
        CHUNK,
        CHUNK_CR,
        CHUNK_LF,
        LAST_CR,
        LAST_LF
    }

    /// What is wrong with what came; empty for nothing yet.
    String objection() {
        return objection;
    }

    /// Whether no head has begun without having ended.
    boolean between() {
        return !inHead() || (state == State.METHOD && count == 0);
    }

    /// Whether the next byte belongs to a head.
    boolean inHead() {
        return state.compareTo(State.HEAD_END) <= 0;
    }

    /// How many of the next bytes belong to a body, and need no look.
    long passable() {
        return state == State.BODY || state == State.CHUNK ? length : 0;
    }

    /// Passes over so many bytes of a body, at most [#passable()].
    void pass(long bytes) {
        length -= bytes;
        if (length == 0) {
            state = state == State.CHUNK ? State.CHUNK_CR : State.METHOD;
            count = 0;
        }
    }

    /// Takes the next byte.
    ///
    /// @return whether nothing is wrong so far; after the first objection nothing is taken
    boolean take(byte next) {
        if (objection.isEmpty()) {
            step((char) (next & 0xff));
        }
        return objection.isEmpty();
    }

    /// Takes the next bytes, as long as they belong to one head, as [#take(byte)] would one by one.
    ///
    /// @return where it stopped: after the head, at the end, or after what it objects to
    int takeHead(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && inHead() && objection.isEmpty()) {
            at = skipPlain(bytes, at, to);
            if (at < to) {
                step((char) (bytes[at++] & 0xff));
                if (between()) {
                    return at;
                }
            }
        }
        return at;
    }

    /// Passes over what changes nothing: the inside of a target, and of a value that says nothing
    /// of the body's length.
    private int skipPlain(byte[] bytes, int from, int to) {
        int at = from;
        if ((state == State.TARGET && count > 0) || (state == State.VALUE && !framing)) {
            while (at < to && bytes[at] > ' ' && bytes[at] != 0x7f) {
                at++;
            }
        }
        return at;
    }

    private void step(char c) {
        switch (state) {
            case METHOD -> method(c);
            case TARGET -> target(c);
            case VERSION -> version(c);
            case LINE_END -> expect(c, '\n', State.FIELD);
            case FIELD -> field(c);
            case NAME -> name(c);
            case VALUE -> value(c);
            case VALUE_END -> valueEnd(c);
            case HEAD_END -> headEnd(c);
            case BODY, CHUNK -> pass(1);
            case SIZE -> size(c);
            case SIZE_END -> sizeEnd(c);
            case CHUNK_CR -> chunk(c, '\r', State.CHUNK_LF);
            case CHUNK_LF -> chunk(c, '\n', State.SIZE);
            case LAST_CR -> last(c, '\r', State.LAST_LF);
            case LAST_LF -> last(c, '\n', State.METHOD);
        }
    }

    private void object(String why) {
        objection = why;
    }

    private void expect(char c, char wanted, State then) {
        if (c != wanted) {
            object("a line of the head does not end with carriage return and line feed");
        }
        go(then);
    }

    private void go(State next) {
        state = next;
        count = 0;
    }

    private void method(char c) {
        if (c == ' ' && count > 0) {
            go(State.TARGET);
            chunked = false;
            measured = false;
            length = 0;
        } else if (!isToken(c) || ++count > METHOD_CHARS_MAX) {
            object("a request begins with its method and one space");
        }
    }

    private void target(char c) {
        if (c == ' ' && count > 0) {
            go(State.VERSION);
        } else if (c <= ' ' || c == 0x7f) {
            object("the request line is a method, a target and a version, one space between them");
        } else {
            count = 1;
        }
    }

    private void version(char c) {
        if (count < VERSION.length() ? c == VERSION.charAt(count) : isVersionEnd(c)) {
            count++;
        } else if (count == VERSION.length() + 1 && c == '\r') {
            go(State.LINE_END);
        } else {
            object("the request line ends with HTTP/1.1");
        }
    }

    private boolean isVersionEnd(char c) {
        return count == VERSION.length() && (c == '0' || c == '1');
    }

    private void field(char c) {
        if (c == '\r') {
            go(State.HEAD_END);
        } else if (c == ' ' || c == '\t') {
            object("a header field is folded, or white space stands before it"); // section 5.2
        } else {
            name.setLength(0);
            value.setLength(0);
            go(State.NAME);
            name(c);
        }
    }

    private void name(char c) {
        if (c == ':' && count > 0) {
            framing = isFraming();
            go(State.VALUE);
        } else if (c == ':') {
            object("a header field has no name");
        } else if (isToken(c)) {
            note(name, c);
            count = 1;
        } else {
            object("the name of a header field ends with its colon and holds no other characters");
        }
    }

    private void value(char c) {
        if (c == '\r') {
            go(State.VALUE_END);
        } else if ((c < ' ' && c != '\t') || c == 0x7f) {
            object("a header field holds a control character");
        } else if (framing) {
            note(value, c);
        }
    }

    private boolean isFraming() {
        int length = name.length();
        return (length == CONTENT_LENGTH.length() && isNamed(CONTENT_LENGTH))
                || (length == TRANSFER_ENCODING.length() && isNamed(TRANSFER_ENCODING));
    }

    private boolean isNamed(String field) {
        return name.toString().toLowerCase(Locale.ROOT).equals(field);
    }

    private static void note(StringBuilder to, char c) {
        if (to.length() < NOTED_CHARS_MAX) {
            to.append(c);
        }
    }

    private void valueEnd(char c) {
        expect(c, '\n', State.FIELD);
        if (framing && name.length() == CONTENT_LENGTH.length()) {
            contentLength(value.toString().strip());
        } else if (framing) {
            transferEncoding(value.toString().strip());
        }
    }

    private void contentLength(String said) {
        if (measured || chunked) {
            object("the length of the body is told twice");
        } else if (said.isEmpty()
                || said.length() > LENGTH_DIGITS_MAX
                || !said.chars().allMatch(c -> c >= '0' && c <= '9')
                || (said.length() > 1 && said.charAt(0) == '0')) {
            object("Content-Length is one plain number");
        } else {
            measured = true;
            length = Long.parseLong(said);
        }
    }

    private void transferEncoding(String said) {
        if (measured || chunked) {
            object("the length of the body is told twice"); // section 6.3
        } else if (!said.equalsIgnoreCase("chunked")) {
            object("the only transfer coding is chunked, once");
        } else {
            chunked = true;
        }
    }

    private void headEnd(char c) {
        State then = chunked ? State.SIZE : length > 0 ? State.BODY : State.METHOD;
        long bytes = length;
        expect(c, '\n', then);
        length = chunked ? 0 : bytes;
    }

    private void size(char c) {
        int digit = Character.digit(c, 16);
        if (c == '\r' && count > 0) {
            state = State.SIZE_END;
        } else if (c < 0x80 && digit >= 0 && ++count <= CHUNK_SIZE_DIGITS_MAX) {
            length = length << 4 | digit;
        } else {
            object("the size of a chunk is a few hexadecimal digits, and has no extension");
        }
    }

    private void sizeEnd(char c) {
        chunk(c, '\n', length > 0 ? State.CHUNK : State.LAST_CR);
    }

    private void chunk(char c, char wanted, State then) {
        if (c != wanted) {
            object("a chunk does not end where its size says");
        }
        go(then);
    }

    private void last(char c, char wanted, State then) {
        if (c != wanted) {
            object("the body is followed by trailer fields");
        }
        go(then);
    }

    private static boolean isToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
