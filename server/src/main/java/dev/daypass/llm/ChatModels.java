package dev.daypass.llm;

import dev.daypass.config.IntentSettings;
import dev.daypass.config.ModelChoice;
import dev.daypass.vault.Secret;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.jspecify.annotations.Nullable;

/// Clients of models: each asks once, at temperature 0, and logs nothing.
final class ChatModels {
    private static final int ANSWER_TOKENS_MAX = 2_048;

    // LangChain4j insists on a key; a server that wants none does not look at it.
    private static final String NO_KEY = "none";

    private ChatModels() {}

    static ChatModel of(ModelChoice.Model model, IntentSettings settings, @Nullable Secret apiKey) {
        IntentSettings.Limits limits = settings.limits();
        var transport = new Transport(limits.timeout(), limits.answerBytesMax());
        String url = settings.address(model.provider());
        String key = apiKey == null ? NO_KEY : apiKey.reveal();
        return switch (model.provider()) {
            case OPENAI -> openAi(model.name(), url, key, transport);
            case ANTHROPIC -> anthropic(model.name(), url, key, transport);
            case OLLAMA -> ollama(model.name(), url, apiKey, transport);
        };
    }

    // No limit on tokens: old servers know only `max_tokens`, new models only
    // `max_completion_tokens`. The answer's bytes are limited anyway.
    private static ChatModel openAi(String name, String url, String key, Transport transport) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(transport.builder())
                .baseUrl(url)
                .apiKey(key)
                .modelName(name)
                .temperature(0.0)
                .strictJsonSchema(true)
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    private static ChatModel anthropic(String name, String url, String key, Transport transport) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(transport.builder())
                .baseUrl(url)
                .apiKey(key)
                .modelName(name)
                .temperature(0.0)
                .maxTokens(ANSWER_TOKENS_MAX)
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false)
                .build();
    }

    private static ChatModel ollama(
            String name, String url, @Nullable Secret apiKey, Transport transport) {
        var builder =
                OllamaChatModel.builder()
                        .httpClientBuilder(transport.builder())
                        .baseUrl(url)
                        .modelName(name)
                        .temperature(0.0)
                        .numPredict(ANSWER_TOKENS_MAX)
                        .logRequests(false)
                        .logResponses(false);
        if (apiKey != null) {
            builder.customHeaders(java.util.Map.of("Authorization", "Bearer " + apiKey.reveal()));
        }
        return builder.maxRetries(0).build();
    }
}
