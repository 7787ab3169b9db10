package dev.daypass.edge;

import dev.daypass.mcp.Message;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Binds the state that a server gives to a client to the account and the operation that got it
/// (revision 2026-07-28, Multi Round-Trip Requests): the server sees one credential for all
/// accounts and cannot tell whose state comes back. The key lives and dies with the process.
final class McpStates {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    McpStates() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /// Whose a state is, and which request it belongs to: a retry repeats all but the answers.
    static String binding(Call.Verified call, Message.Request request) {
        var params = new LinkedHashMap<>(request.params().members());
        params.keySet().removeAll(Set.of("requestState", "inputResponses", "_meta"));
        return "%s %s %s %s"
                .formatted(
                        call.account(),
                        call.arrived().service(),
                        request.method(),
                        CanonicalJson.text(Json.obj(params)));
    }

    /// @param to whose it is, and what it belongs to
    String seal(String to, String state) {
        return mac(to, state) + "." + state;
    }

    /// The server's state; `null` where it was not given to this account for this.
    @Nullable String open(String to, String sealed) {
        int dot = sealed.indexOf('.');
        String state = sealed.substring(dot + 1);
        boolean right =
                dot > 0
                        && MessageDigest.isEqual(
                                sealed.substring(0, dot).getBytes(StandardCharsets.UTF_8),
                                mac(to, state).getBytes(StandardCharsets.UTF_8));
        return right ? state : null;
    }

    private String mac(String to, String state) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(to.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64Url.encode(mac.doFinal(state.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
