package dev.daypass.cli.command;

/// A service with one operation that looks and one that deletes.
final class ClockService {
    /// What an agent says that wants the first.
    static final String TASK = "read the time of a city";

    static final String DOCUMENT =
            """
            openapi: 3.0.3
            info: {title: Clock, version: "1"}
            paths:
              /time:
                get:
                  operationId: readTime
                  summary: Read the time of a city
                  responses: {"200": {description: the time}}
              /alarms:
                delete:
                  operationId: deleteAlarms
                  summary: Delete all alarms
                  responses: {"204": {description: gone}}
            """;

    private ClockService() {}
}
