package dev.daypass.cli;

import dev.daypass.http.Response;
import dev.daypass.identity.ServiceId;
import dev.daypass.intent.Catalog;
import dev.daypass.intent.EmbeddedParser;
import dev.daypass.intent.Task;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Set;

/// What a server does once for nobody when it is ready, so that whoever comes first does not wait
/// until the classes for it are loaded: a task is understood, and a command prints what was said of
/// it.
final class Rehearsal {
    private static final String TASK = "read the time of a city";
    private static final String EXPLAINED =
            """
            {"ttl":"10m","grant":[{"service":"clock","operation":"readTime","method":"GET",\
            "path":"/time","traits":["read"],"because":"read the time","span":[0,13],"rule":"none"}],\
            "waiting":[],"dropped":[],"confidence":1,"notices":[],"questions":[],"needs":[]}\
            """;

    private Rehearsal() {}

    static void of(CommandsHere commands) {
        var operation =
                new Operation(
                        new OperationId(new ServiceId("clock"), "readTime"),
                        HttpMethod.GET,
                        PathTemplate.parse("/time"),
                        Set.of(Trait.READ),
                        List.of(),
                        "",
                        List.of());
        new EmbeddedParser().understand(new Task(TASK), Catalog.of(List.of(operation)));
        commands.run(
                List.of("explain", TASK, "--agent", "nobody"),
                true,
                (_, _, _) -> Response.json(200, Json.parse(EXPLAINED)));
    }
}
