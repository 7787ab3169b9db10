package dev.daypass.examples.live;

import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Speaks to an MCP server through the edge, word by word.
final class McpSpeaker {
    private final Agent agent;
    private final Agent.Opened account;
    private final String service;
    private final HttpClient http;

    McpSpeaker(Agent agent, Agent.Opened account, String service) {
        this.agent = agent;
        this.account = account;
        this.service = service;
        this.http = agent.http(HttpClient.Version.HTTP_1_1);
    }

    /// An answer.
    ///
    /// @param status HTTP status
    /// @param fields its header fields
    /// @param body as it came
    record Said(int status, java.net.http.HttpHeaders fields, String body) {
        Json json() {
            return Json.parse(body.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        }

        String field(String name) {
            return fields.firstValue(name).orElse("");
        }
    }

    Said post(String body, Map<String, String> fields) {
        HttpRequest.Builder request =
                agent.request("/" + service + "/mcp", account)
                        .header("content-type", "application/json")
                        .header("accept", "application/json, text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request, fields);
    }

    Said send(String method, Map<String, String> fields) {
        return send(
                agent.request("/" + service + "/mcp", account)
                        .method(method, HttpRequest.BodyPublishers.noBody()),
                fields);
    }

    private Said send(HttpRequest.Builder request, Map<String, String> fields) {
        fields.forEach(request::header);
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Said(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String initialize(String version) {
        return """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s",
        "capabilities":{"sampling":{},"roots":{}},"clientInfo":{"name":"t","version":"1"}}}\
        """
                .formatted(version);
    }

    static String call(String tool, String text) {
        return """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":{"text":"%s"}}}\
        """
                .formatted(tool, text);
    }

    /// The fields of a new session.
    Map<String, String> begin(String version) {
        Said said = post(initialize(version), Map.of());
        if (said.status() != 200) {
            throw new AssertionError(said.status() + " " + said.body());
        }
        return Map.of("mcp-session-id", said.field("mcp-session-id"));
    }
}
