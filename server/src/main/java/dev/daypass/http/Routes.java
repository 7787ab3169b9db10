package dev.daypass.http;

import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.PathTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A table of endpoints by method and path. Paths without variables are looked up, the others tried
/// in order.
public final class Routes {
    /// The longest body of a route that says nothing else.
    public static final int BODY_BYTES_MAX = 64 * 1024;

    private final Map<String, Map<HttpMethod, Route>> fixed;
    private final List<Route> patterns;

    private Routes(List<Route> routes) {
        this.fixed = new HashMap<>();
        this.patterns = new ArrayList<>();
        for (Route route : routes) {
            if (route.path().variables().isEmpty()) {
                fixed.computeIfAbsent(route.path().toString(), _ -> new HashMap<>())
                        .put(route.method(), route);
            } else {
                patterns.add(route);
            }
        }
    }

    /// One line of the table.
    ///
    /// @param method HTTP method
    /// @param path path, perhaps with variables
    /// @param bodyBytesMax the longest body, in bytes
    /// @param gate what judges the caller before the body is read
    /// @param endpoint what answers
    public record Route(
            HttpMethod method, PathTemplate path, int bodyBytesMax, Gate gate, Endpoint endpoint) {
        public static Route of(HttpMethod method, String path, Endpoint endpoint) {
            return new Route(method, PathTemplate.parse(path), BODY_BYTES_MAX, Gate.OPEN, endpoint);
        }

        public Route withBodyUpTo(int bytes) {
            return new Route(method, path, bytes, gate, endpoint);
        }

        public Route behind(Gate gate) {
            return new Route(method, path, bodyBytesMax, gate, endpoint);
        }
    }

    /// Judges who calls by the head of the request alone, so that nothing of a stranger's body is
    /// kept.
    @FunctionalInterface
    public interface Gate {
        /// Lets everybody in.
        Gate OPEN = _ -> null;

        /// @param head the request with an empty body
        /// @return what to answer instead of reading on; `null` to read on
        @Nullable Response refusal(Request head);
    }

    /// What a path leads to.
    public sealed interface Found {
        /// @param route the route
        /// @param variables values of its path variables
        record Match(Route route, Map<String, String> variables) implements Found {}

        /// @param allowed the methods that this path has
        record OtherMethods(Set<HttpMethod> allowed) implements Found {
            public String allow() {
                return allowed.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
            }
        }

        /// Nothing of ours.
        record Nothing() implements Found {}
    }

    public static Routes of(List<Route> routes) {
        return new Routes(routes);
    }

    /// Every line of the table, in no order.
    public List<Route> all() {
        return Stream.concat(
                        fixed.values().stream().flatMap(byMethod -> byMethod.values().stream()),
                        patterns.stream())
                .toList();
    }

    public Found find(HttpMethod method, String path) {
        HttpMethod wanted = method == HttpMethod.HEAD ? HttpMethod.GET : method;
        Map<HttpMethod, Route> here = fixed.get(path);
        if (here != null) {
            Route route = here.get(wanted);
            return route != null
                    ? new Found.Match(route, Map.of())
                    : new Found.OtherMethods(here.keySet());
        }
        return findPattern(wanted, path);
    }

    private Found findPattern(HttpMethod method, String path) {
        if (!path.startsWith("/") || path.indexOf('%') >= 0) {
            return new Found.Nothing();
        }
        List<String> segments = Arrays.asList(path.substring(1).split("/", -1));
        var others = EnumSet.noneOf(HttpMethod.class);
        for (Route route : patterns) {
            Optional<Map<String, String>> variables = route.path().match(segments);
            if (variables.isPresent()) {
                if (route.method() == method) {
                    return new Found.Match(route, variables.get());
                }
                others.add(route.method());
            }
        }
        return others.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(others);
    }
}
