package dev.daypass.broker;

import dev.daypass.account.Account;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Grant;
import dev.daypass.store.StatusEntry;
import dev.daypass.token.Claims;
import dev.daypass.token.TokenSigner;
import dev.daypass.wire.Base64Url;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Makes account ids and tokens: where the time, the randomness and the signature come from.
public final class Minting {
    /// Whoever finds such a token can use it, and so it is not worth finding for long.
    public static final Duration UNBOUND_TTL_MAX = Duration.ofMinutes(5);

    /// Who verifies tokens itself hears of an ending late, or not at all.
    public static final Duration ELSEWHERE_TTL_MAX = Duration.ofMinutes(5);

    private static final int TOKEN_ID_BYTES = 16;

    /// Header and signature, both encoded, and two dots.
    private static final int AROUND_PAYLOAD = 240;

    private final String issuer;
    private final Duration tokenTtlMax;
    private final TokenSigner signer;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SecureRandom random;
    private final StatusNumbers statusNumbers;

    /// @param issuer the `iss` of every token; services' resource identifiers start with it
    /// @param tokenTtlMax how long a token lives at most
    /// @param signer signs
    /// @param time wall clock, and nanoseconds of a monotonic one
    public Minting(String issuer, Duration tokenTtlMax, TokenSigner signer, Time time) {
        this.issuer = issuer;
        this.tokenTtlMax = tokenTtlMax;
        this.signer = signer;
        this.clock = time.clock();
        this.nanoTime = time.nanoTime();
        this.random = time.random();
        this.statusNumbers = new StatusNumbers(time.random());
    }

    /// Where what is not deterministic comes from.
    ///
    /// @param clock wall clock
    /// @param nanoTime nanoseconds of a monotonic clock
    /// @param random randomness
    public record Time(InstantSource clock, LongSupplier nanoTime, SecureRandom random) {}

    /// @param compact the token
    /// @param id its `jti`
    /// @param expires when it ends
    record Token(String compact, String id, Instant expires) {
        @Override
        public String toString() {
            return "Token[" + id + "]";
        }
    }

    Instant now() {
        return clock.instant();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    AccountId newAccountId(Instant now) {
        byte[] bytes = new byte[AccountId.RANDOM_BYTES];
        random.nextBytes(bytes);
        return AccountId.of(now.toEpochMilli(), bytes);
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /// The resource identifier of a service: what is in `aud`, and what an OAuth client calls
    /// `resource`.
    public String resource(ServiceId service) {
        return issuer + "/" + service;
    }

    /// An entry of a status list that no other account has.
    StatusEntry statusEntry(AccountId account) {
        return statusNumbers.draw(account);
    }

    /// A token for an active account: it ends with the account, or sooner.
    ///
    /// @param status where it is looked up; `null` where only edges verify it
    Token token(Account account, Instant now, @Nullable StatusEntry status) {
        Grant grant = account.grant();
        // Whole seconds, and never past the deadline: what is rounded is rounded down.
        Instant longest = now.plus(longest(account.binding() == null, status != null));
        Instant expires =
                (longest.isBefore(account.term().deadline()) ? longest : account.term().deadline())
                        .truncatedTo(ChronoUnit.SECONDS);
        boolean small = grant.canonical().length() <= Claims.GRANT_CHARS_MAX;
        Claims claims = claims(account, grant, new Term(now, expires), status);
        String compact = signer.sign((small ? claims : claims.withoutGrant()).toJson().text());
        if (compact.length() > Claims.TOKEN_BYTES_MAX) {
            compact = signer.sign(claims.withoutGrant().toJson().text());
        }
        return new Token(compact, claims.id(), expires);
    }

    /// Whether a token of it is short enough, at the least without its grant.
    boolean fits(Account account) {
        if (account.delegation().above().isEmpty()) {
            return true;
        }
        Instant now = now();
        var status = statusEntry(account.id());
        Claims claims = claims(account, account.grant(), new Term(now, now), status);
        int payload = claims.withoutGrant().toJson().bytes().length;
        return (payload * 4 + 2) / 3 + AROUND_PAYLOAD <= Claims.TOKEN_BYTES_MAX;
    }

    private Duration longest(boolean unbound, boolean elsewhere) {
        Duration longest = tokenTtlMax;
        if (unbound && longest.compareTo(UNBOUND_TTL_MAX) > 0) {
            longest = UNBOUND_TTL_MAX;
        }
        return elsewhere && longest.compareTo(ELSEWHERE_TTL_MAX) > 0 ? ELSEWHERE_TTL_MAX : longest;
    }

    private record Term(Instant issued, Instant expires) {}

    private Claims claims(Account account, Grant grant, Term term, @Nullable StatusEntry status) {
        return new Claims(
                issuer,
                account.id(),
                account.agent(),
                grant.services().stream().map(this::resource).toList(),
                term.issued().truncatedTo(ChronoUnit.SECONDS),
                term.expires(),
                Base64Url.encode(randomBytes(TOKEN_ID_BYTES)),
                account.binding(),
                grant.resourceHash(),
                grant,
                account.budget(),
                account.tenant(),
                Duration.between(account.term().opened(), account.term().deadline()),
                account.user(),
                account.delegation().above(),
                status == null ? null : StatusNumbers.reference(issuer, status));
    }
}
