package dev.daypass.run;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The configuration of MCP clients at a place of the user's choice, such as `.mcp.json`, where a
/// client looks for it unasked. It is for its owner alone, and goes with the run. What somebody
/// else wrote is neither changed nor removed.
final class McpFile implements AutoCloseable {
    private static final int BYTES_MAX = 1024 * 1024;
    private static final int CONNECT_MILLIS = 1_000;
    private static final Pattern OURS =
            Pattern.compile("http://127\\.0\\.0\\.1:[0-9]{1,5}/[A-Za-z0-9_-]{32}/[^/]+/mcp");

    private final Path file;
    private final String text;

    private McpFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /// @throws IOException saying what is in the way: not JSON by its name, or somebody else's
    static void requirePossible(Path file) throws IOException {
        if (!String.valueOf(file.getFileName()).endsWith(".json")) {
            throw new IOException(
                    "--mcp names a file that ends in .json, not `%s`".formatted(file));
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Optional<URI> left = leftBehind(file);
        if (left.isEmpty()) {
            throw new IOException(
                    "`%s` is there and is not from daypass run; it stays as it is: name another, or move it away"
                            .formatted(file));
        }
        if (answers(left.get())) {
            throw new IOException("`%s` is of a run that goes on".formatted(file));
        }
    }

    /// Writes it, in place of one that a killed run left behind.
    ///
    /// @param configuration as most clients read it
    static McpFile write(Path file, Json.Obj configuration) throws IOException {
        requirePossible(file);
        Files.deleteIfExists(file);
        String text = shaped(file, configuration).text() + "\n";
        FileAttribute<?>[] owners =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var out =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        owners)) {
            out.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        return new McpFile(file, text);
    }

    /// VS Code has another word for the same thing.
    private static Json.Obj shaped(Path file, Json.Obj configuration) {
        Path folder = file.toAbsolutePath().getParent();
        boolean ofCode = folder != null && folder.endsWith(".vscode");
        return ofCode
                ? Json.object().put("servers", configuration.members().get("mcpServers")).build()
                : configuration;
    }

    /// Where the run was whose file this is; empty where it is nobody's run.
    private static Optional<URI> leftBehind(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
            return Optional.empty();
        }
        try {
            if (Json.parse(Files.readAllBytes(file), JsonLimits.DOCUMENT)
                            instanceof Json.Obj(var members)
                    && members.size() == 1
                    && Set.of("mcpServers", "servers").containsAll(members.keySet())
                    && members.values().iterator().next() instanceof Json.Obj(var servers)) {
                return ofOneRun(servers.values());
            }
        } catch (WireException _) {
            // somebody else's
        }
        return Optional.empty();
    }

    private static Optional<URI> ofOneRun(Collection<Json> servers) {
        Optional<URI> run = Optional.empty();
        for (Json server : servers) {
            if (server instanceof Json.Obj(var members)
                    && members.get("url") instanceof Json.Str(var url)
                    && OURS.matcher(url).matches()) {
                run = Optional.of(URI.create(url));
            } else {
                return Optional.empty();
            }
        }
        return run;
    }

    private static boolean answers(URI run) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), run.getPort()),
                    CONNECT_MILLIS);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Removes it, unless somebody has changed it meanwhile.
    @Override
    public void close() {
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(file).equals(text)) {
                Files.delete(file);
            }
        } catch (IOException _) {
            // it names a place where nobody is any more
        }
    }
}
