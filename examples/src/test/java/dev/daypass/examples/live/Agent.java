package dev.daypass.examples.live;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.authority.Pem;
import dev.daypass.cli.AgentClient;
import dev.daypass.cli.AgentIdentity;
import dev.daypass.cli.Answer;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;

/// An enrolled agent of a test: its client, and its key for connections of other kinds.
final class Agent {
    private final AgentIdentity identity;
    private final Path directory;
    private final AgentClient client;

    Agent(AgentIdentity identity, Path directory) {
        this.identity = identity;
        this.directory = directory;
        this.client = new AgentClient(identity);
    }

    /// The same agent as it speaks to another server.
    Agent at(URI server, Path copy) {
        try {
            AgentIdentity.write(copy, key(), Pem.ofCertificates(identity.chain()), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Agent(AgentIdentity.read(copy), copy);
    }

    /// An account that was opened.
    ///
    /// @param id its id
    /// @param token its access token
    record Opened(String id, Secret token) {
        String bearer() {
            return "Bearer " + token.reveal();
        }
    }

    AgentClient client() {
        return client;
    }

    URI server() {
        return identity.server();
    }

    Opened open(String task) {
        return open(Json.object().put("task", task).put("ttl", "10m").build());
    }

    Opened open(Json request) {
        return opened(client.open(request));
    }

    static Opened opened(Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.bodyText());
        }
        return new Opened(
                answer.text("id").orElseThrow(),
                Secret.of(answer.text("access_token").orElseThrow()));
    }

    Answer call(String method, String path, Opened account) {
        return client.call(method, path, account.token());
    }

    Answer send(String method, String path) {
        return client.send(method, path, null);
    }

    SSLContext tls() {
        return Tls.with(key(), chain(), authority());
    }

    EnrolmentKey key() {
        try {
            return EnrolmentKey.read(directory.resolve("key.pem"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    X509Certificate[] chain() {
        return identity.chain().toArray(new X509Certificate[0]);
    }

    X509Certificate authority() {
        try {
            return Pem.certificates(Files.readString(directory.resolve("ca.pem"))).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpClient http(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(tls()).build();
    }

    HttpRequest.Builder request(String path, Opened account) {
        return HttpRequest.newBuilder(server().resolve(path))
                .header("authorization", account.bearer());
    }
}
