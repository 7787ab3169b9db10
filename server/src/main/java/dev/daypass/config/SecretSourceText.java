package dev.daypass.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an [SecretSource] is written.
final class SecretSourceText {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private SecretSourceText() {}

    /// The kind of value that a file may hold. What is refused is not shown: it may be a key.
    static Kind<SecretSource> kind() {
        return new Kind<>(
                        "none, file:PATH or env:NAME, where the key is found and never the key itself; NAME is a variable that does not begin with DAYPASS_",
                        SecretSourceText::parse,
                        source -> parse(source.text()) != null,
                        SecretSource::text)
                .unshown();
    }

    static @Nullable SecretSource parse(String text) {
        if (text.equals("none")) {
            return new SecretSource.None();
        }
        if (text.startsWith("env:")) {
            String name = text.substring("env:".length());
            boolean ours = name.startsWith(Environment.PREFIX);
            return VARIABLE.matcher(name).matches() && !ours
                    ? new SecretSource.InVariable(name)
                    : null;
        }
        return text.startsWith("file:") ? file(text.substring("file:".length())) : null;
    }

    private static @Nullable SecretSource file(String path) {
        try {
            return path.isBlank() ? null : new SecretSource.InFile(Path.of(path));
        } catch (InvalidPathException _) {
            return null;
        }
    }
}
