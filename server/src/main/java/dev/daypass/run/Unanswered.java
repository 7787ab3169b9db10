package dev.daypass.run;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Why a server gave no answer, for the user.
public final class Unanswered {
    private static final int CAUSES_MAX = 16;

    private Unanswered() {}

    /// In a few words.
    public static String why(IOException e) {
        return switch (e) {
            case SocketTimeoutException _ -> "it did not answer in time";
            case UnknownHostException _ -> "no host of that name";
            case SSLException _ ->
                    clock(e).orElse(
                                    "no secure connection: "
                                            + String.valueOf(e.getMessage())
                                                    .lines()
                                                    .findFirst()
                                                    .orElse(""));
            default -> String.valueOf(e.getMessage());
        };
    }

    /// What a clock that is wrong, here or there, has to do with it.
    public static Optional<String> clock(IOException e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof CertificateNotYetValidException
                    || cause instanceof CertificateExpiredException) {
                return Optional.of(
                        "by this host's clock the server's certificate is not valid (%s); check both clocks"
                                .formatted(cause.getMessage()));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
