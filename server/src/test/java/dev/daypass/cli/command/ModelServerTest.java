package dev.daypass.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.cli.Server;
import dev.daypass.cli.StartFailure;
import dev.daypass.config.Config;
import dev.daypass.config.ModelProvider;
import dev.daypass.llm.FakeModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server whose configuration names a language model.
class ModelServerTest {
    private static final String TASK = "what does the big hand say in Oslo";
    private static final String SERVICE =
            """
            openapi: 3.0.3
            info: {title: Clock, version: "1"}
            paths:
              /time:
                get:
                  operationId: readTime
                  responses: {"200": {description: the time}}
            """;
    private static final String ANSWER =
            """
            {"operations": [{"operation": "clock.readTime", "quote": "what does the big hand say",
             "constraints": []}]}\
            """;

    @TempDir Path home;

    @Test
    void a_task_that_only_the_model_understands_is_granted_and_counted() throws Exception {
        Run.Place place = place();
        try (var model = FakeModel.saying(ANSWER);
                var server =
                        Server.start(
                                Config.load(null, settings(model)),
                                Clock.systemUTC(),
                                Map.of("MODEL_KEY", "sk-1"))) {
            reader(place, server);

            Run opened = place.run("open", TASK);

            assertEquals(ExitCode.OK, opened.code(), opened.err());
            assertTrue(opened.out().contains("readTime  GET /time  [read]"), opened.out());
            assertEquals("Bearer sk-1", model.asked().getFirst().headers().get("authorization"));
            assertFalse(model.asked().getFirst().text().contains("sk-1"));
            String metrics = metrics(server);
            assertTrue(
                    metrics.contains("daypass_model_questions_total{outcome=\"answered\"} 1.0"),
                    metrics);
            assertTrue(metrics.contains("daypass_model_tokens_total 1000.0"), metrics);
        }
    }

    @Test
    void a_server_whose_key_is_not_there_does_not_start_and_says_why() {
        place();
        try (var model = FakeModel.saying(ANSWER)) {
            Config config = Config.load(null, settings(model));

            var failure =
                    assertThrows(
                            StartFailure.class,
                            () -> Server.start(config, Clock.systemUTC(), Map.of()).close());

            assertEquals(
                    "`intent.api_key` is in the variable `MODEL_KEY`, which is not set",
                    failure.getMessage());
        }
    }

    private Run.Place place() {
        Run.Place place =
                new Run.Place(home)
                        .at(Clock.systemUTC())
                        .with("DAYPASS_DATA", home.resolve("data").toString());
        assertEquals(ExitCode.OK, place.run("init").code());
        return place;
    }

    private void reader(Run.Place place, Server server) throws Exception {
        place.with("DAYPASS_SERVER", server.config().issuer())
                .with("DAYPASS_CONSOLE", "http://127.0.0.1:" + server.ports().console());
        String document = Files.writeString(home.resolve("clock.yaml"), SERVICE).toString();
        String upstream = "http://127.0.0.1:9";
        assertEquals(
                ExitCode.OK,
                place.run("service", "add", "clock", "--openapi", document, "--upstream", upstream)
                        .code());
        place.input(place.run("agent", "add", "reader").out());
        assertEquals(ExitCode.OK, place.run("agent", "enrol", "--token", "-").code());
    }

    private Map<String, String> settings(FakeModel model) {
        var settings = new HashMap<String, String>();
        settings.put("DAYPASS_DATA", home.resolve("data").toString());
        settings.put("DAYPASS_AGENTS_HOST", "127.0.0.1");
        settings.put("DAYPASS_AGENTS_PORT", "0");
        settings.put("DAYPASS_CONSOLE_PORT", "0");
        settings.put("DAYPASS_HEALTH_PORT", "0");
        settings.put("DAYPASS_EDGE_ALLOW_PRIVATE_UPSTREAMS", "true");
        settings.put("DAYPASS_INTENT_MODEL", "openai:a-model");
        settings.put("DAYPASS_INTENT_BASE_URL", model.url(ModelProvider.OPENAI));
        settings.put("DAYPASS_INTENT_API_KEY", "env:MODEL_KEY");
        settings.put("DAYPASS_INTENT_MODE", "model");
        settings.put("DAYPASS_INTENT_TIMEOUT", "30s");
        return settings;
    }

    private static String metrics(Server server) throws Exception {
        var url = URI.create("http://127.0.0.1:%d/metrics".formatted(server.ports().health()));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
