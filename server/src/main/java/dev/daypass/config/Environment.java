package dev.daypass.config;

import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The `DAYPASS_…` environment variables.
final class Environment {
    static final String PREFIX = "DAYPASS_";

    /// Variables that the launcher, the client commands and the console's own start read.
    static final Set<String> OWNED_ELSEWHERE =
            Set.of(
                    "DAYPASS_AGENT",
                    "DAYPASS_CONFIG",
                    "DAYPASS_CONSOLE",
                    "DAYPASS_HOME",
                    "DAYPASS_IDENTITY",
                    "DAYPASS_JAVA_OPTS",
                    "DAYPASS_OPERATOR_TOKEN",
                    "DAYPASS_OWN_PROCESS",
                    "DAYPASS_SERVER",
                    "DAYPASS_TERMINAL",
                    "DAYPASS_URL");

    private static final int NAME_CHARS_MAX = 100;

    private Environment() {}

    /// The values given, by the path of their key.
    ///
    /// @throws WireException if a variable with the prefix is none that is known; its value is not
    ///   shown
    static Map<String, Given> read(Map<String, String> environment) {
        var paths = new HashMap<String, String>();
        Keys.ALL.forEach(key -> paths.put(key.variable(), key.path()));
        var given = new HashMap<String, Given>();
        new TreeMap<>(environment)
                .forEach((name, text) -> {
                    String path = paths.get(name);
                    if (path != null) {
                        given.put(path, new Given(text, message -> error(name, message)));
                    } else if (name.startsWith(PREFIX) && !OWNED_ELSEWHERE.contains(name)) {
                        throw unknown(name, paths.keySet());
                    }
                });
        return given;
    }

    private static WireException error(String name, String message) {
        return new WireException("environment: `%s` %s".formatted(name, message));
    }

    private static WireException unknown(String name, Set<String> ours) {
        var known = new HashSet<>(ours);
        known.addAll(OWNED_ELSEWHERE);
        String start = name.substring(0, Math.min(name.length(), NAME_CHARS_MAX));
        return new WireException(
                "environment: unknown variable `%s`; the nearest known one is `%s`"
                        .formatted(Kind.shown(name), Nearest.to(start, new ArrayList<>(known))));
    }
}
