package dev.daypass.broker;

import dev.daypass.ledger.Fact;
import dev.daypass.ledger.Recorded;
import dev.daypass.store.Store;
import dev.daypass.vault.Vault;
import java.util.Set;

/// Takes into memory what other servers of the same database have changed, before anybody who
/// follows the feed here hears of it. On the writer's thread.
final class Elsewhere {
    private static final Set<String> OF_DIRECTORY =
            Set.of(
                    "AgentAdded",
                    "AgentEnrolled",
                    "AgentRemoved",
                    "ServiceAdded",
                    "ServiceRemoved",
                    "TraitsCorrected",
                    "ToolAccepted",
                    "RulesChanged");
    private static final Set<String> OF_VAULT =
            Set.of("ServiceAdded", "ServiceRemoved", "CredentialRenewed");

    private final Store store;
    private final Directory directory;
    private final Vault vault;
    private final EdgeRegistry edges;
    private final LargeGrants largeGrants;

    Elsewhere(
            Store store,
            Directory directory,
            Vault vault,
            EdgeRegistry edges,
            LargeGrants largeGrants) {
        this.store = store;
        this.directory = directory;
        this.vault = vault;
        this.edges = edges;
        this.largeGrants = largeGrants;
    }

    void hear(Recorded recorded) {
        String type = recorded.fact().type();
        if (OF_DIRECTORY.contains(type)) {
            directory.refresh();
        }
        if (OF_VAULT.contains(type)) {
            vault.refresh(store);
        }
        switch (recorded.fact()) {
            case Fact.EdgeChanged _ -> edges.refresh();
            case Fact.AccountOpened opened -> largeGrants.heard(opened.account());
            case Fact.AccountWidened widened -> largeGrants.heard(widened.account());
            default -> {}
        }
    }
}
