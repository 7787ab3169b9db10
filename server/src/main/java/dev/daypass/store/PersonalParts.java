package dev.daypass.store;

import dev.daypass.identity.AccountId;
import dev.daypass.ledger.Entry;
import dev.daypass.ledger.Personal;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Seals and opens the personal parts of facts, for every driver. Each account has a key of its
/// own, sealed by the master key; facts of no account share one a day.
public final class PersonalParts {
    private static final long DAY_MILLIS = 86_400_000;

    private final MasterKey master;
    private final SecureRandom random = new SecureRandom();
    private final PersonalText text = new PersonalText();
    private final FactSeal.Sealing seal = new FactSeal.Sealing();

    public PersonalParts(MasterKey master) {
        this.master = master;
    }

    /// Whose key seals a fact: its account's, or that of its day, which is named like an account
    /// that opened when the day began.
    public static String owner(@Nullable AccountId account, Instant time) {
        if (account != null) {
            return account.value();
        }
        long day = time.toEpochMilli() - Math.floorMod(time.toEpochMilli(), DAY_MILLIS);
        return AccountId.of(day, new byte[AccountId.RANDOM_BYTES]).value();
    }

    public byte[] newKey() {
        byte[] key = new byte[FactSeal.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    public byte[] sealKey(byte[] key, String owner) {
        return master.seal(key, label(owner));
    }

    /// @return `null` if the master key is another than it was sealed with
    public byte @Nullable [] openKey(byte[] sealed, String owner) {
        return master.open(sealed, label(owner));
    }

    private static String label(String owner) {
        return "daypass account key\n" + owner;
    }

    /// The user of an account in the fact that opened it, as it may be looked up; `null` for none.
    public byte @Nullable [] user(Json.@Nullable Obj personal) {
        return personal != null
                        && personal.members().get("account") instanceof Json.Obj(var account)
                        && account.get("user") instanceof Json.Obj(var user)
                        && user.get("issuer") instanceof Json.Str(var issuer)
                        && user.get("sub") instanceof Json.Str(var subject)
                ? user(issuer, subject)
                : null;
    }

    public byte[] user(String issuer, String subject) {
        return java.util.Arrays.copyOf(master.tag("user\n" + issuer + "\n" + subject), 16);
    }

    /// @param fact the fact without its personal part
    public byte[] seal(Entry fact, byte[] key, Json.Obj personal) {
        byte[] nonce = new byte[FactSeal.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = CanonicalJson.text(personal).getBytes(StandardCharsets.UTF_8);
        byte[] packed = text.pack(plain, () -> known(fact));
        synchronized (seal) {
            return seal.seal(key, nonce, label(fact), packed);
        }
    }

    /// What stands in the personal part of an opening and is known without it.
    private static String known(Entry fact) {
        String account = fact.account() == null ? "" : fact.account().value();
        return '"'
                + account
                + '"'
                + fact.tenant().value()
                + '"'
                + fact.time().truncatedTo(ChronoUnit.SECONDS)
                + '"';
    }

    private static byte[] label(Entry fact) {
        String text =
                "daypass fact\n"
                        + fact.sequence()
                        + '\n'
                        + fact.tenant().value()
                        + '\n'
                        + fact.type();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The fact as it happened, or saying that it was shredded.
    ///
    /// @param sealedKey of its account; `null` once it was destroyed
    public Entry opened(Entry kept, byte @Nullable [] sealedKey) {
        String sealed = kept.sealed();
        if (sealed == null) {
            return kept;
        }
        byte[] key =
                sealedKey == null ? null : openKey(sealedKey, owner(kept.account(), kept.time()));
        byte[] plain =
                key == null ? null : FactSeal.open(key, label(kept), Base64Url.decode(sealed));
        Json.Obj body =
                plain != null
                                && Json.parse(
                                                PersonalText.unpack(plain, known(kept)),
                                                JsonLimits.DOCUMENT)
                                        instanceof Json.Obj personal
                        ? Personal.joined(kept.body(), personal)
                        : Personal.shredded(kept.body());
        return new Entry(
                kept.sequence(), kept.time(), kept.tenant(), kept.account(), kept.type(), body);
    }
}
