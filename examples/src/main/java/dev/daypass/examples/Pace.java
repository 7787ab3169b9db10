package dev.daypass.examples;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/// How long a sample service takes to answer.
///
/// @param readMillis where it looks something up; 0 for at once
/// @param changeMillis where it changes something
/// @param bulkMillis where it sends a file or moves money
public record Pace(int readMillis, int changeMillis, int bulkMillis) {
    /// At once.
    public static final Pace AT_ONCE = new Pace(0, 0, 0);

    /// Goes on when the time is over; nothing of the request is lost.
    void then(Vertx vertx, HttpServerRequest request, Runnable answer) {
        int millis = millis(request);
        if (millis == 0) {
            answer.run();
            return;
        }
        request.pause();
        vertx.setTimer(
                millis,
                _ -> {
                    answer.run();
                    request.resume();
                });
    }

    private int millis(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        boolean reads = request.method().equals(HttpMethod.GET);
        if (reads ? path.endsWith("/pdf") : path.endsWith("/orders")) {
            return bulkMillis;
        }
        return reads ? readMillis : changeMillis;
    }
}
