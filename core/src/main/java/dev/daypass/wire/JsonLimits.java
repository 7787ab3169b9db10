package dev.daypass.wire;

/// How much of a JSON text is read before it is refused.
///
/// @param bytesMax whole text, in bytes
/// @param depthMax nesting of arrays and objects
/// @param stringCharsMax one string
public record JsonLimits(int bytesMax, int depthMax, int stringCharsMax) {
    /// For requests: 64 KiB, 32 levels.
    public static final JsonLimits DEFAULT = new JsonLimits(64 * 1024, 32, 32 * 1024);

    /// For bodies of calls to services: 64 KiB, 32 levels, a string as long as the whole.
    public static final JsonLimits CALL = new JsonLimits(64 * 1024, 32, 64 * 1024);

    /// For documents that an operator imports: 64 MiB, 200 levels.
    public static final JsonLimits DOCUMENT =
            new JsonLimits(64 * 1024 * 1024, 200, 64 * 1024 * 1024);
}
