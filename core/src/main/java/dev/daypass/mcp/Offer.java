package dev.daypass.mcp;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.AmbiguousRequest;
import dev.daypass.permission.CanonicalRequest;
import dev.daypass.permission.Grant;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.Surface;
import java.util.Map;

/// How what an MCP server offers appears in a permission tree: a tool is `POST /mcp/tools/NAME`, to
/// read a resource is `GET /mcp/documents?uri=…`, to get a prompt `GET /mcp/prompts?name=…`, and
/// what a server asks of its client is `POST /mcp/client/…`.
public final class Offer {
    public static final String READ = "documents/read";
    public static final String PROMPT = "prompts/get";
    public static final String READ_PATH = Operation.DOCUMENTS;
    public static final String PROMPT_PATH = "/mcp/prompts";
    public static final String URI = "uri";
    public static final String NAME = "name";

    /// What a server may ask of its client, where that was granted.
    public static final Map<String, String> CLIENT_PATHS =
            Map.of(
                    "sampling/createMessage", "/mcp/client/sampling",
                    "elicitation/create", "/mcp/client/elicitation",
                    "roots/list", "/mcp/client/roots");

    private Offer() {}

    /// @throws AmbiguousRequest if no request can stand for a tool of this name
    static CanonicalRequest tool(String name) {
        return CanonicalRequest.of(HttpMethod.POST, Operation.TOOLS + name, Map.of());
    }

    /// @throws AmbiguousRequest if the address can be read in several ways
    static CanonicalRequest read(String uri) {
        return CanonicalRequest.of(HttpMethod.GET, READ_PATH, Map.of(URI, uri));
    }

    /// @throws AmbiguousRequest if the name can be read in several ways
    static CanonicalRequest prompt(String name) {
        return CanonicalRequest.of(HttpMethod.GET, PROMPT_PATH, Map.of(NAME, name));
    }

    /// @throws IllegalArgumentException for what no server asks of a client
    static CanonicalRequest ofClient(String method) {
        String path = CLIENT_PATHS.get(method);
        if (path == null) {
            throw new IllegalArgumentException("no client is asked for `%s`".formatted(method));
        }
        return CanonicalRequest.of(HttpMethod.POST, path, Map.of());
    }

    /// The service and what of it may be used.
    ///
    /// @param service the MCP server
    /// @param grant of the account
    /// @param surface what the service offers
    /// @param pins what its tools were
    public record Reach(ServiceId service, Grant grant, Surface surface, Pins pins) {}
}
