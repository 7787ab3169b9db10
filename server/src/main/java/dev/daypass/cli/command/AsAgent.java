package dev.daypass.cli.command;

import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of the commands that an agent gives, and the way to the agent API.
final class AsAgent {
    private static final String SERVER = "https://localhost:8443";

    private final Shell shell;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "agent API (DAYPASS_SERVER; default: where the agent enrolled, else "
                            + SERVER
                            + ")")
    private @Nullable String server;

    @Option(
            names = "--identity",
            paramLabel = "DIR",
            description =
                    "the agent's key and certificate (DAYPASS_IDENTITY; default:"
                            + " ~/.daypass/identity)")
    private @Nullable String identity;

    AsAgent(Shell shell) {
        this.shell = shell;
    }

    AsAgent(Shell shell, Way way) {
        this.shell = shell;
        this.server = way.server();
        this.identity = way.identity();
    }

    /// What the options say; `null` where they were not given.
    record Way(@Nullable String server, @Nullable String identity) {}

    Way way() {
        return new Way(server, identity);
    }

    Path directory() {
        String otherwise = shell.home().resolve(".daypass").resolve("identity").toString();
        return Path.of(shell.setting(identity, "DAYPASS_IDENTITY", otherwise));
    }

    AgentIdentity identity() {
        AgentIdentity mine = AgentIdentity.read(directory());
        Instant end = mine.chain().getFirst().getNotAfter().toInstant();
        if (!shell.clock().instant().isBefore(end)) {
            throw new CommandFailure(
                    "the certificate in `%s` ended %s; an operator gives a new token: daypass agent add NAME, and here: daypass agent enrol --force --token -"
                            .formatted(directory(), end));
        }
        return mine;
    }

    /// Has a new key certified.
    void renew() {
        AgentIdentity mine = identity();
        AgentClient.renew(mine, server(mine.server().toString()), directory());
    }

    AgentClient client() {
        AgentIdentity mine = identity();
        return new AgentClient(mine, server(mine));
    }

    /// Where an agent's server is.
    URI server(AgentIdentity of) {
        return server(of.server().toString());
    }

    /// Where to enrol.
    URI server() {
        return server(SERVER);
    }

    private URI server(String otherwise) {
        URI url = Urls.parse(shell.setting(server, "DAYPASS_SERVER", otherwise));
        if (!"https".equals(url.getScheme())) {
            throw new CommandFailure(
                    "the agent API speaks tls only, and nothing is sent to `%s` in the clear; use https"
                            .formatted(url));
        }
        return url;
    }
}
