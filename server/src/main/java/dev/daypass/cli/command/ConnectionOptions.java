package dev.daypass.cli.command;

import dev.daypass.wire.Json;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the edge connects to a service, and what becomes of its cookies.
final class ConnectionOptions {
    @Option(
            names = "--upstream-ca",
            paramLabel = "FILE",
            description =
                    "the only authorities that may certify the service, in PEM (default: the system's)")
    private @Nullable Path authorities;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "certificate that the edge shows to the service, with its chain, in PEM")
    private @Nullable Path certificate;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "private key of --client-cert, in PEM (PKCS #8)")
    private @Nullable Path key;

    @Option(
            names = "--cookies",
            paramLabel = "drop|jar",
            description =
                    "jar: keep the service's cookies at the edge, for each account on its own (default: drop)")
    private @Nullable String cookies;

    /// What is wrong with the options together; empty for nothing.
    String objection() {
        if (cookies != null && !cookies.equals("drop") && !cookies.equals("jar")) {
            return "--cookies must be drop or jar";
        }
        return (certificate == null) == (key == null)
                ? ""
                : "--client-cert and --client-key go together";
    }

    /// As the operator API takes it; holds the key. `null` for an ordinary connection.
    Json.@Nullable Obj tls() {
        return authorities == null && certificate == null
                ? null
                : Json.object()
                        .put("ca", authorities == null ? null : InputFiles.text(authorities))
                        .put(
                                "certificate",
                                certificate == null ? null : InputFiles.text(certificate))
                        .put("key", key == null ? null : InputFiles.secret(key).reveal() + "\n")
                        .build();
    }

    @Nullable String cookies() {
        return cookies;
    }
}
