package dev.daypass.eval;

import dev.daypass.config.Config;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.intent.IntentParser;
import dev.daypass.llm.Counts;
import dev.daypass.llm.LanguageParser;
import dev.daypass.vault.SecretReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Parsers that a configuration names.
final class Parsers {
    private static final Counts NONE =
            new Counts() {
                @Override
                public void question(String outcome) {}

                @Override
                public void tokens(long tokens) {}
            };

    private Parsers() {}

    /// @throws IllegalArgumentException if no model is configured
    static IntentParser model(@Nullable Path config) {
        Config settings = Config.load(config, System.getenv());
        if (config == null || !settings.intent().asksModel()) {
            throw new IllegalArgumentException(
                    "--parser model needs --config FILE with `intent.model`");
        }
        return LanguageParser.over(
                new EmbeddedParser(),
                settings.intent(),
                SecretReader.load("intent.api_key", settings.intent().apiKey(), System.getenv()),
                new LanguageParser.Surroundings(
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        Executors.newVirtualThreadPerTaskExecutor(),
                        NONE));
    }
}
