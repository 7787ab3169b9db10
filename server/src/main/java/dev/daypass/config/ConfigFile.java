package dev.daypass.config;

import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration file: YAML in UTF-8 of at most 1 MiB, one section deep, and the lists `users`
/// and `mcp_servers`.
final class ConfigFile {
    static final int BYTES_MAX = 1024 * 1024;

    private ConfigFile() {}

    /// What a file gives.
    ///
    /// @param values by the path of their key
    /// @param users whose tokens of users are believed
    /// @param mcpServers that the edge starts itself
    record Contents(
            Map<String, Given> values, List<UserIssuer> users, List<McpCommand> mcpServers) {}

    /// @throws WireException if the file cannot be read, is not YAML or has a key that is not known
    static Contents read(Path file) {
        return Yaml.parse(file.toString(), text(file, "a configuration file"))
                .map(ConfigFile::contents)
                .orElse(new Contents(Map.of(), List.of(), List.of()));
    }

    private static Contents contents(Yaml root) {
        List<UserIssuer> users = UserIssuers.read(root.get("users"));
        List<McpCommand> mcpServers = McpCommands.read(root.get("mcp_servers"));
        return new Contents(values(root), users, mcpServers);
    }

    private static Map<String, Given> values(Yaml root) {
        var sections = new HashMap<String, @Nullable Yaml>();
        var given = new HashMap<String, Given>();
        for (Key<?> key : Keys.ALL) {
            int dot = key.path().indexOf('.');
            Yaml section =
                    dot < 0
                            ? root
                            : sections.computeIfAbsent(key.path().substring(0, dot), root::get);
            Yaml value = section == null ? null : section.get(key.path().substring(dot + 1));
            if (value != null) {
                given.put(key.path(), new Given(written(key, value), value::error));
            }
        }
        root.end();
        for (Yaml section : sections.values()) {
            if (section != null) {
                section.end();
            }
        }
        return given;
    }

    private static String written(Key<?> key, Yaml value) {
        return key.equals(Keys.ROLES)
                        || key.equals(Keys.EDGE_BROKERS)
                        || key.equals(LedgerSettings.WITNESSES)
                ? String.join(",", value.strings())
                : value.string();
    }

    /// @param kind what the file is, as an error says it
    /// @throws WireException if there is no such text, naming the file
    static String text(Path file, String kind) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw unreadable(file, kind, "it is longer than %d bytes".formatted(BYTES_MAX));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (NoSuchFileException _) {
            throw unreadable(file, kind, "there is no such file");
        } catch (AccessDeniedException _) {
            throw unreadable(file, kind, "permission denied");
        } catch (CharacterCodingException _) {
            throw unreadable(file, kind, "it is not text in UTF-8");
        } catch (IOException e) {
            throw unreadable(file, kind, String.valueOf(e.getMessage()));
        }
    }

    private static WireException unreadable(Path file, String kind, String why) {
        return new WireException("%s: cannot be read as %s: %s".formatted(file, kind, why));
    }
}
