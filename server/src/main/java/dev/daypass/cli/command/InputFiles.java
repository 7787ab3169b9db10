package dev.daypass.cli.command;

import dev.daypass.cli.FileReasons;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What commands read from files and from standard input, up to a limit.
final class InputFiles {
    private static final int TEXT_BYTES_MAX = 2 * 1024 * 1024;

    private InputFiles() {}

    /// A text file of at most 2 MiB.
    ///
    /// @throws CommandFailure if it cannot be read
    static String text(Path file) {
        return utf8(bytes(file, TEXT_BYTES_MAX), file.toString());
    }

    /// A secret in a file, without the line break after it.
    static Secret secret(Path file) {
        return secret(bytes(file, Secret.BYTES_MAX), "`%s`".formatted(file));
    }

    /// A secret on standard input, without the line break after it.
    static Secret secret(InputStream in) {
        try {
            return secret(in.readNBytes(Secret.BYTES_MAX + 1), "standard input");
        } catch (IOException e) {
            throw new CommandFailure("standard input cannot be read: " + e.getMessage());
        }
    }

    /// A mapping of names to texts in YAML or JSON. What is wrong is told without its content: it
    /// holds secrets.
    ///
    /// @param file `-` for standard input
    static Json.Obj members(String file, InputStream in) {
        Secret text = file.equals("-") ? secret(in) : secret(Path.of(file));
        try {
            var out = Json.object();
            Yaml.parse("credential", text.reveal())
                    .orElseThrow(() -> new WireException("empty"))
                    .entries()
                    .forEach((name, value) -> out.put(name, value.string()));
            return out.build();
        } catch (WireException _) {
            throw new CommandFailure(
                    "`%s` is not a mapping of names to texts, in YAML or JSON"
                            .formatted(Visible.of(file)));
        }
    }

    private static Secret secret(byte[] bytes, String where) {
        if (bytes.length > Secret.BYTES_MAX) {
            throw new CommandFailure(
                    "%s is longer than a secret may be, %d bytes"
                            .formatted(where, Secret.BYTES_MAX));
        }
        String text = utf8(bytes, where).stripTrailing();
        if (text.isEmpty()) {
            throw new CommandFailure("%s holds no secret".formatted(where));
        }
        return Secret.of(text);
    }

    private static byte[] bytes(Path file, int bytesMax) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new CommandFailure(
                        "`%s` is longer than %d bytes".formatted(Visible.of("" + file), bytesMax));
            }
            return bytes;
        } catch (NoSuchFileException _) {
            throw new CommandFailure("there is no file `%s`".formatted(file));
        } catch (IOException e) {
            throw new CommandFailure(
                    "file `%s` cannot be read: %s".formatted(file, FileReasons.of(e)));
        }
    }

    static String utf8(byte[] bytes, String where) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new CommandFailure("%s is not UTF-8 text".formatted(where));
        }
    }
}
