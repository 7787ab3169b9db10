package dev.daypass.examples;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Calls one sample service with one key.
final class Browser implements AutoCloseable {
    private final HttpClient client;
    private final int port;
    private final String header;
    private final String value;

    Browser(int port, String header, String value) {
        this(port, header, value, HttpClient.Version.HTTP_1_1);
    }

    Browser(int port, String header, String value, HttpClient.Version version) {
        this.client = HttpClient.newBuilder().version(version).build();
        this.port = port;
        this.header = header;
        this.value = value;
    }

    HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
        return send("GET", target, "", BodyPublishers.noBody());
    }

    HttpResponse<byte[]> delete(String target) throws IOException, InterruptedException {
        return send("DELETE", target, "", BodyPublishers.noBody());
    }

    HttpResponse<byte[]> json(String method, String target, String body)
            throws IOException, InterruptedException {
        return send(method, target, "application/json", BodyPublishers.ofString(body));
    }

    HttpResponse<byte[]> send(String method, String target, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target).method(method, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> open(String target) throws IOException, InterruptedException {
        return client.send(request(target).build(), BodyHandlers.ofInputStream());
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header(header, value);
    }

    static String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static Json json(HttpResponse<byte[]> answer) {
        return Json.parse(answer.body(), JsonLimits.DOCUMENT);
    }

    /// What stands at the end of a path of member names and array indexes.
    static Json at(Json value, String... path) {
        Json here = value;
        for (String step : path) {
            here =
                    switch (here) {
                        case Json.Obj(var members) ->
                                Objects.requireNonNull(members.get(step), step);
                        case Json.Arr(var items) -> items.get(Integer.parseInt(step));
                        case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ ->
                                throw new AssertionError("nothing at `" + step + "`");
                    };
        }
        return here;
    }

    static String text(Json value, String... path) {
        return ((Json.Str) at(value, path)).value();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
