package dev.daypass.examples.agents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// Somebody who is not the agent, and asks a service itself.
final class Outside {
    private Outside() {}

    static int status(URI url, String method, String authorization) {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .method(method, BodyPublishers.noBody())
                        .header("authorization", authorization)
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
