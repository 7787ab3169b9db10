package dev.daypass.store;

import dev.daypass.account.AccountState;
import dev.daypass.account.EndReason;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.ledger.ToolFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One durable change: a fact and the state that it changes, committed together or not at all.
/// Whether it applies is decided inside the transaction, one change after the other, so two that
/// race have one winner.
public sealed interface Change {
    TenantId tenant();

    /// Registers an agent, or gives a registered one a new enrolment token.
    ///
    /// @param agent the agent
    /// @param enrolmentHash SHA-256 of its enrolment token
    /// @param enrolmentUntil when that token ends
    /// @param fact what is recorded
    record AddAgent(
            StoredAgent agent, Sealed enrolmentHash, Instant enrolmentUntil, Fact.AgentAdded fact)
            implements Change {
        @Override
        public TenantId tenant() {
            return agent.tenant();
        }
    }

    /// Uses an enrolment token up. Applies once, and only before the token ends.
    ///
    /// @param tenant the agent's tenant
    /// @param enrolmentHash SHA-256 of the token that was shown
    /// @param now the time to judge it by
    /// @param jwk the agent's public key
    /// @param fact what is recorded
    record Enrol(
            TenantId tenant, Sealed enrolmentHash, Instant now, String jwk, Fact.AgentEnrolled fact)
            implements Change {}

    /// Replaces an agent's certificate. Applies only if `oldThumbprint` is still the newest.
    ///
    /// @param tenant the agent's tenant
    /// @param oldThumbprint of the certificate that was shown
    /// @param jwk the agent's public key
    /// @param fact what is recorded
    record Renew(TenantId tenant, String oldThumbprint, String jwk, Fact.AgentEnrolled fact)
            implements Change {}

    /// Takes an agent away.
    ///
    /// @param tenant the agent's tenant
    /// @param agent the agent
    record RemoveAgent(TenantId tenant, AgentId agent) implements Change {}

    /// Registers a service, or registers it anew.
    ///
    /// @param service the service
    /// @param fact what is recorded
    record PutService(StoredService service, Fact.ServiceAdded fact) implements Change {
        @Override
        public TenantId tenant() {
            return service.tenant();
        }
    }

    /// Replaces a service's credential by what the service itself gave for it. Applies only if
    /// `before` is still the service's.
    ///
    /// @param tenant the service's tenant
    /// @param service the service
    /// @param before the credential that was used
    /// @param after the one to use from now on
    record RenewCredential(TenantId tenant, ServiceId service, Sealed before, Sealed after)
            implements Change {}

    /// Takes a service away.
    ///
    /// @param tenant the service's tenant
    /// @param service the service
    record RemoveService(TenantId tenant, ServiceId service) implements Change {}

    /// Puts rules in force.
    ///
    /// @param tenant whose rules
    /// @param fact what is recorded, with the rule file
    record PutRules(TenantId tenant, Fact.RulesChanged fact) implements Change {}

    /// Creates an account. Applies only while its agent is registered and its parent, if it has
    /// one, is active; an active child ends no later than its parent, and lies at most 15 below an
    /// account without one.
    ///
    /// @param account the account's row; its details are the fact
    /// @param fact [Fact.AccountOpened] or [Fact.ApprovalAsked]
    /// @param status where its token is looked up; `null` where it is not
    /// @param lease after how long it ends unless it is renewed; `null` for never
    record Open(
            StoredAccount account,
            Fact fact,
            @Nullable StatusEntry status,
            @Nullable Duration lease)
            implements Change {
        public Open(StoredAccount account, Fact fact) {
            this(account, fact, null, null);
        }

        @Override
        public TenantId tenant() {
            return account.tenant();
        }
    }

    /// Makes a waiting account active. Applies only while it waits, before its deadline, and if its
    /// parent is active and ends no sooner.
    ///
    /// @param tenant whose it is
    /// @param account the account
    /// @param opened when its time starts
    /// @param deadline when it ends at the latest
    /// @param fact what is recorded, and the account's details from now on
    record Approve(
            TenantId tenant,
            AccountId account,
            Instant opened,
            Instant deadline,
            Fact.AccountOpened fact)
            implements Change {}

    /// Records what became of a try to widen an account. Applies only while the account is active
    /// and before its deadline, and only as its next try while none waits for a human; or, where it
    /// decides, while that try waits for one.
    ///
    /// @param tenant whose it is
    /// @param account the account
    /// @param number of the try, from 1
    /// @param decides whether a human decided on a try that waited
    /// @param fact [Fact.AccountWidened], the account's details from now on; [Fact.WideningAsked]
    ///   or [Fact.WideningRefused]
    record Widen(TenantId tenant, AccountId account, int number, boolean decides, Fact fact)
            implements Change {}

    /// Says what an operation of a registered service does to the world, or takes that back.
    ///
    /// @param tenant the service's tenant
    /// @param fact what is recorded
    record CorrectTraits(TenantId tenant, Fact.TraitsCorrected fact) implements Change {}

    /// Accepts what an MCP server says of a tool now. Applies only if the tool waits for that, and
    /// the service's catalog is still `before`.
    ///
    /// @param tenant the service's tenant
    /// @param before the catalog that was looked at
    /// @param after the catalog from now on
    /// @param fact what is recorded
    record AcceptTool(TenantId tenant, String before, String after, ToolFact.ToolAccepted fact)
            implements Change {}

    /// Ends an account and everything delegated from it. Applies once; a descendant gets its own
    /// fact.
    ///
    /// @param tenant whose it is
    /// @param account the account
    /// @param only what must hold of it besides
    /// @param reason why
    /// @param by who: agent, daypass, or `operator:` and the operator's name
    record End(TenantId tenant, AccountId account, Only only, EndReason reason, String by)
            implements Change {
        /// @param of the agent that must hold it, or `null` for any
        /// @param in the state that it must be in, or `null` for any but ended
        /// @param spent whether it must have no calls left
        public record Only(@Nullable AgentId of, @Nullable AccountState in, boolean spent) {
            public static final Only ANY = new Only(null, null, false);

            public static Only of(@Nullable AgentId agent) {
                return new Only(agent, null, false);
            }

            public static Only in(AccountState state) {
                return new Only(null, state, false);
            }
        }
    }

    /// Sets calls of a budget aside, from the account and from every account above it; a negative
    /// number gives calls back, at most those that were had. The outcome's amount says how many
    /// were had, which may be fewer, or none. Applies only while the account is active.
    ///
    /// @param tenant whose it is
    /// @param account the account
    /// @param calls how many
    record Reserve(TenantId tenant, AccountId account, long calls) implements Change {}

    /// A change that concerns edges in other processes.
    ///
    /// @param change which
    record OfEdge(EdgeChange change) implements Change {
        @Override
        public TenantId tenant() {
            return TenantId.DEFAULT;
        }
    }

    /// A change that concerns who is neither agent nor edge.
    ///
    /// @param change which
    record OfOutward(OutwardChange change) implements Change {
        @Override
        public TenantId tenant() {
            return TenantId.DEFAULT;
        }
    }

    /// Ends every living account that is meant, and everything delegated from each, in one durable
    /// change. The outcome's amount says how many ended; it does not apply where none did.
    ///
    /// @param tenant whose they are
    /// @param whose which of them
    /// @param by `operator:` and the operator's name, or `issuer:` and who told of a user
    record EndAll(TenantId tenant, Whose whose, String by) implements Change {
        /// Those that meet every one of these.
        ///
        /// @param agent of this agent, or `null` for any
        /// @param ids among these; `null` for any
        public record Whose(@Nullable AgentId agent, @Nullable List<AccountId> ids) {
            public Whose {
                ids = ids == null ? null : List.copyOf(ids);
            }
        }
    }

    /// Destroys the keys of ended accounts. Applies to those that have one.
    ///
    /// @param tenant whose they are
    /// @param fact which, and why
    record Shred(TenantId tenant, Fact.Shredded fact) implements Change {}

    /// Records a fact that changes no state but usage.
    ///
    /// @param tenant whose it is
    /// @param account the account it is about, or `null`
    /// @param agent the agent, for usage
    /// @param fact the fact
    record Note(TenantId tenant, @Nullable AccountId account, AgentId agent, Fact fact)
            implements Change {}
}
