package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Durations;
import dev.daypass.wire.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of the commands that open an account.
final class TaskOptions {
    @Option(names = "--ttl", paramLabel = "TIME", description = "how long at most, such as 10m")
    private @Nullable Duration ttl;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "only these services; may be repeated")
    private final List<ServiceId> services = new ArrayList<>();

    Bounds bounds() {
        return new Bounds(ttl, services);
    }

    /// What narrows an account.
    ///
    /// @param ttl how long it may live; `null` for as long as the server says
    /// @param services the only ones that it may use; none for any
    record Bounds(@Nullable Duration ttl, List<ServiceId> services) {
        Bounds {
            services = List.copyOf(services);
        }

        /// As members of a request.
        JsonObjectBuilder in(JsonObjectBuilder request) {
            return request.put("ttl", ttl == null ? null : Durations.text(ttl))
                    .put(
                            "services",
                            services.isEmpty()
                                    ? null
                                    : dev.daypass.wire.Json.strings(
                                            services.stream().map(ServiceId::value).toList()));
        }
    }
}
