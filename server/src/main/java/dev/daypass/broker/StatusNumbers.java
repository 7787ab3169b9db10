package dev.daypass.broker;

import dev.daypass.identity.AccountId;
import dev.daypass.store.StatusEntry;
import dev.daypass.token.StatusReference;
import dev.daypass.wire.Base64Url;
import java.security.SecureRandom;
import java.util.BitSet;

/// Draws entries of status lists at random, so that neither an entry nor its neighbours tell how
/// many accounts there are (Token Status List, section 12.2). Every process has lists of its own,
/// with names that tell nothing, and so no two processes draw the same. Thread-safe.
final class StatusNumbers {
    /// Entries of every list, used or not.
    static final int ENTRIES = 1 << 17;

    /// So many of them are drawn; then there is another list.
    private static final int DRAWN_MAX = ENTRIES / 2;

    private static final int NAME_BYTES = 16;
    private static final String PATH = "/oauth2/status/";

    private final SecureRandom random;
    private final int drawnMax;
    private String list;
    private final BitSet drawn = new BitSet(ENTRIES);

    StatusNumbers(SecureRandom random) {
        this(random, DRAWN_MAX);
    }

    StatusNumbers(SecureRandom random, int drawnMax) {
        this.random = random;
        this.drawnMax = drawnMax;
        this.list = name();
    }

    private String name() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    synchronized StatusEntry draw(AccountId account) {
        if (drawn.cardinality() >= drawnMax) {
            drawn.clear();
            list = name();
        }
        int number = random.nextInt(ENTRIES);
        while (drawn.get(number)) {
            number = random.nextInt(ENTRIES);
        }
        drawn.set(number);
        return new StatusEntry(account, list, number);
    }

    static String uri(String issuer, String list) {
        return issuer + PATH + list;
    }

    static StatusReference reference(String issuer, StatusEntry entry) {
        return new StatusReference(uri(issuer, entry.list()), entry.number());
    }
}
