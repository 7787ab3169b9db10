package dev.daypass.config;

import java.nio.file.Path;

/// Where the key to a model is found. Never the key itself: a configuration is shown and copied.
public sealed interface ApiKeySource {
    /// How it is written in a file.
    String text();

    /// The model wants no key.
    record None() implements ApiKeySource {
        @Override
        public String text() {
            return "none";
        }
    }

    /// @param path a file whose only line is the key
    record InFile(Path path) implements ApiKeySource {
        @Override
        public String text() {
            return "file:" + path;
        }
    }

    /// @param name an environment variable, not one of Daypass's own
    record InVariable(String name) implements ApiKeySource {
        @Override
        public String text() {
            return "env:" + name;
        }
    }
}
