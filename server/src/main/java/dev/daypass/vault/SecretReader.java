package dev.daypass.vault;

import dev.daypass.config.SecretSource;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A secret of the configuration, such as the key to a model or the database's password, read from
/// where its [SecretSource] says. No error shows any of it.
public final class SecretReader {
    /// The longest secret, in characters.
    public static final int CHARS_MAX = 4_096;

    // What an HTTP header field may carry (RFC 9110, section 5.5), white space left out.
    private static final Pattern TEXT = Pattern.compile("[!-~]{1," + CHARS_MAX + "}");

    private SecretReader() {}

    /// The secret, or `null` where none is wanted.
    ///
    /// @param key the configuration key it is for, for errors
    /// @param environment all variables
    /// @throws WireException if there is no secret, or it is none that can be sent
    public static @Nullable Secret load(
            String key, SecretSource source, Map<String, String> environment) {
        return switch (source) {
            case SecretSource.None _ -> null;
            case SecretSource.InFile(var path) ->
                    secret(key, "the file `%s`".formatted(path), file(key, path));
            case SecretSource.InVariable(var name) -> {
                String where = "the variable `%s`".formatted(name);
                String text = environment.get(name);
                if (text == null) {
                    throw new WireException(
                            "`%s` is in %s, which is not set".formatted(key, where));
                }
                yield secret(key, where, text);
            }
        };
    }

    private static Secret secret(String key, String where, String text) {
        String secret = text.strip();
        if (!TEXT.matcher(secret).matches()) {
            throw new WireException(
                    "`%s` is in %s, which holds no secret; expected 1 to %d printable ascii characters on one line"
                            .formatted(key, where, CHARS_MAX));
        }
        return Secret.of(secret);
    }

    private static String file(String key, Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(2 * CHARS_MAX), StandardCharsets.UTF_8);
        } catch (NoSuchFileException _) {
            throw new WireException(
                    "`%s` is in the file `%s`, which does not exist".formatted(key, path));
        } catch (IOException _) {
            throw new WireException(
                    "`%s` is in the file `%s`, which cannot be read".formatted(key, path));
        }
    }
}
