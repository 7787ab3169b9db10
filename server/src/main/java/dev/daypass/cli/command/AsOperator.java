package dev.daypass.cli.command;

import dev.daypass.authority.TrustAnchor;
import dev.daypass.cli.Answer;
import dev.daypass.cli.DataDirectory;
import dev.daypass.cli.OperatorApi;
import dev.daypass.cli.OperatorClient;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of the commands that an operator gives, and the way to the operator API.
final class AsOperator {
    private static final String CONSOLE = "http://127.0.0.1:8080";
    private static final String AUTHORITY = "ca.pem";

    private final Shell shell;

    @Option(
            names = "--console",
            paramLabel = "URL",
            description = "operator API (DAYPASS_CONSOLE; default: " + CONSOLE + ")")
    private @Nullable String console;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "data directory, for the operator's token (DAYPASS_DATA; default: data);"
                            + " DAYPASS_OPERATOR_TOKEN holds the token itself")
    private @Nullable String data;

    AsOperator(Shell shell) {
        this.shell = shell;
    }

    Answer send(String method, String path, @Nullable Json body) {
        OperatorApi here = shell.operatorApi();
        if (here == null) {
            return sendThere(method, path, body);
        }
        if (console != null || data != null) {
            throw new CommandFailure(
                    "--console and --data are not for a command that a server runs");
        }
        return here.send(method, path, body);
    }

    private Answer sendThere(String method, String path, @Nullable Json body) {
        URI url = Urls.parse(shell.setting(console, "DAYPASS_CONSOLE", CONSOLE));
        if (!"https".equals(url.getScheme()) && !loopback(url.getHost())) {
            throw new CommandFailure(
                    "the operator's token is not sent to `%s` in the clear; use https"
                            .formatted(url));
        }
        TrustAnchor authority = "https".equals(url.getScheme()) ? authority() : null;
        Answer answer = new OperatorClient(url, token(), authority).send(method, path, body);
        if (elsewhere(answer)) {
            throw new CommandFailure(
                    "`%s` is not the operator API: it answered %d to %s %s; --console names another place"
                            .formatted(url, answer.status(), method, path));
        }
        return answer;
    }

    /// The listeners for agents and for health know none of these paths.
    private static boolean elsewhere(Answer answer) {
        return answer.status() == 405
                || (answer.status() == 404
                        && answer.text("detail").orElse("").equals("no such endpoint"));
    }

    private Path directory() {
        return Path.of(shell.setting(data, "DAYPASS_DATA", "data"));
    }

    /// A file of the data directory.
    Path file(String name) {
        return directory().resolve(name);
    }

    private Secret token() {
        String given = shell.environment().getOrDefault("DAYPASS_OPERATOR_TOKEN", "");
        return given.isEmpty()
                ? new DataDirectory(directory()).operatorToken()
                : Secret.of(given.strip());
    }

    /// The server's own authority, where its data directory is at hand.
    private @Nullable TrustAnchor authority() {
        Path file = directory().resolve(AUTHORITY);
        try {
            return Files.isReadable(file) ? TrustAnchor.parse(Files.readString(file)) : null;
        } catch (IOException _) {
            return null;
        }
    }

    private static boolean loopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d+){3}");
    }
}
