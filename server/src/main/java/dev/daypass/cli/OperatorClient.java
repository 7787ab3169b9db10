package dev.daypass.cli;

import dev.daypass.authority.TrustAnchor;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An operator's side of the operator API.
public final class OperatorClient implements OperatorApi {
    private final Http http;

    public OperatorClient(URI console, Secret token) {
        this(console, token, null);
    }

    /// @param authority whose certificate an `https` console shows; `null` for a public one
    public OperatorClient(URI console, Secret token, @Nullable TrustAnchor authority) {
        this.http =
                new Http(
                        console,
                        authority == null ? null : ClientTls.anonymous(authority.certificate()),
                        Map.of("authorization", "Bearer " + token.reveal()));
    }

    @Override
    public Answer send(String method, String path, @Nullable Json body) {
        return http.send(method, path, body);
    }
}
