package dev.daypass.config;

/// A wire format, and where it is spoken unless `intent.base_url` says otherwise.
public enum ModelProvider {
    /// Chat completions of OpenAI, and of the many servers that speak them.
    OPENAI("openai", "https://api.openai.com/v1"),
    /// Messages of Anthropic.
    ANTHROPIC("anthropic", "https://api.anthropic.com/v1"),
    /// Chat of Ollama.
    OLLAMA("ollama", "http://localhost:11434");

    private final String word;
    private final String baseUrl;

    ModelProvider(String word, String baseUrl) {
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
