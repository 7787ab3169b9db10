package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent's side of the agent API and of the edge.
public final class AgentClient {
    private final Http http;

    public AgentClient(AgentIdentity identity) {
        this(identity, identity.server());
    }

    /// @param server where the server is now
    public AgentClient(AgentIdentity identity, URI server) {
        this.http = new Http(server, ClientTls.of(identity), Map.of());
    }

    /// Makes a key here, has it certified with a one-time enrolment token, and writes both.
    ///
    /// @throws DataDirectoryFailure if the token is refused or the files cannot be written
    public static void enrol(URI server, Secret token, Path directory) {
        prepare(directory);
        EnrolmentKey key = EnrolmentKey.generate();
        var http = new Http(server, ClientTls.pinned(fingerprint(token)), Map.of());
        Answer answer =
                http.send(
                        "POST",
                        "/v1/enrol",
                        Json.object()
                                .put("token", token.reveal())
                                .put("csr", key.requestPem())
                                .build());
        save(answer, key, server, directory);
    }

    /// Has a new key certified, showing the old certificate.
    ///
    /// @throws DataDirectoryFailure if it is refused or the files cannot be written
    public static void renew(AgentIdentity identity, Path directory) {
        renew(identity, identity.server(), directory);
    }

    /// The same, of a server that is elsewhere now.
    ///
    /// @throws DataDirectoryFailure if it is refused or the files cannot be written
    public static void renew(AgentIdentity identity, URI server, Path directory) {
        prepare(directory);
        EnrolmentKey key = EnrolmentKey.generate();
        Answer answer =
                new AgentClient(identity, server)
                        .send(
                                "POST",
                                "/v1/certificate",
                                Json.object().put("csr", key.requestPem()).build());
        save(answer, key, identity.server(), directory);
    }

    private static void save(Answer answer, EnrolmentKey key, URI server, Path directory) {
        if (!answer.good()) {
            throw new DataDirectoryFailure(answer.problem());
        }
        try {
            AgentIdentity.write(directory, key, answer.text("certificate").orElse(""), server);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /// Asks the disk before the server: a one-time token must not be used up for nothing.
    private static void prepare(Path directory) {
        try {
            AgentIdentity.requireWritable(directory);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static DataDirectoryFailure unwritable(Path directory, IOException e) {
        return new DataDirectoryFailure(
                "an agent's identity cannot be written to `%s`: %s; --identity names another place"
                        .formatted(directory, FileReasons.of(e)));
    }

    private static KeyThumbprint.Certificate fingerprint(Secret token) {
        String text = token.reveal();
        try {
            return new KeyThumbprint.Certificate(text.substring(text.lastIndexOf('.') + 1));
        } catch (InvalidName _) {
            throw new DataDirectoryFailure(
                    "not an enrolment token; expected name.secret.fingerprint");
        }
    }

    public Answer open(Json request) {
        return send("POST", "/v1/accounts", request);
    }

    public Answer send(String method, String path, @Nullable Json body) {
        return http.send(method, path, body);
    }

    /// A call through the edge.
    ///
    /// @param path starting with the service's name: `/flights/offers`
    public Answer call(String method, String path, Secret token) {
        return http.send(method, path, null, Map.of("authorization", "Bearer " + token.reveal()));
    }

    /// A session with an MCP server behind the edge.
    ///
    /// @param service its name
    public ToolClient tools(String service, Secret token) {
        return new ToolClient(http, service, token);
    }
}
