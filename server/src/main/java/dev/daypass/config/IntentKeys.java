package dev.daypass.config;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.daypass.intent.LaterWishes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The keys below `intent`, in the order of the reference.
final class IntentKeys {
    static final Key<ModelChoice> MODEL =
            new Key<>(
                    "intent.model",
                    ModelChoiceText.kind(),
                    new ModelChoice.None(),
                    "language model that reads tasks beside the embedded parser; openai stands for every server that speaks its chat completions");
    static final Key<String> BASE_URL =
            new Key<>(
                    "intent.base_url",
                    Kind.text(ModelUrl.EXPECTED, ModelUrl::isModelUrl),
                    ModelUrl.PROVIDERS_OWN,
                    "address of the model; with a key only https or loopback");
    static final Key<SecretSource> API_KEY =
            new Key<>(
                    "intent.api_key",
                    SecretSourceText.kind(),
                    new SecretSource.None(),
                    "where the key to the model is found, read once at the start");
    static final Key<IntentSettings.Mode> MODE =
            new Key<>(
                    "intent.mode",
                    new Kind<>(
                            "embedded, model, agree or model-then-human",
                            IntentKeys::modeOrNull,
                            _ -> true,
                            IntentKeys::written),
                    IntentSettings.Mode.AGREE,
                    "whose proposals count: the embedded parser's, the model's, those of both, or the embedded parser's and after a human's consent what only the model proposes");
    static final Key<IntentSettings.Fallback> FALLBACK =
            new Key<>(
                    "intent.fallback",
                    new Kind<>(
                            "embedded or refuse",
                            IntentKeys::fallbackOrNull,
                            _ -> true,
                            IntentKeys::written),
                    IntentSettings.Fallback.EMBEDDED,
                    "when the model gives no usable answer in time: read with the embedded parser alone, or answer 503");
    static final Key<LaterWishes> LATER_WISHES =
            new Key<>(
                    "intent.later_wishes",
                    new Kind<>(
                            "grant or ask",
                            IntentKeys::laterWishesOrNull,
                            _ -> true,
                            IntentKeys::written),
                    LaterWishes.GRANT,
                    "what changes, pays, sends, administers or reveals and is asked for behind a task's first wish: grant it, or ask a human; ask where agents pass on text of strangers");
    static final Key<Duration> TIMEOUT =
            new Key<>(
                    "intent.timeout",
                    Kind.duration(ofMillis(100), ofMinutes(1)),
                    ofSeconds(3),
                    "how long the model may take to the last byte of its answer");
    static final Key<Integer> CANDIDATES_MAX =
            new Key<>(
                    "intent.candidates_max",
                    Kind.count(1, 500, "operations"),
                    60,
                    "operations inside the agent's ceiling that the model is shown");
    static final Key<Integer> CACHE_ENTRIES =
            new Key<>(
                    "intent.cache_entries",
                    Kind.count(1, 1_000_000, "answers"),
                    10_000,
                    "answers of the model that are kept, so that the same task gives the same grant");
    static final Key<Integer> ANSWER_BYTES_MAX =
            new Key<>(
                    "intent.answer_bytes_max",
                    Kind.count(1_024, 1_048_576, "bytes"),
                    65_536,
                    "size of one answer of the model");
    static final Key<Integer> TOKENS_PER_HOUR =
            new Key<>(
                    "intent.tokens_per_hour",
                    Kind.count(1, 1_000_000_000, "tokens"),
                    1_000_000,
                    "tokens that one agent may cost in an hour; beyond, `intent.fallback` applies");

    static final List<Key<?>> ALL =
            List.of(
                    MODEL,
                    BASE_URL,
                    API_KEY,
                    MODE,
                    FALLBACK,
                    LATER_WISHES,
                    TIMEOUT,
                    CANDIDATES_MAX,
                    CACHE_ENTRIES,
                    ANSWER_BYTES_MAX,
                    TOKENS_PER_HOUR);

    private IntentKeys() {}

    /// As in the file: lower case, with hyphens.
    static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static IntentSettings.@Nullable Mode modeOrNull(String text) {
        for (IntentSettings.Mode mode : IntentSettings.Mode.values()) {
            if (written(mode).equals(text)) {
                return mode;
            }
        }
        return null;
    }

    private static @Nullable LaterWishes laterWishesOrNull(String text) {
        for (LaterWishes later : LaterWishes.values()) {
            if (written(later).equals(text)) {
                return later;
            }
        }
        return null;
    }

    private static IntentSettings.@Nullable Fallback fallbackOrNull(String text) {
        for (IntentSettings.Fallback fallback : IntentSettings.Fallback.values()) {
            if (written(fallback).equals(text)) {
                return fallback;
            }
        }
        return null;
    }
}
