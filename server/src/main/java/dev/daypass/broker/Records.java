package dev.daypass.broker;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.LedgerCheck;
import dev.daypass.ledger.Tree;
import dev.daypass.permission.Grant;
import dev.daypass.permission.GrantTools;
import dev.daypass.store.AccountFilter;
import dev.daypass.store.Store;
import dev.daypass.store.StoredAccount;
import dev.daypass.store.StoredFact;
import dev.daypass.store.StoredService;
import dev.daypass.store.UsageRow;
import dev.daypass.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What may be looked at: accounts, usage, the ledger. Changes nothing.
public final class Records {
    /// The most facts that are read at once.
    public static final int PAGE = 1_000;

    private final Store store;
    private final Directory directory;

    Records(Store store, Directory directory) {
        this.store = store;
        this.directory = directory;
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

    /// Base URLs of services, by name; without those that are no place on a network.
    public Json.Obj origins(TenantId tenant, Set<ServiceId> services) {
        var out = new TreeMap<String, Json>();
        for (StoredService service : store.services()) {
            if (service.tenant().equals(tenant)
                    && services.contains(service.id())
                    && service.upstream().startsWith("http")) {
                out.put(service.id().value(), Json.of(service.upstream()));
            }
        }
        return Json.obj(out);
    }

    /// A grant as tools.
    public GrantTools tools(TenantId tenant, Grant grant) {
        return GrantTools.of(grant, directory.view().tenant(tenant).catalog().operations());
    }

    /// @param from first sequence number
    /// @param limit 1 to [#PAGE]
    public List<StoredFact> facts(long from, int limit) {
        return store.facts(from, limit);
    }

    /// What the ledger says of one account; empty where it does not know it.
    public Optional<Json.Obj> report(TenantId tenant, AccountId account) {
        return new AccountReport(store).of(tenant, account);
    }

    /// What came of reading the whole ledger.
    ///
    /// @param objection the first thing that is wrong; empty for nothing
    /// @param tree over the facts that were read
    public record Verification(String objection, Tree tree) {}

    /// Reads the whole ledger, makes its tree anew, and compares.
    public Verification verify() {
        Tree known = store.ledger().tree();
        var check = new LedgerCheck();
        check.expect(known, "the database");
        String objection = "";
        List<StoredFact> page = store.facts(1, PAGE);
        while (!page.isEmpty() && objection.isEmpty()) {
            objection = objection(page, check, known.size());
            long next = page.getLast().entry().sequence() + 1;
            page = next > known.size() ? List.of() : store.facts(next, PAGE);
        }
        Tree read = new Tree(check.frontier().size(), check.frontier().root());
        return new Verification(objection.isEmpty() ? check.missing() : objection, read);
    }

    private static String objection(List<StoredFact> page, LedgerCheck check, long last) {
        for (StoredFact fact : page) {
            if (fact.kept().sequence() > last) {
                break; // recorded since
            }
            String objection = check.objection(fact.kept(), fact.leaf());
            if (!objection.isEmpty()) {
                return objection;
            }
        }
        return "";
    }
}
