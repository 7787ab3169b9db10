package dev.daypass.run;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which hosts an Azure resource stands for: mostly those below it, such as `x.vault.azure.net` for
/// `https://vault.azure.net`, and a few that are called otherwise (the scopes of the Azure SDKs).
final class AzureResources {
    private static final Map<String, List<String>> ELSEWHERE =
            Map.of(
                    "storage.azure.com", List.of("core.windows.net"),
                    "cognitiveservices.azure.com",
                            List.of("openai.azure.com", "services.ai.azure.com"),
                    "ai.azure.com", List.of("services.ai.azure.com"),
                    "servicebus.azure.net", List.of("servicebus.windows.net"),
                    "eventhubs.azure.net", List.of("servicebus.windows.net"),
                    "search.azure.com", List.of("search.windows.net"),
                    "cosmos.azure.com", List.of("documents.azure.com"),
                    "management.core.windows.net", List.of("management.azure.com"));

    private AzureResources() {}

    /// Whether one of the hosts is meant.
    static boolean reaches(String resource, Collection<String> hosts) {
        String named = host(resource);
        return named.contains(".")
                && hosts.stream()
                        .anyMatch(host ->
                                within(named, host)
                                        || ELSEWHERE.getOrDefault(named, List.of()).stream()
                                                .anyMatch(other -> within(other, host)));
    }

    private static boolean within(String domain, String host) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static String host(String resource) {
        try {
            String host = URI.create(resource).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
