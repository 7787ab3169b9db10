package dev.daypass.vault;

import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.util.Locale;
import java.util.Set;

/// The members of a credential as an operator gives them, each judged. No refusal repeats a value.
final class CredentialFields {
    /// Fields that say where a request goes and where it ends.
    static final Set<String> NOT_CREDENTIALS =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "expect",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private static final int SECRET_CHARS_MAX = 8_192;
    private static final int PLAIN_CHARS_MAX = 2_048;
    private static final int PEM_CHARS_MAX = 16_384;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}";

    private CredentialFields() {}

    static Secret secret(JsonFields fields, String name) {
        String value = fields.string(name);
        // Visible ascii only: anything else could end a header field or hide in it.
        if (value.isEmpty()
                || value.length() > SECRET_CHARS_MAX
                || !value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new WireException(
                    "`%s` must be 1 to 8192 printable ascii characters".formatted(name));
        }
        return Secret.of(value);
    }

    static String plain(JsonFields fields, String name) {
        String value = fields.string(name);
        if (value.isEmpty()
                || value.length() > PLAIN_CHARS_MAX
                || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new WireException(
                    "`%s` must be 1 to 2048 visible ascii characters".formatted(name));
        }
        return value;
    }

    /// Empty where the member is missing.
    static String plainOrEmpty(JsonFields fields, String name) {
        String value = fields.stringOrNull(name);
        return value == null || value.isEmpty() ? "" : plain(fields, name);
    }

    // RFC 7617, section 2: what follows the first colon is the password.
    static String user(JsonFields fields) {
        String user = plain(fields, "user");
        if (user.indexOf(':') >= 0) {
            throw new WireException("`user` must not hold a colon");
        }
        return user;
    }

    // RFC 6749, section 3.3.
    static String scope(JsonFields fields) {
        String scope = fields.stringOrNull("scope");
        if (scope == null) {
            return "";
        }
        if (scope.length() > PLAIN_CHARS_MAX
                || !scope.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new WireException("`scope` must be at most 2048 printable ascii characters");
        }
        return scope;
    }

    static String headerName(JsonFields fields) {
        String name = plain(fields, "name");
        if (!name.matches(TOKEN)) {
            throw new WireException("`name` is not a header field's name");
        }
        if (NOT_CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new WireException("`name` is a field that frames or routes the request");
        }
        return name;
    }

    static String cookieName(JsonFields fields) {
        String name = plain(fields, "name");
        if (!name.matches(TOKEN)) {
            throw new WireException("`name` is not a cookie's name");
        }
        return name;
    }

    // RFC 6265, section 4.1.1: cookie-octet.
    static Secret cookieValue(JsonFields fields) {
        Secret value = secret(fields, "value");
        if (!value.reveal().chars().allMatch(c -> c > 0x20 && "\",;\\".indexOf(c) < 0)) {
            throw new WireException(
                    "`value` must be a cookie's value: no space, quote, comma, semicolon or backslash");
        }
        return value;
    }

    /// A part of the scope that AWS signs: it is a segment between slashes.
    static String segment(JsonFields fields, String name) {
        String value = plain(fields, name);
        if (!value.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new WireException(
                    "`%s` must be 1 to 128 letters, digits, `.`, `_` or `-`".formatted(name));
        }
        return value;
    }

    static Secret pem(JsonFields fields, String name) {
        return Secret.of(pemText(fields.string(name), name));
    }

    static String pemText(String value, String name) {
        boolean printable =
                value.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r');
        if (value.length() > PEM_CHARS_MAX || !printable || !value.contains("-----BEGIN ")) {
            throw new WireException(
                    "`%s` must be PEM, at most %d characters".formatted(name, PEM_CHARS_MAX));
        }
        return value;
    }
}
