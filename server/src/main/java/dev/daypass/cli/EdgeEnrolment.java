package dev.daypass.cli;

import dev.daypass.authority.EnrolmentKey;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// How an edge comes to its identity: it makes a key, and has it certified with a one-time token
/// that says, too, which authority to believe.
public final class EdgeEnrolment {
    private EdgeEnrolment() {}

    /// Makes a key here, has it certified with a one-time enrolment token, and writes both.
    ///
    /// @throws DataDirectoryFailure if the token is refused or the file cannot be written
    /// @throws Unreachable if nobody answers there whom the token's authority has certified
    public static EdgeIdentity enrol(URI broker, Secret token, Path directory) {
        KeyThumbprint.Certificate fingerprint = fingerprint(token);
        EdgeIdentity.requireWritable(directory);
        EnrolmentKey key = EnrolmentKey.generate();
        Answer answer =
                new Http(broker, ClientTls.pinned(fingerprint), Map.of())
                        .send(
                                "POST",
                                "/v1/edge/enrol",
                                Json.object()
                                        .put("token", token.reveal())
                                        .put("csr", key.requestPem())
                                        .build());
        if (!answer.good()) {
            throw new DataDirectoryFailure(answer.problem());
        }
        EdgeIdentity identity = certified(answer, key, broker);
        identity.write(directory);
        return identity;
    }

    private static EdgeIdentity certified(Answer answer, EnrolmentKey key, URI broker) {
        try {
            return EdgeIdentity.of(key, answer.text("certificate").orElse(""), broker);
        } catch (WireException e) {
            throw new DataDirectoryFailure(
                    "the broker's answer holds no certificate that can be used: " + e.getMessage());
        }
    }

    private static KeyThumbprint.Certificate fingerprint(Secret token) {
        String text = token.reveal();
        try {
            return new KeyThumbprint.Certificate(text.substring(text.lastIndexOf('.') + 1));
        } catch (InvalidName _) {
            throw new DataDirectoryFailure(
                    "not an edge's enrolment token; expected name.secret.fingerprint, as daypass edge add prints it");
        }
    }
}
