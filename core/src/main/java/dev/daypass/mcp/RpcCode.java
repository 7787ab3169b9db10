package dev.daypass.mcp;

/// Error codes: those of JSON-RPC 2.0, section 5.1, those of the protocol's revision 2026-07-28,
/// and our own, which lie outside what JSON-RPC keeps for itself.
public final class RpcCode {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;

    /// A header field says something else than the body.
    public static final int HEADER_MISMATCH = -32020;

    /// The revision of the protocol is not spoken here.
    public static final int UNSUPPORTED_VERSION = -32022;

    /// The account may not do it.
    public static final int NOT_PERMITTED = -31003;

    /// The tool is not any more what was registered.
    public static final int CHANGED = -31009;

    /// The server failed.
    public static final int SERVER_FAILED = -31002;

    private RpcCode() {}
}
