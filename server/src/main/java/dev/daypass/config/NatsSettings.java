package dev.daypass.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where servers of one database tell each other what is new, besides the database itself.
///
/// @param url [#NONE], or `nats://HOST:PORT` on loopback and `tls://HOST:PORT` elsewhere
/// @param user that logs in; empty for none
/// @param password of that user
public record NatsSettings(String url, String user, SecretSource password) {
    /// The database alone.
    public static final String NONE = "none";

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_-]{0,63}");

    static final Key<String> URL =
            new Key<>(
                    "feed.nats_url",
                    Kind.text(
                            "none, or tls://HOST:PORT without user and password; nats://HOST:PORT where HOST is loopback",
                            NatsSettings::known),
                    NONE,
                    "a NATS server over which servers that share a PostgreSQL database tell each other what is new; none is the database alone");
    static final Key<String> USER_NAME =
            new Key<>(
                    "feed.nats_user",
                    Kind.text(
                            "a name of letters, digits, _ and -, at most 63; empty for none",
                            USER.asMatchPredicate()),
                    "",
                    "user that logs in to that NATS server");
    static final Key<SecretSource> PASSWORD =
            new Key<>(
                    "feed.nats_password",
                    SecretSourceText.kind(),
                    new SecretSource.None(),
                    "where the password of that user is found, read once at the start");

    static final List<Key<?>> ALL = List.of(URL, USER_NAME, PASSWORD);

    public NatsSettings {
        URL.require(url);
        USER_NAME.require(user);
        PASSWORD.require(password);
    }

    /// Whether there is no such server.
    public boolean none() {
        return url.equals(NONE);
    }

    static NatsSettings from(Settings from) {
        return new NatsSettings(from.get(URL), from.get(USER_NAME), from.get(PASSWORD));
    }

    private static boolean known(String url) {
        return url.equals(NONE) || nats(uri(url));
    }

    private static @Nullable URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static boolean nats(@Nullable URI uri) {
        if (uri == null
                || uri.getScheme() == null
                || uri.getHost() == null
                || uri.getPort() < 1
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || !String.valueOf(uri.getPath()).isEmpty()) {
            return false;
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "tls" -> true;
            case "nats" -> Hosts.isLoopback(uri.getHost());
            default -> false;
        };
    }
}
