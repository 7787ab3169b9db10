package dev.daypass.sdk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// What is asked of an account.
///
/// @param task what the agent is about to do
/// @param ttl how long it is to live; without it the server's default
/// @param services nothing of others is granted; empty means all
/// @param delegates other agents that may open accounts below it
/// @param depth how many generations of accounts may be below it; without it the server's default
/// @param calls at most so many; 0 means no bound
/// @param onBehalfOf a user's token
/// @param patience how long to wait for a human; without it, as long as the server does
/// @param waiting told what the server says while a human has to agree
public record Wish(
        String task,
        Optional<Duration> ttl,
        List<String> services,
        List<String> delegates,
        OptionalInt depth,
        long calls,
        Optional<String> onBehalfOf,
        Optional<Duration> patience,
        Consumer<Map<String, Object>> waiting) {
    public Wish {
        Objects.requireNonNull(task, "task");
        services = List.copyOf(services);
        delegates = List.copyOf(delegates);
    }

    /// @param task what the agent is about to do
    public static Wish of(String task) {
        return new Wish(
                task,
                Optional.empty(),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                told -> {});
    }

    /// @param value whole seconds count
    public Wish ttl(Duration value) {
        return new Wish(
                task,
                Optional.of(value),
                services,
                delegates,
                depth,
                calls,
                onBehalfOf,
                patience,
                waiting);
    }

    /// @param values names
    public Wish services(String... values) {
        return new Wish(
                task, ttl, List.of(values), delegates, depth, calls, onBehalfOf, patience, waiting);
    }

    /// @param agents names of other agents that may open accounts below it
    public Wish delegates(String... agents) {
        return new Wish(
                task, ttl, services, List.of(agents), depth, calls, onBehalfOf, patience, waiting);
    }

    /// @param generations of accounts that may be below it; 0 for none
    public Wish depth(int generations) {
        return new Wish(
                task,
                ttl,
                services,
                delegates,
                OptionalInt.of(generations),
                calls,
                onBehalfOf,
                patience,
                waiting);
    }

    /// @param value at least 1
    public Wish calls(long value) {
        return new Wish(
                task, ttl, services, delegates, depth, value, onBehalfOf, patience, waiting);
    }

    /// @param token of the user
    public Wish onBehalfOf(String token) {
        return new Wish(
                task,
                ttl,
                services,
                delegates,
                depth,
                calls,
                Optional.of(token),
                patience,
                waiting);
    }

    /// @param value zero does not wait
    public Wish waitFor(Duration value) {
        return new Wish(
                task,
                ttl,
                services,
                delegates,
                depth,
                calls,
                onBehalfOf,
                Optional.of(value),
                waiting);
    }

    /// @param told hears what the server says while a human has to agree
    public Wish whileWaiting(Consumer<Map<String, Object>> told) {
        return new Wish(task, ttl, services, delegates, depth, calls, onBehalfOf, patience, told);
    }

    /// @param parent id of the account that it is inside of
    String body(Optional<String> parent) {
        var out = new LinkedHashMap<String, Object>();
        out.put("task", task);
        ttl.ifPresent(value -> out.put("ttl", value.toSeconds()));
        if (!services.isEmpty()) {
            out.put("services", services);
        }
        if (!delegates.isEmpty()) {
            out.put("delegates", delegates);
        }
        depth.ifPresent(value -> out.put("depth", value));
        if (calls > 0) {
            out.put("budget", Map.of("calls", calls));
        }
        onBehalfOf.ifPresent(value -> out.put("on_behalf_of", value));
        parent.ifPresent(value -> out.put("parent", value));
        return Json.write(out);
    }
}
