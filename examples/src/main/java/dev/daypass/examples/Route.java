package dev.daypass.examples;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One operation of a sample service.
///
/// @param method HTTP method
/// @param template segments; `{name}` is a variable, and a last `**` any rest
/// @param work what answers
record Route(HttpMethod method, List<String> template, Work work) {
    static final int BODY_BYTES_MAX = 64 * 1024;

    /// How a request is answered.
    sealed interface Work {
        /// A function of the whole request.
        ///
        /// @param bodyBytesMax longest body that is read
        /// @param answer runs on the event loop
        record Whole(int bodyBytesMax, Function<Call, Answer> answer) implements Work {}

        /// Does with the connection as it likes.
        ///
        /// @param take runs on the event loop, before any of the body
        record Raw(Consumer<HttpServerRequest> take) implements Work {}
    }

    static Route get(String path, Function<Call, Answer> answer) {
        return whole(HttpMethod.GET, path, answer);
    }

    static Route whole(HttpMethod method, String path, Function<Call, Answer> answer) {
        return new Route(method, segments(path), new Work.Whole(BODY_BYTES_MAX, answer));
    }

    static Route raw(HttpMethod method, String path, Consumer<HttpServerRequest> take) {
        return new Route(method, segments(path), new Work.Raw(take));
    }

    static List<String> segments(String path) {
        return List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    /// The values of the variables if `path`, in segments as they were sent, fits.
    Optional<Map<String, String>> match(List<String> path) {
        boolean open = template.getLast().equals("**");
        int fixed = open ? template.size() - 1 : template.size();
        if (open ? path.size() <= fixed : path.size() != fixed) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < fixed; i++) {
            String wanted = template.get(i);
            if (wanted.startsWith("{")) {
                values.put(wanted.substring(1, wanted.length() - 1), path.get(i));
            } else if (!wanted.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
