package dev.daypass.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The authorities that programs on this host trust.
final class SystemTrust {
    private static final List<String> PLACES =
            List.of(
                    "/etc/ssl/certs/ca-certificates.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt",
                    "/etc/ssl/cert.pem");

    private SystemTrust() {}

    /// In PEM; empty where none are found.
    static String pem(Map<String, String> environment) throws IOException {
        String own = environment.getOrDefault("SSL_CERT_FILE", "");
        for (String place : own.isEmpty() ? PLACES : List.of(own)) {
            if (Files.isReadable(Path.of(place))) {
                return "\n" + Files.readString(Path.of(place));
            }
        }
        return "";
    }
}
