package dev.daypass.config;

import java.nio.file.Path;

/// Where a secret, such as the key to a model, is found. Never the secret itself: a configuration
/// is shown and copied.
public sealed interface SecretSource {
    /// How it is written in a file.
    String text();

    /// None is wanted.
    record None() implements SecretSource {
        @Override
        public String text() {
            return "none";
        }
    }

    /// @param path a file whose only line is the secret
    record InFile(Path path) implements SecretSource {
        @Override
        public String text() {
            return "file:" + path;
        }
    }

    /// @param name an environment variable, not one of Daypass's own
    record InVariable(String name) implements SecretSource {
        @Override
        public String text() {
            return "env:" + name;
        }
    }
}
