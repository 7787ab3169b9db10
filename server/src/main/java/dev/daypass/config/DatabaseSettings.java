package dev.daypass.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where facts and state are kept.
///
/// @param url [#SQLITE], or `jdbc:postgresql://HOST:PORT/NAME`, with the server's certificate
///   checked where it is not on loopback
/// @param user of a PostgreSQL database
/// @param password of that user
/// @param nats where servers that share it tell each other what is new
public record DatabaseSettings(String url, String user, SecretSource password, NatsSettings nats) {
    /// The file in the data directory.
    public static final String SQLITE = "sqlite";

    private static final String JDBC = "jdbc:";
    private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
    private static final List<String> CHECKED = List.of("sslmode=verify-full", "sslmode=verify-ca");

    static final Key<String> URL =
            new Key<>(
                    "database.url",
                    Kind.text(
                            "sqlite, or jdbc:postgresql://HOST:PORT/NAME without user and password; for a HOST that is not loopback with ?sslmode=verify-full",
                            DatabaseSettings::known),
                    SQLITE,
                    "where facts and state are kept: a file in the data directory, or a PostgreSQL database");
    static final Key<String> USERS_NAME =
            new Key<>(
                    "database.user",
                    Kind.text(
                            "a name of letters, digits, _ and -, at most 63",
                            USER.asMatchPredicate()),
                    "daypass",
                    "user of the PostgreSQL database, who owns its tables");
    static final Key<SecretSource> PASSWORD =
            new Key<>(
                    "database.password",
                    SecretSourceText.kind(),
                    new SecretSource.None(),
                    "where the password of that user is found, read once at the start");

    static final List<Key<?>> ALL = List.of(URL, USERS_NAME, PASSWORD);

    public DatabaseSettings {
        URL.require(url);
        USERS_NAME.require(user);
        PASSWORD.require(password);
        if (url.equals(SQLITE) && !nats.none()) {
            throw InvalidConfig.contradiction(
                    NatsSettings.URL.path(),
                    URL.path(),
                    "is `%s`; expected `none` beside a file, which no other server writes"
                            .formatted(nats.url()));
        }
    }

    /// Whether it is the file in the data directory.
    public boolean file() {
        return url.equals(SQLITE);
    }

    static DatabaseSettings from(Settings from) {
        return new DatabaseSettings(
                from.get(URL), from.get(USERS_NAME), from.get(PASSWORD), NatsSettings.from(from));
    }

    private static boolean known(String url) {
        return url.equals(SQLITE) || (url.startsWith(JDBC) && postgres(uri(url)));
    }

    private static @Nullable URI uri(String url) {
        try {
            return URI.create(url.substring(JDBC.length()));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static boolean postgres(@Nullable URI uri) {
        if (uri == null
                || !"postgresql".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            return false;
        }
        String query = uri.getQuery() == null ? "" : uri.getQuery().toLowerCase(Locale.ROOT);
        List<String> settings = List.of(query.split("&", -1));
        boolean secret = settings.stream().anyMatch(each -> each.startsWith("password="));
        boolean checked = settings.stream().anyMatch(CHECKED::contains);
        return !secret && (checked || Hosts.isLoopback(uri.getHost()));
    }
}
