package dev.daypass.broker;

import dev.daypass.identity.TenantId;
import dev.daypass.ledger.HashChain;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredFact;
import dev.daypass.store.UsageRow;
import dev.daypass.wire.Base64Url;
import java.util.List;

/// What operators may look at: accounts, usage, the ledger. Changes nothing.
public final class Records {
    /// The most facts that are read at once.
    public static final int PAGE = 1_000;

    private final Store store;

    Records(Store store) {
        this.store = store;
    }

    /// The newest accounts first.
    ///
    /// @param limit 1 to 1,000
    public List<StoredAccount> accounts(AccountFilter filter, int limit) {
        return store.accounts(filter, limit);
    }

    public List<UsageRow> usage(TenantId tenant) {
        return store.usage(tenant);
    }

    /// @param from first sequence number
    /// @param limit 1 to [#PAGE]
    public List<StoredFact> facts(long from, int limit) {
        return store.facts(from, limit);
    }

    /// What came of reading the whole ledger.
    ///
    /// @param objection the first thing that is wrong; empty for nothing
    /// @param facts how many were read
    /// @param head the last link, base64url
    public record Verification(String objection, long facts, String head) {}

    /// Reads the whole ledger and checks every link.
    public Verification verify() {
        var check = new HashChain.Check();
        String objection = "";
        List<StoredFact> page = store.facts(1, PAGE);
        while (!page.isEmpty() && objection.isEmpty()) {
            objection = objection(page, check);
            page = store.facts(page.getLast().entry().sequence() + 1, PAGE);
        }
        return new Verification(objection, check.facts(), Base64Url.encode(check.head()));
    }

    private static String objection(List<StoredFact> page, HashChain.Check check) {
        for (StoredFact fact : page) {
            String objection = check.objection(fact.entry(), Base64Url.decode(fact.link()));
            if (!objection.isEmpty()) {
                return objection;
            }
        }
        return "";
    }
}
