package dev.daypass.edge;

import dev.daypass.config.LimitSettings;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.ServiceId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many calls may be under way at once: of one account, of one agent, to one service.
/// Thread-safe.
final class Places {
    private final Taken<AccountId> accounts;
    private final Taken<AgentId> agents;
    private final Taken<ServiceId> services;

    Places(LimitSettings limits) {
        this.accounts = new Taken<>(limits.accountCalls());
        this.agents = new Taken<>(limits.agentCalls());
        this.services = new Taken<>(limits.serviceCalls());
    }

    /// Whether there is room for one more call.
    sealed interface Entry {
        /// @param place to be left when the call is over
        record Had(Place place) implements Entry {}

        /// @param of whose places are all taken
        /// @param max how many there are
        record Full(Whose of, int max) implements Entry {}
    }

    /// Whose calls are counted.
    enum Whose {
        ACCOUNT,
        AGENT,
        SERVICE
    }

    /// One call that is under way; left once, however often it is said.
    final class Place {
        private final AccountId account;
        private final AgentId agent;
        private final ServiceId service;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(AccountId account, AgentId agent, ServiceId service) {
            this.account = account;
            this.agent = agent;
            this.service = service;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                accounts.giveBack(account);
                agents.giveBack(agent);
                services.giveBack(service);
            }
        }
    }

    Entry enter(AccountId account, AgentId agent, ServiceId service) {
        if (!accounts.take(account)) {
            return new Entry.Full(Whose.ACCOUNT, accounts.max);
        }
        if (!agents.take(agent)) {
            accounts.giveBack(account);
            return new Entry.Full(Whose.AGENT, agents.max);
        }
        if (!services.take(service)) {
            accounts.giveBack(account);
            agents.giveBack(agent);
            return new Entry.Full(Whose.SERVICE, services.max);
        }
        return new Entry.Had(new Place(account, agent, service));
    }

    /// Whether nothing is under way.
    boolean empty() {
        return accounts.byKey.isEmpty() && agents.byKey.isEmpty() && services.byKey.isEmpty();
    }

    private static final class Taken<K> {
        private final ConcurrentHashMap<K, Integer> byKey = new ConcurrentHashMap<>();
        private final int max;

        Taken(int max) {
            this.max = max;
        }

        boolean take(K key) {
            var had = new boolean[1];
            byKey.compute(
                    key,
                    (_, taken) -> {
                        int before = taken == null ? 0 : taken;
                        had[0] = before < max;
                        return had[0] ? before + 1 : before;
                    });
            return had[0];
        }

        void giveBack(K key) {
            byKey.computeIfPresent(key, (_, taken) -> taken == 1 ? null : taken - 1);
        }
    }
}
