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
    /// @param name as the provider knows it, 1 to 200 printable ascii characters without white space
    record Model(Provider provider, String name) implements ModelChoice {
        @Override
        public String text() {
            return provider.word() + ":" + name;
        }
    }

    /// A wire format, and where it is spoken unless `intent.base_url` says otherwise.
    enum Provider {
        /// Chat completions of OpenAI, and of the many servers that speak them.
        OPENAI("openai", "https://api.openai.com/v1"),
        /// Messages of Anthropic.
        ANTHROPIC("anthropic", "https://api.anthropic.com/v1"),
        /// Chat of Ollama.
        OLLAMA("ollama", "http://localhost:11434");

        private final String word;
        private final String baseUrl;

        Provider(String word, String baseUrl) {
            this.word = word;
            this.baseUrl = baseUrl;
        }

        /// The name in the file.
        public String word() {
            return word;
        }

        /// Its own address.
        public String baseUrl() {
            return baseUrl;
        }
    }
}
