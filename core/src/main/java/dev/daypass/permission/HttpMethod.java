package dev.daypass.permission;

import java.util.Optional;

/// The methods that an operation can have.
public enum HttpMethod {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS;

    /// The method of that exact name; method names are case-sensitive (RFC 9110, section 9.1).
    public static Optional<HttpMethod> of(String name) {
        for (HttpMethod method : values()) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /// Whether it asks for nothing to be changed (RFC 9110, section 9.2.1).
    public boolean safe() {
        return switch (this) {
            case GET, HEAD, OPTIONS -> true;
            case POST, PUT, PATCH, DELETE -> false;
        };
    }
}
