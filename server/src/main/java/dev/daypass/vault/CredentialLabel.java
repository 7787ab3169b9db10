package dev.daypass.vault;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Whose credential a sealed one is. It is bound to the ciphertext, so that a credential moved to
/// another tenant's or service's row does not open.
///
/// @param tenant who owns the service
/// @param service where the credential is used
/// @param kind how it is used, as in `bearer`; at most 64 characters
public record CredentialLabel(TenantId tenant, ServiceId service, String kind) {
    private static final int KIND_CHARS_MAX = 64;

    public CredentialLabel {
        if (kind.isEmpty() || kind.length() > KIND_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "kind of credential must be 1 to %d characters".formatted(KIND_CHARS_MAX));
        }
    }

    /// Each part after its length in four bytes, so that no two labels have the same form.
    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        for (String part : new String[] {tenant.value(), service.value(), kind}) {
            byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            out.writeBytes(utf8);
        }
        return out.toByteArray();
    }
}
