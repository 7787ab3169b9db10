package dev.daypass.config;

import dev.daypass.intent.LaterWishes;
import java.time.Duration;

/// How tasks are understood.
///
/// @param model the language model; none for the embedded parser alone
/// @param baseUrl address of the model, or `default` for the provider's own
/// @param apiKey where the key is found
/// @param mode whose word counts; without a model the embedded parser's alone
/// @param fallback what happens when the model gives no usable answer
/// @param laterWishes what becomes of dangerous wishes behind a task's first
/// @param limits what one question and one agent may cost
public record IntentSettings(
        ModelChoice model,
        String baseUrl,
        SecretSource apiKey,
        Mode mode,
        Fallback fallback,
        LaterWishes laterWishes,
        Limits limits) {
    public IntentSettings {
        IntentKeys.MODEL.require(model);
        IntentKeys.BASE_URL.require(baseUrl);
        IntentKeys.API_KEY.require(apiKey);
        if (model instanceof ModelChoice.Model(var provider, var _)) {
            requireKeyFits(provider, baseUrl, apiKey);
        } else {
            requireModel(mode, apiKey);
        }
    }

    /// Whose word counts.
    public enum Mode {
        /// The embedded parser's; the model is not asked.
        EMBEDDED,
        /// The model's.
        MODEL,
        /// Only what both propose.
        AGREE,
        /// The embedded parser's, and what only the model proposes if a human agrees.
        MODEL_THEN_HUMAN
    }

    /// What happens when the model gives no usable answer.
    public enum Fallback {
        /// The embedded parser reads the task alone.
        EMBEDDED,
        /// The account is refused.
        REFUSE
    }

    /// @param timeout from asking to the last byte of the answer, 100 ms to 1 min
    /// @param candidatesMax operations shown to the model, 1 to 500
    /// @param cacheEntries answers kept, 1 to 1 000 000
    /// @param answerBytesMax of one answer, 1 KiB to 1 MiB
    /// @param tokensPerHour tokens that one agent may cost in an hour, 1 to 1 000 000 000
    public record Limits(
            Duration timeout,
            int candidatesMax,
            int cacheEntries,
            int answerBytesMax,
            int tokensPerHour) {
        public Limits {
            IntentKeys.TIMEOUT.require(timeout);
            IntentKeys.CANDIDATES_MAX.require(candidatesMax);
            IntentKeys.CACHE_ENTRIES.require(cacheEntries);
            IntentKeys.ANSWER_BYTES_MAX.require(answerBytesMax);
            IntentKeys.TOKENS_PER_HOUR.require(tokensPerHour);
        }
    }

    static IntentSettings from(Settings from) {
        return new IntentSettings(
                from.get(IntentKeys.MODEL),
                from.get(IntentKeys.BASE_URL),
                from.get(IntentKeys.API_KEY),
                from.get(IntentKeys.MODE),
                from.get(IntentKeys.FALLBACK),
                from.get(IntentKeys.LATER_WISHES),
                new Limits(
                        from.get(IntentKeys.TIMEOUT),
                        from.get(IntentKeys.CANDIDATES_MAX),
                        from.get(IntentKeys.CACHE_ENTRIES),
                        from.get(IntentKeys.ANSWER_BYTES_MAX),
                        from.get(IntentKeys.TOKENS_PER_HOUR)));
    }

    /// Whether a model is asked at all.
    public boolean asksModel() {
        return model instanceof ModelChoice.Model && mode != Mode.EMBEDDED;
    }

    /// Where a model is asked.
    public String address(ModelProvider provider) {
        return baseUrl.equals(ModelUrl.PROVIDERS_OWN) ? provider.baseUrl() : baseUrl;
    }

    private static void requireModel(Mode mode, SecretSource apiKey) {
        if (mode == Mode.MODEL || mode == Mode.MODEL_THEN_HUMAN) {
            throw InvalidConfig.contradiction(
                    IntentKeys.MODE.path(),
                    IntentKeys.MODEL.path(),
                    "`%s` needs a model, and there is none".formatted(IntentKeys.written(mode)));
        }
        if (!(apiKey instanceof SecretSource.None)) {
            throw InvalidConfig.contradiction(
                    IntentKeys.API_KEY.path(),
                    IntentKeys.MODEL.path(),
                    "there is no model that the key could be for");
        }
    }

    private static void requireKeyFits(
            ModelProvider provider, String baseUrl, SecretSource apiKey) {
        boolean none = apiKey instanceof SecretSource.None;
        boolean own = baseUrl.equals(ModelUrl.PROVIDERS_OWN);
        if (none && own && provider != ModelProvider.OLLAMA) {
            throw InvalidConfig.contradiction(
                    IntentKeys.MODEL.path(),
                    IntentKeys.API_KEY.path(),
                    "%s answers nobody without a key; expected file:PATH or env:NAME"
                            .formatted(provider.word()));
        }
        if (!none && !own && ModelUrl.isOpen(baseUrl)) {
            throw InvalidConfig.contradiction(
                    IntentKeys.BASE_URL.path(),
                    IntentKeys.API_KEY.path(),
                    "a key is sent over https only, or to loopback");
        }
    }
}
