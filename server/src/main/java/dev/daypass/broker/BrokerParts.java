package dev.daypass.broker;

import dev.daypass.authority.CertificateAuthority;
import dev.daypass.config.Config;
import dev.daypass.feed.EdgeLink;
import dev.daypass.feed.LocalFeed;
import dev.daypass.identity.TenantId;
import dev.daypass.intent.IntentParser;
import dev.daypass.revocation.LeaseTerms;
import dev.daypass.store.Store;
import dev.daypass.users.Users;
import dev.daypass.vault.Vault;
import java.util.concurrent.Executor;

/// A broker and what belongs to it.
///
/// @param broker opens accounts
/// @param endings ends them
/// @param userEvents ends them because an identity provider said so
/// @param approvals decides on those that wait for a human
/// @param registry agents, services, rules
/// @param records what operators may look at
/// @param shredding makes what is personal unreadable
/// @param janitor ends what is overdue
/// @param held ends what nobody uses any more
/// @param link for an edge in this process
/// @param allotments what edges have of budgets
/// @param fleet edges in other processes
/// @param edges which of those there are
/// @param news lets agents follow their accounts
public record BrokerParts(
        Broker broker,
        Endings endings,
        UserEvents userEvents,
        Approvals approvals,
        Registry registry,
        Records records,
        Shredding shredding,
        Janitor janitor,
        HeldAccounts held,
        EdgeLink link,
        Allotments allotments,
        Fleet fleet,
        EdgeRegistry edges,
        AccountNews news) {
    private static final int LARGE_GRANTS_LOADED_MAX = 100_000;

    /// What a broker is made of.
    ///
    /// @param config the whole configuration
    /// @param store facts and state
    /// @param feed that the store publishes to
    /// @param vault upstream credentials
    /// @param authority issues agents' certificates
    /// @param users what is believed of users
    /// @param lastLife which member this server was
    public record Needs(
            Config config,
            Store store,
            LocalFeed feed,
            Vault vault,
            CertificateAuthority authority,
            Users users,
            LastLife lastLife) {}

    public static BrokerParts assemble(
            Needs needs, Minting minting, IntentParser parser, Executor waiting) {
        Config config = needs.config();
        Directory directory = directory(needs, minting);
        OpeningLine line = line(needs, directory, parser, minting);
        var largeGrants = new LargeGrants(config.account().ttlMax());
        largeGrants.load(needs.store(), TenantId.DEFAULT, LARGE_GRANTS_LOADED_MAX);
        var living = new LivingAccounts(config.admit().livingMax(), config.admit().waitingMax());
        // Heard before the look: an ending in between gives its place back, or finds none.
        needs.feed().subscribe(living::hear);
        living.load(needs.store(), TenantId.DEFAULT);
        needs.vault().refresh(needs.store());
        Presence presence = presence(needs, minting);
        var allotments = new Allotments(needs.store());
        needs.feed().subscribe(allotments::hear);
        var link =
                new LocalEdgeLink(
                        needs.store(),
                        needs.feed(),
                        largeGrants,
                        allotments,
                        minting::now,
                        presence);
        var edges = new EdgeRegistry(needs.store(), needs.authority(), minting);
        var elsewhere = new Elsewhere(needs.store(), directory, needs.vault(), edges, largeGrants);
        needs.feed().subscribeElsewhere(elsewhere::hear);
        needs.feed().subscribeElsewhere(living::hearElsewhere);
        Fleet fleet = fleet(needs, minting, link, presence);
        directory.others(fleet::awaitServers);
        fleet.onTwins(edges::refresh);
        Unbound.warn(needs.store().services());
        var broker =
                new Broker(
                        new Broker.Needs(
                                needs.store(), directory, line, minting, largeGrants, living),
                        config.account().approvalWait(),
                        waiting);
        var endings = new Endings(needs.store(), fleet);
        var shredding = new Shredding(needs.store(), config.ledger().keepPersonal());
        return new BrokerParts(
                broker,
                endings,
                new UserEvents(needs.store(), endings, needs.users()),
                new Approvals(needs.store(), minting, broker.widenings(), waiting),
                new Registry(
                        new Registry.Needs(
                                needs.store(), directory, needs.vault(), needs.authority()),
                        minting,
                        config.edge().allowPrivateUpstreams()),
                new Records(needs.store(), directory),
                shredding,
                janitor(needs, minting, shredding),
                held(needs, minting),
                link,
                allotments,
                fleet,
                edges,
                AccountNews.of(needs.store(), needs.feed()));
    }

    private static HeldAccounts held(Needs needs, Minting minting) {
        var held = new HeldAccounts(needs.store(), minting::nanoTime);
        needs.feed().subscribe(held::hear);
        held.load(TenantId.DEFAULT);
        return held;
    }

    private static Janitor janitor(Needs needs, Minting minting, Shredding shredding) {
        Config.Account account = needs.config().account();
        return new Janitor(
                needs.store(),
                minting::now,
                // An id tells when it was asked for; its deadline may count from the approval.
                account.approvalWait().plus(account.ttlMax()).plus(account.keepEnded()),
                shredding);
    }

    private static Directory directory(Needs needs, Minting minting) {
        Config.Admit admit = needs.config().admit();
        return new Directory(
                needs.store(),
                minting::nanoTime,
                new Directory.Rates(
                        admit.opensPerSecond(), admit.opensBurst(), admit.tenantOpensPerSecond()));
    }

    private static Presence presence(Needs needs, Minting minting) {
        return new Presence(
                needs.store(),
                minting,
                LeaseTerms.of(needs.config().edges().lease()),
                needs.config().roles().contains(Config.Role.EDGE),
                needs.lastLife());
    }

    private static OpeningLine line(
            Needs needs, Directory directory, IntentParser parser, Minting minting) {
        Config config = needs.config();
        return new OpeningLine(
                directory,
                parser,
                minting,
                new OpeningLine.Limits(
                        needs.authority().trustDomain(),
                        config.account().ttlDefault(),
                        config.account().ttlMax(),
                        config.intent().laterWishes(),
                        needs.users().grants()));
    }

    private static Fleet fleet(
            Needs needs, Minting minting, LocalEdgeLink link, Presence presence) {
        Config config = needs.config();
        return Fleet.of(
                needs.store(),
                needs.feed(),
                minting,
                new Fleet.Terms(
                        LeaseTerms.of(config.edges().lease()),
                        config.account().keepEnded(),
                        config.roles().contains(Config.Role.EDGE),
                        link::snapshot,
                        presence));
    }
}
