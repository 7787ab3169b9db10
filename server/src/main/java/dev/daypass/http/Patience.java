package dev.daypass.http;

import java.time.Duration;

/// How long those who connect may take for their part.
///
/// @param handshake from the connection to the end of its TLS handshake
/// @param head from the first byte of a head of HTTP/1.1 to its last
/// @param body of a request that is read whole
/// @param reader who leaves its buffers full for so long is let go
public record Patience(Duration handshake, Duration head, Duration body, Duration reader) {
    public static final Patience USUAL =
            new Patience(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30));
}
