package dev.daypass.examples.live;

/// The description of a service whose answers a test writes itself.
final class Lab {
    /// Grants every operation that reads.
    static final String READ = "read the lab";

    /// Grants every operation.
    static final String ALL = "read and create things in the lab";

    static final String OPENAPI =
            """
            openapi: 3.1.0
            info: { title: Lab, version: 1.0.0 }
            paths:
              /:
                get: { operationId: readThings, responses: { "200": { description: them } } }
              /{a}:
                parameters: [{ name: a, in: path, required: true, schema: { type: string } }]
                get: { operationId: readThing, responses: { "200": { description: it } } }
                post:
                  operationId: createThing
                  requestBody: { content: { application/octet-stream: {} } }
                  responses: { "200": { description: it } }
              /{a}/:
                parameters: [{ name: a, in: path, required: true, schema: { type: string } }]
                get: { operationId: readThingSlash, responses: { "200": { description: it } } }
              /{a}/{b}:
                parameters:
                  - { name: a, in: path, required: true, schema: { type: string } }
                  - { name: b, in: path, required: true, schema: { type: string } }
                get: { operationId: readThingThing, responses: { "200": { description: it } } }
            """;

    private Lab() {}
}
