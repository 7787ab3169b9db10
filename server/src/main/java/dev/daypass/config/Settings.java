package dev.daypass.config;

import dev.daypass.wire.WireException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the file and the environment give, the environment first; each value has been checked
/// against its key, also the one that is overridden.
final class Settings {
    private final Map<String, Given> given = new HashMap<>();
    private List<UserIssuer> users = List.of();

    private Settings() {}

    /// @throws WireException naming the place of the first value that is not permitted
    static Settings read(@Nullable Path file, Map<String, String> environment) {
        var settings = new Settings();
        if (file != null) {
            ConfigFile.Contents contents = ConfigFile.read(file);
            settings.add(contents.values());
            settings.users = contents.users();
        }
        settings.add(Environment.read(environment));
        return settings;
    }

    /// The value of `key`, or its default.
    <T> T get(Key<T> key) {
        return get(key, key.otherwise());
    }

    <T> T get(Key<T> key, T otherwise) {
        Given value = given.get(key.path());
        return value == null ? otherwise : parsed(key, value);
    }

    /// Whose tokens of users are believed; only a file can say it.
    List<UserIssuer> users() {
        return users;
    }

    /// Puts the place into an error: that of the first key at fault which was given.
    WireException located(InvalidConfig error) {
        for (String key : error.keys()) {
            Given value = given.get(key);
            if (value != null) {
                return value.place().error(error.about(key));
            }
        }
        return new WireException(String.valueOf(error.getMessage()));
    }

    private void add(Map<String, Given> source) {
        for (Key<?> key : Keys.ALL) {
            Given value = source.get(key.path());
            if (value != null) {
                parsed(key, value);
                given.put(key.path(), value);
            }
        }
    }

    private static <T> T parsed(Key<T> key, Given given) {
        T value = key.kind().parse(given.text());
        if (value == null) {
            throw given.place().error(key.kind().refusal(given.text()));
        }
        return value;
    }
}
