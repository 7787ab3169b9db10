package dev.daypass.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a [ModelChoice] is written.
final class ModelChoiceText {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

    private ModelChoiceText() {}

    /// The kind of value that a file may hold.
    static Kind<ModelChoice> kind() {
        return new Kind<>(
                "none, openai:NAME, anthropic:NAME or ollama:NAME",
                ModelChoiceText::parse,
                choice -> parse(choice.text()) != null,
                ModelChoice::text);
    }

    static @Nullable ModelChoice parse(String text) {
        if (text.equals("none")) {
            return new ModelChoice.None();
        }
        for (ModelProvider provider : ModelProvider.values()) {
            String prefix = provider.word() + ":";
            if (text.startsWith(prefix)) {
                String name = text.substring(prefix.length());
                return NAME.matcher(name).matches() ? new ModelChoice.Model(provider, name) : null;
            }
        }
        return null;
    }
}
