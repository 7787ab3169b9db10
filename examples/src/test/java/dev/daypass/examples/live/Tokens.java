package dev.daypass.examples.live;

import dev.daypass.authority.SigningKeys;
import dev.daypass.vault.Secret;
import dev.daypass.wire.Base64Url;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a forger makes of a token.
final class Tokens {
    private Tokens() {}

    private static String[] parts(Secret token) {
        return token.reveal().split("\\.", -1);
    }

    private static String text(String part) {
        return new String(Base64Url.decode(part), StandardCharsets.UTF_8);
    }

    private static String part(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret token(String header, String payload, String signature) {
        return Secret.of(header + "." + payload + "." + signature);
    }

    /// With something else in its payload, and the old signature.
    static Secret with(Secret token, String old, String another) {
        String[] parts = parts(token);
        String payload = text(parts[1]);
        if (!payload.contains(old)) {
            throw new AssertionError("no `%s` in %s".formatted(old, payload));
        }
        return token(parts[0], part(payload.replace(old, another)), parts[2]);
    }

    static Secret payloadOf(Secret other, Secret token) {
        return token(parts(token)[0], parts(other)[1], parts(token)[2]);
    }

    static Secret withSignatureBitFlipped(Secret token) {
        String[] parts = parts(token);
        byte[] signature = Base64Url.decode(parts[2]);
        signature[10] ^= 1;
        return token(parts[0], parts[1], Base64Url.encode(signature));
    }

    static Secret withoutSignature(Secret token) {
        return token(parts(token)[0], parts(token)[1], "");
    }

    /// With another header; `%s` in it becomes the true key id.
    static Secret headed(Secret token, String header) {
        String[] parts = parts(token);
        String[] kid = text(parts[0]).split("\"kid\":\"", -1);
        String id = kid[1].substring(0, kid[1].indexOf('"'));
        return token(part(header.replace("%s", id)), parts[1], parts[2]);
    }

    /// The same with another header, which the server's own key has signed.
    ///
    /// @param keys directory of that key
    static Secret signed(Secret token, String header, Path keys) {
        String[] parts = parts(headed(token, header));
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] signature = SigningKeys.load(keys).signMessage(_ -> signed);
            return token(parts[0], parts[1], Base64Url.encode(signature));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Secret hmac(Secret token, String key) {
        Secret headed = headed(token, "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}");
        String[] parts = parts(headed);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature =
                    mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return token(parts[0], parts[1], Base64Url.encode(signature));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
