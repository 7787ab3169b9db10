package dev.daypass.mcp;

import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the tools of a server were when an operator registered or accepted them. A server that
/// changes what a tool is after it was judged gets nothing through.
///
/// @param accepted the hash of each tool's definition
/// @param changed the hash of each definition that was seen since and waits for an operator
/// @param headers of each tool, the arguments that are repeated in header fields
public record Pins(
        Map<String, String> accepted,
        Map<String, String> changed,
        Map<String, Map<String, String>> headers) {
    /// Of a server that offers no tools.
    public static final Pins NONE = new Pins(Map.of(), Map.of(), Map.of());

    /// What an agent's model reads of a tool, and what is judged of it.
    private static final List<String> PINNED =
            List.of("name", "title", "description", "inputSchema", "outputSchema", "annotations");

    public Pins {
        accepted = Map.copyOf(accepted);
        changed = Map.copyOf(changed);
        headers = Map.copyOf(headers);
    }

    /// SHA-256 over the canonical JSON of a definition (RFC 8785), base64url.
    ///
    /// @throws WireException if it has no canonical form
    public static String hash(Json.Obj definition) {
        var pinned = Json.object();
        PINNED.forEach(member -> pinned.put(member, definition.members().get(member)));
        return Base64Url.encode(sha256(CanonicalJson.bytes(pinned.build())));
    }

    /// The same where one more tool waits for an operator.
    ///
    /// @param hash of the definition that was seen
    public Pins waiting(String tool, String hash) {
        var more = new HashMap<>(changed);
        more.put(tool, hash);
        return new Pins(accepted, more, headers);
    }

    /// How a tool that a server lists compares with what was accepted.
    public Standing standing(String tool, Json.Obj definition) {
        if (changed.containsKey(tool)) {
            return Standing.WAITING;
        }
        try {
            return hash(definition).equals(accepted.get(tool))
                    ? Standing.ACCEPTED
                    : Standing.CHANGED;
        } catch (WireException _) {
            return Standing.CHANGED;
        }
    }

    /// How a definition stands.
    public enum Standing {
        /// It is what was accepted.
        ACCEPTED,

        /// It is another, and nobody was told yet.
        CHANGED,

        /// It changed, and an operator has not accepted that yet.
        WAITING
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
