package dev.daypass.config;

import static dev.daypass.config.Refused.file;
import static dev.daypass.config.Refused.message;
import static dev.daypass.config.Refused.variables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntentSettingsTest {
    @TempDir Path folder = Path.of("");

    @Test
    void a_model_is_a_provider_and_a_name_which_may_hold_a_colon() {
        assertEquals(
                new ModelChoice.Model(ModelProvider.OLLAMA, "qwen3:8b"),
                intent("MODEL", "ollama:qwen3:8b").model());
        assertEquals(
                "http://localhost:11434",
                intent("MODEL", "ollama:a").address(ModelProvider.OLLAMA));
        for (String bad : List.of("openai", "openai:", "openai:a b", "mistral:a", "None", "")) {
            assertTrue(
                    message(Map.of("DAYPASS_INTENT_MODEL", bad))
                            .endsWith(
                                    "; expected none, openai:NAME, anthropic:NAME or ollama:NAME"),
                    bad);
        }
    }

    @Test
    void a_key_written_into_the_configuration_is_refused_without_being_shown() throws IOException {
        for (String bad :
                List.of("sk-live-4711", "env:DAYPASS_KEY", "env:sk-live-4711", "file:", "file: ")) {
            String message = message(Map.of("DAYPASS_INTENT_API_KEY", bad));

            assertTrue(message.contains("`DAYPASS_INTENT_API_KEY` is not shown here"), message);
            assertFalse(message.contains("4711"), message);
        }
        file(
                folder,
                "intent: {api_key: sk-live-4711}",
                "daypass.yaml:1:19: `intent.api_key` is not shown here; expected none, file:PATH or env:NAME, where the key is found and never the key itself; NAME is a variable that does not begin with DAYPASS_");
    }

    @Test
    void a_key_is_found_in_a_file_or_in_a_variable() {
        assertEquals(
                new SecretSource.InVariable("MODEL_KEY"),
                intent("MODEL", "openai:a", "API_KEY", "env:MODEL_KEY").apiKey());
        assertEquals(
                new SecretSource.InFile(Path.of("/run/key")),
                intent("MODEL", "anthropic:a", "API_KEY", "file:/run/key").apiKey());
    }

    @Test
    void a_mode_a_fallback_and_limits_are_refused_with_what_is_permitted() throws IOException {
        variables(
                Map.of("DAYPASS_INTENT_MODE", "both"),
                "environment: `DAYPASS_INTENT_MODE` is `both`; expected embedded, model, agree or model-then-human");
        variables(
                Map.of("DAYPASS_INTENT_FALLBACK", "open"),
                "environment: `DAYPASS_INTENT_FALLBACK` is `open`; expected embedded or refuse");
        variables(
                Map.of("DAYPASS_INTENT_TIMEOUT", "2m"),
                "environment: `DAYPASS_INTENT_TIMEOUT` is `2m`; expected a duration from 100ms to 1m");
        file(
                folder,
                "intent: {candidates_max: 501}",
                "daypass.yaml:1:26: `intent.candidates_max` is `501`; expected a whole number of operations from 1 to 500");
        file(
                folder,
                "intent: {cache_entries: 0}",
                "daypass.yaml:1:25: `intent.cache_entries` is `0`; expected a whole number of answers from 1 to 1000000");
    }

    @Test
    void an_address_is_a_url_without_anything_that_could_hold_a_secret() {
        for (String good : List.of("default", "http://localhost:8000/v1", "https://m.example")) {
            assertEquals(good, intent("MODEL", "ollama:a", "BASE_URL", good).baseUrl());
        }
        for (String bad :
                List.of(
                        "m.example",
                        "ftp://m.example",
                        "https://me:pw@m.example",
                        "https://m.example/?key=1",
                        "https://m.example/")) {
            assertTrue(
                    message(Map.of("DAYPASS_INTENT_BASE_URL", bad)).contains("expected default"),
                    bad);
        }
    }

    @Test
    void what_needs_a_model_or_a_key_contradicts_its_absence() throws IOException {
        file(
                folder,
                "intent: {mode: model}",
                "daypass.yaml:1:16: `intent.mode` contradicts `intent.model`: `model` needs a model, and there is none");
        file(
                folder,
                "intent: {model: 'openai:a'}",
                "daypass.yaml:1:17: `intent.model` contradicts `intent.api_key`: openai answers nobody without a key; expected file:PATH or env:NAME");
        file(
                folder,
                "intent: {api_key: 'env:KEY'}",
                "daypass.yaml:1:19: `intent.api_key` contradicts `intent.model`: there is no model that the key could be for");
    }

    @Test
    void a_key_does_not_travel_in_the_open() {
        var settings =
                Map.of(
                        "DAYPASS_INTENT_MODEL", "openai:a",
                        "DAYPASS_INTENT_API_KEY", "env:KEY",
                        "DAYPASS_INTENT_BASE_URL", "http://models.example/v1");

        assertTrue(message(settings).contains("a key is sent over https only, or to loopback"));
        assertEquals(
                "http://[::1]:8000",
                intent(
                                "MODEL", "openai:a",
                                "API_KEY", "env:KEY",
                                "BASE_URL", "http://[::1]:8000")
                        .baseUrl());
    }

    private static IntentSettings intent(String... pairs) {
        var environment = new HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put("DAYPASS_INTENT_" + pairs[i], pairs[i + 1]);
        }
        return Config.load(null, environment).intent();
    }
}
