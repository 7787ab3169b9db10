package dev.daypass.mcp;

import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;

/// One message of JSON-RPC 2.0, as far as the protocol uses it (revision 2025-11-25, Messages).
/// What is sent on is written anew from these parts, so that nothing travels that was not read.
public sealed interface Message {
    /// The whole message.
    Json.Obj json();

    /// The one form in which it is sent on (RFC 8785).
    ///
    /// @throws dev.daypass.wire.WireException if it holds a number that has no such form
    default byte[] bytes() {
        return CanonicalJson.bytes(json());
    }

    /// Wants an answer with its id.
    ///
    /// @param id a string or a whole number
    /// @param method what is asked
    /// @param params its arguments; empty for none
    record Request(Json id, String method, Json.Obj params) implements Message {
        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("jsonrpc", VERSION)
                    .put("id", id)
                    .put("method", method)
                    .put("params", params.members().isEmpty() ? null : params)
                    .build();
        }

        /// The id as a text: a string and a number are never alike.
        public String key() {
            return CanonicalJson.text(id);
        }
    }

    /// Wants no answer.
    ///
    /// @param method what is told
    /// @param params its arguments; empty for none
    record Notification(String method, Json.Obj params) implements Message {
        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("jsonrpc", VERSION)
                    .put("method", method)
                    .put("params", params.members().isEmpty() ? null : params)
                    .build();
        }
    }

    /// Answers a request.
    ///
    /// @param id of the request; `null` of JSON where that could not be read
    /// @param failed whether `content` is an error
    /// @param content the result, or the error
    record Reply(Json id, boolean failed, Json content) implements Message {
        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("jsonrpc", VERSION)
                    .put("id", id)
                    .put(failed ? "error" : "result", content)
                    .build();
        }

        /// As [Request#key()].
        public String key() {
            return CanonicalJson.text(id);
        }

        /// The same answer with another result.
        public Reply with(Json other) {
            return new Reply(id, failed, other);
        }
    }

    /// The one version of JSON-RPC.
    String VERSION = "2.0";

    /// An answer that says what is wrong (JSON-RPC 2.0, section 5.1).
    static Reply error(Json id, int code, String message) {
        return new Reply(id, true, Json.object().put("code", code).put("message", message).build());
    }
}
