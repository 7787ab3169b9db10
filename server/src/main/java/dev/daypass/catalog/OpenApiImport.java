package dev.daypass.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Operation;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Reads an OpenAPI 3.0 or 3.1 document, JSON or YAML, into operations.
///
/// The document is trusted with nothing: references are followed inside it only, sizes are bounded
/// (64 MiB, 200 levels, 2,000,000 values, 5,000 operations), its prose decides nothing. What cannot
/// be used is left out with a note, and the rest is imported.
public final class OpenApiImport {
    public static final int OPERATIONS_MAX = 5_000;

    private static final Pattern VERSION =
            Pattern.compile("3\\.[01](\\.\\d{1,3})?(-[\\w.]{1,20})?");
    private static final int TITLE_CHARS_MAX = 200;
    private static final int SERVERS_MAX = 20;
    private static final int SERVER_CHARS_MAX = 500;

    private OpenApiImport() {}

    /// What an import yields.
    ///
    /// @param operations in the order of the document
    /// @param skipped what was left out, in the order it was met
    /// @param title the document's own; empty where it has none
    /// @param version of OpenAPI that it is written in: `3.0.3`
    /// @param servers the addresses that it names, as written, which may be relative
    public record Imported(
            List<Operation> operations,
            List<Skipped> skipped,
            String title,
            String version,
            List<String> servers) {
        public Imported {
            operations = List.copyOf(operations);
            skipped = List.copyOf(skipped);
            servers = List.copyOf(servers);
        }
    }

    /// One thing that was left out.
    ///
    /// @param where `GET /offers query.from`
    /// @param why lower case, no full stop, fit to be shown
    public record Skipped(String where, String why) {
        @Override
        public String toString() {
            return where + ": " + why;
        }
    }

    /// @param service the service that offers these operations
    /// @param source how errors name the document
    /// @param document its bytes
    /// @throws WireException if it is not OpenAPI 3.0 or 3.1, is malformed as JSON or YAML, or is
    ///   beyond a limit
    public static Imported read(ServiceId service, String source, byte[] document) {
        ObjectNode root = DocumentTree.read(source, document);
        String version = version(source, root);
        if (!(root.get("paths") instanceof ObjectNode paths)) {
            throw new WireException(source + ": has no `paths`; expected an object of paths");
        }
        var references = new References(root);
        var parts = new OpenApiParts(references, new Pieces(version.startsWith("3.1")));
        try {
            List<Operation> operations = new PathItems(service, parts).read(paths);
            String title = root.path("info").path("title").asText("");
            return new Imported(
                    operations,
                    parts.notes().all(),
                    PlainText.clip(title, TITLE_CHARS_MAX),
                    version,
                    servers(root));
        } catch (WireException e) {
            throw new WireException(source + ": " + e.getMessage());
        }
    }

    private static String version(String source, ObjectNode root) {
        JsonNode version = root.get("openapi");
        if (version != null && version.isValueNode() && known(version.asText())) {
            return version.asText();
        }
        JsonNode other = version != null ? version : root.get("swagger");
        String found =
                other == null
                        ? "not an openapi document"
                        : "%s `%s`"
                                .formatted(
                                        version == null ? "swagger" : "openapi",
                                        PlainText.clip(other.asText("?"), 40));
        throw new WireException(source + ": " + found + "; expected `openapi: 3.0.x` or `3.1.x`");
    }

    private static boolean known(String version) {
        return version.length() <= 40 && VERSION.matcher(version).matches();
    }

    private static List<String> servers(ObjectNode root) {
        var out = new ArrayList<String>();
        for (JsonNode server : root.path("servers")) {
            String url = PlainText.clip(server.path("url").asText(""), SERVER_CHARS_MAX);
            if (!url.isEmpty() && out.size() < SERVERS_MAX) {
                out.add(url);
            }
        }
        return out;
    }
}
