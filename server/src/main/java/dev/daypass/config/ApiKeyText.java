package dev.daypass.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an [ApiKeySource] is written.
final class ApiKeyText {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private ApiKeyText() {}

    /// The kind of value that a file may hold. What is refused is not shown: it may be a key.
    static Kind<ApiKeySource> kind() {
        return new Kind<>(
                        "none, file:PATH or env:NAME, where the key is found and never the key itself; NAME is a variable that does not begin with DAYPASS_",
                        ApiKeyText::parse,
                        source -> parse(source.text()) != null,
                        ApiKeySource::text)
                .unshown();
    }

    static @Nullable ApiKeySource parse(String text) {
        if (text.equals("none")) {
            return new ApiKeySource.None();
        }
        if (text.startsWith("env:")) {
            String name = text.substring("env:".length());
            boolean ours = name.startsWith(Environment.PREFIX);
            return VARIABLE.matcher(name).matches() && !ours
                    ? new ApiKeySource.InVariable(name)
                    : null;
        }
        return text.startsWith("file:") ? file(text.substring("file:".length())) : null;
    }

    private static @Nullable ApiKeySource file(String path) {
        try {
            return path.isBlank() ? null : new ApiKeySource.InFile(Path.of(path));
        } catch (InvalidPathException _) {
            return null;
        }
    }
}
