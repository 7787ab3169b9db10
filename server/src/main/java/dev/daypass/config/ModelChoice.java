package dev.daypass.config;

/// Which language model reads tasks beside the embedded parser, if any.
public sealed interface ModelChoice {
    /// How it is written in a file.
    String text();

    /// No model: the embedded parser alone.
    record None() implements ModelChoice {
        @Override
        public String text() {
            return "none";
        }
    }

    /// @param provider whose wire format is spoken
    /// @param name as the provider knows it, 1 to 200 printable ascii characters without white
    ///   space
    record Model(ModelProvider provider, String name) implements ModelChoice {
        @Override
        public String text() {
            return provider.word() + ":" + name;
        }
    }
}
