package dev.daypass.events;

import dev.daypass.catalog.Fetch;
import dev.daypass.catalog.PublicAddress;
import dev.daypass.events.Push.Pushed;
import dev.daypass.store.Change;
import dev.daypass.store.Outcome;
import dev.daypass.store.Outward;
import dev.daypass.store.OutwardChange;
import dev.daypass.store.Store;
import dev.daypass.store.StoredDelivery;
import dev.daypass.store.StoredStream;
import dev.daypass.vault.Secret;
import dev.daypass.vault.Vault;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receivers of events, as operators register them. Every change is a fact.
public final class EventStreams {
    /// So many receivers are registered.
    public static final int STREAMS_MAX = 64;

    /// So many events that nobody tries any more are told at once.
    public static final int DEAD_MAX = 1_000;

    private static final int ID_BYTES = 12;
    private static final int CHARS_MAX = 1_000;

    private final Store store;
    private final Vault vault;
    private final EventSigner signer;
    private final Push push;
    private final Surroundings around;

    EventStreams(Store store, Vault vault, EventSigner signer, Push push, Surroundings around) {
        this.store = store;
        this.vault = vault;
        this.signer = signer;
        this.push = push;
        this.around = around;
    }

    /// What is not deterministic, and what the configuration says.
    ///
    /// @param clock wall clock
    /// @param random randomness
    /// @param allowPrivate whether receivers may stand on loopback and private addresses
    public record Surroundings(InstantSource clock, SecureRandom random, boolean allowPrivate) {
        Fetch fetch() {
            return allowPrivate ? Fetch.allowingPrivateAddresses() : Fetch.fromPublicAddresses();
        }
    }

    /// @param endpoint where it takes events
    /// @param audience `aud` of what it is sent; empty for the endpoint
    /// @param authorization what the field of that name says; `null` for none
    /// @throws WireException if the address or the field is not right
    public StoredStream add(
            String endpoint, String audience, @Nullable Secret authorization, String operator) {
        requireEndpoint(endpoint);
        if (audience.length() > CHARS_MAX) {
            throw new WireException("`audience` is longer than %d characters".formatted(CHARS_MAX));
        }
        if (authorization != null) {
            requireField(authorization);
        }
        if (streams().size() >= STREAMS_MAX) {
            throw new WireException(
                    "%d receivers are registered; remove one first".formatted(STREAMS_MAX));
        }
        byte[] bytes = new byte[ID_BYTES];
        around.random().nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        var stream =
                new StoredStream(
                        id,
                        endpoint,
                        audience.isEmpty() ? endpoint : audience,
                        authorization == null ? null : vault.seal(label(id), authorization));
        commit(new OutwardChange.AddStream(stream, "operator:" + operator));
        return stream;
    }

    static String label(String stream) {
        return "events " + stream;
    }

    /// Who listens on the way learns whose accounts end: https, or no way at all.
    private void requireEndpoint(String endpoint) {
        URI url;
        try {
            url = new URI(endpoint).parseServerAuthority();
        } catch (URISyntaxException _) {
            throw new WireException("`endpoint` is not a URL");
        }
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (endpoint.length() > CHARS_MAX
                || !web
                || url.getHost() == null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null) {
            throw new WireException(
                    "`endpoint` must be an https URL of at most %d characters, without user and fragment"
                            .formatted(CHARS_MAX));
        }
        if (PublicAddress.ambiguous(url.getHost())) {
            throw new WireException(
                    "`endpoint`: an IPv4 address is written as four decimal numbers");
        }
        if ("http".equals(url.getScheme()) && !onThisHost(url.getHost())) {
            throw new WireException("`endpoint` must be https; http only on loopback");
        }
        try {
            around.fetch().requireFetchable(url);
        } catch (WireException _) {
            throw new WireException(
                    "`endpoint` leads to no host, or to a private address; set `edge.allow_private_upstreams: true` if that is meant");
        }
    }

    private static boolean onThisHost(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /// RFC 9110, section 5.5: anything else could end a header field.
    private static void requireField(Secret authorization) {
        String text = authorization.reveal();
        if (text.isEmpty()
                || text.length() > CHARS_MAX
                || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new WireException(
                    "`authorization` must be 1 to %d visible ascii characters"
                            .formatted(CHARS_MAX));
        }
    }

    public List<StoredStream> streams() {
        return outward().streams();
    }

    private Outward outward() {
        return store.outward();
    }

    /// How many events are on their way to a receiver.
    public long waiting(String stream) {
        return outward().waiting(stream);
    }

    /// @return whether there was one
    public boolean remove(String stream, String operator) {
        return commit(new OutwardChange.RemoveStream(stream, "operator:" + operator))
                instanceof Outcome.Applied;
    }

    /// What became of a verification.
    ///
    /// @param taken whether the receiver took it
    /// @param state that the event said
    /// @param why it did not; empty where it did
    public record Verification(boolean taken, String state, String why) {}

    /// Sends a verification event and waits for what comes of it; `null` where there is no such
    /// receiver.
    public @Nullable Verification verify(String stream) {
        StoredStream to =
                streams().stream().filter(s -> s.id().equals(stream)).findFirst().orElse(null);
        if (to == null) {
            return null;
        }
        byte[] bytes = new byte[ID_BYTES];
        around.random().nextBytes(bytes);
        String state = Base64Url.encode(bytes);
        String token =
                signer.signed(
                        SecurityEvent.verification(stream, state), to, around.clock().instant());
        return switch (push.push(to.endpoint(), authorization(vault, to), token)) {
            case Pushed.Taken() -> new Verification(true, state, "");
            case Pushed.NotNow(var why) -> new Verification(false, state, why);
            case Pushed.Refused(var why) -> new Verification(false, state, why);
        };
    }

    static @Nullable Secret authorization(Vault vault, StoredStream stream) {
        return stream.credential() == null
                ? null
                : vault.open(label(stream.id()), stream.credential());
    }

    /// Events that nobody tries to send any more, the oldest first.
    public List<StoredDelivery> dead() {
        return outward().dead(DEAD_MAX);
    }

    /// Has them tried again.
    ///
    /// @param stream of this receiver, or `null` for all
    /// @return how many
    public long retry(@Nullable String stream) {
        var retry = new OutwardChange.Retry(stream, around.clock().instant());
        return switch (commit(retry)) {
            case Outcome.Applied(var _, var rows) -> rows;
            case Outcome.NotApplied _ -> 0;
        };
    }

    private Outcome commit(OutwardChange change) {
        return store.commit(new Change.OfOutward(change)).toCompletableFuture().join();
    }
}
