package dev.daypass.config;

import java.util.Locale;

/// One key of the configuration: the only place that knows its range, its default and what it is
/// for.
///
/// @param path where it stands in the file, such as `token.ttl_max`
/// @param kind what it may be
/// @param otherwise its value where nothing is given
/// @param meaning what it is for, in one sentence without full stop
/// @param <T> the value's type
record Key<T>(String path, Kind<T> kind, T otherwise, String meaning) {
    /// The environment variable of this key, such as `DAYPASS_TOKEN_TTL_MAX`.
    String variable() {
        return Environment.PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /// The default as it would be written in a file.
    String defaultText() {
        return kind.writer().apply(otherwise);
    }

    /// @throws InvalidConfig if `value` is not permitted
    void require(T value) {
        kind.require(path, value);
    }
}
