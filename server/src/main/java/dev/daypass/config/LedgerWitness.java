package dev.daypass.config;

import dev.daypass.ledger.NoteKey;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An outside witness that signs checkpoints of the ledger too (C2SP `tlog-witness`).
///
/// @param url below which `/add-checkpoint` is
/// @param key that it signs with
public record LedgerWitness(URI url, NoteKey key) {
    private static final int WITNESSES_MAX = 16;

    static final Kind<List<LedgerWitness>> KIND =
            new Kind<>(
                    "up to 16 witnesses, each an https URL (http on loopback), a space, and its public key `name+id+base64`; no key twice",
                    LedgerWitness::orNull,
                    witnesses -> witnesses.size() <= WITNESSES_MAX,
                    LedgerWitness::text);

    /// Where `/add-checkpoint` is.
    public URI endpoint() {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "add-checkpoint");
    }

    @Override
    public String toString() {
        return url + " " + key;
    }

    private static String text(List<LedgerWitness> witnesses) {
        return witnesses.stream().map(LedgerWitness::toString).collect(Collectors.joining(","));
    }

    private static @Nullable List<LedgerWitness> orNull(String text) {
        var witnesses = new ArrayList<LedgerWitness>();
        if (text.isBlank()) {
            return witnesses;
        }
        for (String one : text.split(",", -1)) {
            LedgerWitness witness = witness(one.strip());
            if (witness == null
                    || witnesses.stream().anyMatch(other -> other.key.equals(witness.key))) {
                return null;
            }
            witnesses.add(witness);
        }
        return witnesses;
    }

    private static @Nullable LedgerWitness witness(String text) {
        String[] parts = text.split(" +", -1);
        if (parts.length != 2) {
            return null;
        }
        try {
            var url = new URI(parts[0]);
            NoteKey key = NoteKey.parse(parts[1]);
            return permitted(url) && key.kind() == NoteKey.Kind.COSIGNER
                    ? new LedgerWitness(url, key)
                    : null;
        } catch (URISyntaxException | WireException _) {
            return null;
        }
    }

    private static boolean permitted(URI url) {
        String host = url.getHost();
        return host != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && ("https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && Hosts.isLoopback(host)));
    }
}
