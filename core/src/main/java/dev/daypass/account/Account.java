package dev.daypass.account;

import dev.daypass.budget.Budget;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.Actor;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.KeyThumbprint;
import dev.daypass.identity.TenantId;
import dev.daypass.identity.UserId;
import dev.daypass.permission.Grant;
import dev.daypass.permission.Granted;
import dev.daypass.permission.Leaf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The disposable identity of one task.
///
/// @param id its id
/// @param tenant whose it is
/// @param agent who holds it
/// @param task what it is for, in the agent's words
/// @param granted its grant, each part with the words that justify it
/// @param binding the key that must be shown with its token; `null` for none
/// @param term when it opened and when it ends at the latest
/// @param budget how many calls it may make
/// @param delegation which accounts are above it, and who may open accounts below it
/// @param trust sources whose words may widen it, as they were named when it was opened
/// @param onBehalf the user for whom it acts; `null` where it acts for its agent alone
public record Account(
        AccountId id,
        TenantId tenant,
        AgentId agent,
        String task,
        Granted granted,
        @Nullable KeyThumbprint binding,
        Term term,
        Budget budget,
        Delegation delegation,
        List<String> trust,
        @Nullable OnBehalf onBehalf) {
    public Account {
        trust = List.copyOf(trust);
    }

    /// An account of nobody else, that trusts no source but its agent.
    public Account(
            AccountId id,
            TenantId tenant,
            AgentId agent,
            String task,
            Granted granted,
            @Nullable KeyThumbprint binding,
            Term term,
            Budget budget) {
        this(
                id,
                tenant,
                agent,
                task,
                granted,
                binding,
                term,
                budget,
                Delegation.NONE,
                List.of(),
                null);
    }

    /// @param opened when the account was asked for, or approved
    /// @param deadline when it ends at the latest
    /// @param lease after how long it ends unless somebody says that it is still in use; `null` for
    ///   an account that nobody has to hold
    public record Term(Instant opened, Instant deadline, @Nullable Duration lease) {
        public Term(Instant opened, Instant deadline) {
            this(opened, deadline, null);
        }

        public Term {
            if (!deadline.isAfter(opened)) {
                throw new IllegalArgumentException("deadline must be after opening");
            }
        }

        public Duration length() {
            return Duration.between(opened, deadline);
        }
    }

    public Grant grant() {
        return granted.grant();
    }

    public List<Leaf> leaves() {
        return granted.leaves();
    }

    /// The account that it was delegated from, or `null`.
    public @Nullable AccountId parent() {
        return delegation.parent();
    }

    /// Who acts under it.
    public Actor actor() {
        return new Actor(agent, id);
    }

    /// Whether an agent may open accounts below it.
    public boolean delegatesTo(AgentId other) {
        return agent.equals(other) || delegation.delegates().contains(other);
    }

    /// At the deadline itself the account is over.
    public boolean expired(Instant now) {
        return !now.isBefore(term.deadline());
    }

    /// The user for whom it acts; `null` for none.
    public @Nullable UserId user() {
        return onBehalf == null ? null : onBehalf.user();
    }

    /// The same account, with its time starting when a human approved it.
    public Account from(Instant approved) {
        return during(approved, approved.plus(term.length()));
    }

    /// The same account at another time.
    public Account during(Instant opened, Instant deadline) {
        return new Account(
                id,
                tenant,
                agent,
                task,
                granted,
                binding,
                new Term(opened, deadline, term.lease()),
                budget,
                delegation,
                trust,
                onBehalf);
    }

    /// The same account with another grant.
    public Account with(Granted other) {
        return new Account(
                id, tenant, agent, task, other, binding, term, budget, delegation, trust, onBehalf);
    }
}
