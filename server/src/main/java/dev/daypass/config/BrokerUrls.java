package dev.daypass.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where brokers listen for agents and edges.
final class BrokerUrls {
    private static final int BROKERS_MAX = 16;

    static final Kind<List<URI>> KIND =
            new Kind<>(
                    "up to 16 URLs such as https://broker.example:8443, each once and without a path",
                    BrokerUrls::orNull,
                    brokers -> brokers.size() <= BROKERS_MAX,
                    BrokerUrls::text);

    private BrokerUrls() {}

    private static String text(List<URI> brokers) {
        return brokers.stream().map(URI::toString).collect(Collectors.joining(","));
    }

    private static @Nullable List<URI> orNull(String text) {
        var brokers = new ArrayList<URI>();
        if (text.isBlank()) {
            return brokers;
        }
        for (String one : text.split(",", -1)) {
            URI broker = broker(one.strip());
            if (broker == null || brokers.contains(broker)) {
                return null;
            }
            brokers.add(broker);
        }
        return brokers;
    }

    private static @Nullable URI broker(String text) {
        try {
            var uri = new URI(text);
            boolean bare =
                    "https".equals(uri.getScheme())
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawPath().isEmpty()
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            return bare ? uri : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }
}
