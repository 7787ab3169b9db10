package dev.daypass.examples.live;

/// The description of a service whose answers a test writes itself.
final class Lab {
    /// Grants every operation that reads.
    static final String READ = "read things, heads, slashes and parts in the lab";

    /// Grants every operation.
    static final String ALL =
            "read things, heads, slashes and parts in the lab, and create a thing";

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
                head: { operationId: readHead, responses: { "200": { description: it } } }
                post:
                  operationId: createThing
                  requestBody: { content: { application/octet-stream: {} } }
                  responses: { "200": { description: it } }
              /{a}/:
                parameters: [{ name: a, in: path, required: true, schema: { type: string } }]
                get: { operationId: readSlash, responses: { "200": { description: it } } }
              /{a}/{b}:
                parameters:
                  - { name: a, in: path, required: true, schema: { type: string } }
                  - { name: b, in: path, required: true, schema: { type: string } }
                get: { operationId: readPart, responses: { "200": { description: it } } }
            """;

    /// What the upstream wants to see, and no agent may.
    static final String KEY = "upstream-key";

    private Lab() {}

    /// Starts an upstream that answers with 200, and registers it.
    ///
    /// @param services the names that it is registered under
    static Upstream in(Installation here, String... services) {
        Upstream upstream = Upstream.start(Upstream::fine);
        for (String service : services) {
            register(here, service, upstream.url());
        }
        return upstream;
    }

    static void register(Installation here, String service, String url) {
        here.register(service, OPENAPI, url, here.credential("bearer", "", KEY));
    }
}
