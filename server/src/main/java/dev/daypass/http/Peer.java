package dev.daypass.http;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a connection.
///
/// @param certificate the client certificate that the TLS handshake proved, or `null`
/// @param ip the address, as text
public record Peer(@Nullable X509Certificate certificate, String ip) {}
