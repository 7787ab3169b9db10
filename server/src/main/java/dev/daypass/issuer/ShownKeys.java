package dev.daypass.issuer;

import dev.daypass.broker.OpenRequest;
import dev.daypass.broker.OpenRequest.Binding;
import dev.daypass.broker.OpenRequest.Claimant;
import dev.daypass.dpop.Proofs;
import dev.daypass.dpop.Proofs.Verdict;
import dev.daypass.http.Request;
import dev.daypass.proof.ProvedRequest;
import dev.daypass.wire.WireException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The key that a request for a token proves to hold, by a DPoP proof (RFC 9449, section 5) or by
/// the certificate of its connection.
final class ShownKeys {
    private final Proofs proofs;
    private final String issuer;

    ShownKeys(Proofs proofs, String issuer) {
        this.proofs = proofs;
        this.issuer = issuer;
    }

    /// What came of it.
    sealed interface Shown {
        /// @param binding what tokens are to be bound to
        /// @param renewed the nonce to use from now on; `null` for the one that was used
        record Good(Binding binding, @Nullable String renewed) implements Shown {}

        /// `invalid_dpop_proof`.
        ///
        /// @param why fit to be shown
        record Refused(String why) implements Shown {}

        /// `use_dpop_nonce`.
        ///
        /// @param why fit to be shown
        /// @param nonce to be used
        record NonceWanted(String why, String nonce) implements Shown {}

        /// The proof cannot be remembered now, and so is not accepted.
        record NoRoom() implements Shown {}
    }

    /// Asked after it is known who asks, so that a stranger's proof costs nothing. A proof that
    /// holds is used up.
    ///
    /// @param certificate whether the connection proved the claimant's certificate
    Shown of(Request request, Claimant claimant, boolean certificate) {
        List<String> fields = request.headers().getAll(Proofs.FIELD);
        if (fields.isEmpty()) {
            return new Shown.Good(
                    certificate ? new Binding.OwnCertificate() : new Binding.NothingShown(), null);
        }
        var wanted = ProvedRequest.of(request.method().name(), issuer + request.path());
        return switch (proofs.judge(fields, wanted, null)) {
            case Verdict.Refused(var why) -> new Shown.Refused(why);
            case Verdict.NonceWanted(var why) -> new Shown.NonceWanted(why, proofs.nonce());
            case Verdict.Proved proof ->
                    switch (proofs.use(claimant.agent().value(), proof)) {
                        case FIRST -> new Shown.Good(new Binding.Key(proof.key()), proof.renewed());
                        case AGAIN -> new Shown.Refused("proof was used before (`jti`)");
                        case NO_ROOM -> new Shown.NoRoom();
                    };
        };
    }

    /// A request with what was shown, unless it names a key itself.
    ///
    /// @throws WireException if it names another key than the one that was proved
    static OpenRequest bind(OpenRequest request, Binding shown) {
        if (!(request.binding() instanceof Binding.Key)) {
            return request.boundTo(shown);
        }
        if (shown instanceof Binding.Key && !shown.equals(request.binding())) {
            throw new WireException("`key` is another key than that of the DPoP proof");
        }
        return request;
    }
}
