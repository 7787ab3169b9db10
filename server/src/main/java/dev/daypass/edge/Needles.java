package dev.daypass.edge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The forms in which a service may send a secret back: as it is, URL-encoded, as JSON may escape
/// it, and base64-encoded on its own; where a secret is a word and a key, such as `Token 1234`, of
/// the key alone too. Worked out once for each secret, not for each call.
final class Needles {
    static final Needles NONE = new Needles(List.of());

    /// Shorter secrets would be found everywhere by chance.
    private static final int SECRET_CHARS_MIN = 6;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    private final List<byte[]> forms;
    private final int longest;

    private Needles(List<byte[]> forms) {
        this.forms = forms;
        this.longest = forms.stream().mapToInt(form -> form.length).max().orElse(0);
    }

    static Needles of(List<String> secrets) {
        var forms = new LinkedHashSet<String>();
        for (String secret : secrets) {
            add(secret, forms);
            add(secret.substring(secret.lastIndexOf(' ') + 1), forms);
        }
        return new Needles(
                forms.stream().map(form -> form.getBytes(StandardCharsets.UTF_8)).toList());
    }

    private static void add(String secret, Set<String> forms) {
        if (secret.length() < SECRET_CHARS_MIN) {
            return;
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(secret.replace("/", "\\/"));
        forms.add(encoded);
        forms.add(ESCAPE.matcher(encoded).replaceAll(m -> m.group().toLowerCase(Locale.ROOT)));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    List<byte[]> forms() {
        return forms;
    }

    /// Length of the longest form; 0 where there is nothing to look for.
    int longest() {
        return longest;
    }

    @Override
    public String toString() {
        return "Needles[redacted]";
    }
}
