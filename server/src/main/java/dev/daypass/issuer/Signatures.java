package dev.daypass.issuer;

import dev.daypass.authority.SignatureCheck;
import dev.daypass.authority.SigningKeys;
import dev.daypass.token.TokenSignatures;
import java.nio.charset.StandardCharsets;

/// Our signing keys as the judge of tokens' signatures.
public final class Signatures {
    private Signatures() {}

    public static TokenSignatures of(SigningKeys keys) {
        return token ->
                switch (keys.verify(token)) {
                    case SignatureCheck.Signed signed ->
                            new TokenSignatures.Signed.Valid(
                                    new String(signed.claims(), StandardCharsets.UTF_8));
                    case SignatureCheck.Invalid(var flaw) ->
                            new TokenSignatures.Signed.Invalid(flaw.text());
                };
    }
}
