package dev.daypass.remote;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/// Says in words why a broker did not answer as it was wished.
final class Troubles {
    private static final int DEEP_MAX = 16;

    private Troubles() {}

    static String of(URI broker, Throwable cause) {
        return "%s: %s".formatted(broker, why(cause));
    }

    private static String why(Throwable cause) {
        return switch (cause) {
            case BrokerRefused refused -> said(refused);
            case HttpTimeoutException _ -> "no answer in time";
            case ConnectException _ -> "cannot be connected to";
            case SSLException _ -> tls(said(root(cause)));
            default -> said(root(cause));
        };
    }

    private static String tls(String said) {
        return said.contains("valid certification path") || said.contains("trust anchors")
                ? "its certificate is not from the authority that this edge enrolled with"
                : "tls: " + said;
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        for (int i = 0; i < DEEP_MAX && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root;
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
