package dev.daypass.policy;

import dev.cel.common.values.SelectableValue;
import dev.cel.runtime.CelVariableResolver;
import dev.daypass.identity.UserId;
import dev.daypass.permission.Trait;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The facts of one decision as values of CEL. Lists are built when a condition first asks for
/// them. For one thread.
final class FactValues implements CelVariableResolver {
    /// What `account.calls` and `account.uses` are where there is no bound: large enough to be over
    /// any limit, small enough for arithmetic.
    static final long UNBOUNDED = 1_000_000_000_000_000L;

    private static final EnumMap<Trait, String> WORDS = new EnumMap<>(Trait.class);

    static {
        for (Trait trait : Trait.values()) {
            WORDS.put(trait, trait.word());
        }
    }

    private final Optional<Object> agent;
    private final Optional<Object> account;
    private final Optional<Object> request;

    FactValues(PolicyInput input) {
        agent = Optional.of(new Agent(input.agent()));
        account = Optional.of(new Account(input.account()));
        request = Optional.of(new Request(input.request()));
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "agent" -> agent;
            case "account" -> account;
            case "request" -> request;
            default -> Optional.empty();
        };
    }

    /// Fields by name. All of them are always there.
    private interface Fields extends SelectableValue<String> {
        @Override
        default Optional<Object> find(String field) {
            return Optional.of(select(field));
        }
    }

    private record Agent(AgentFacts facts) implements Fields {
        @Override
        public Object select(String field) {
            return switch (field) {
                case "name" -> facts.name();
                case "spiffe_id" -> facts.spiffeId();
                default -> throw unknown(field);
            };
        }
    }

    private record Request(RequestFacts facts) implements Fields {
        @Override
        public Object select(String field) {
            return switch (field) {
                case "ip" -> facts.ip();
                case "time" -> facts.time();
                case "method" -> facts.method();
                case "path" -> facts.path();
                default -> throw unknown(field);
            };
        }
    }

    private static final class Account implements Fields {
        private final AccountFacts facts;
        private @Nullable List<Operation> grant;

        Account(AccountFacts facts) {
            this.facts = facts;
        }

        @Override
        public Object select(String field) {
            return switch (field) {
                case "id" -> facts.id();
                case "task" -> facts.task();
                case "ttl" -> facts.ttl();
                case "calls" -> bound(facts.calls());
                case "uses" -> bound(facts.uses());
                case "grant" -> grant();
                case "user" -> new User(facts.user());
                default -> throw unknown(field);
            };
        }

        private List<Operation> grant() {
            List<Operation> built = grant;
            if (built == null) {
                built = new ArrayList<>(facts.grant().size());
                for (GrantLeaf leaf : facts.grant()) {
                    built.add(new Operation(leaf));
                }
                grant = built;
            }
            return built;
        }

        private static Long bound(@Nullable Long value) {
            return value == null ? UNBOUNDED : value;
        }
    }

    /// Both fields are empty where the account acts for no user.
    private record User(@Nullable UserId id) implements Fields {
        @Override
        public Object select(String field) {
            return switch (field) {
                case "issuer" -> id == null ? "" : id.issuer();
                case "sub" -> id == null ? "" : id.subject();
                default -> throw unknown(field);
            };
        }
    }

    private record Operation(GrantLeaf leaf) implements Fields {
        @Override
        public Object select(String field) {
            return switch (field) {
                case "service" -> leaf.service();
                case "operation" -> leaf.operation();
                case "method" -> leaf.method();
                case "path" -> leaf.path();
                case "traits" -> words(leaf.traits());
                default -> throw unknown(field);
            };
        }
    }

    // In the order of the enum: a set's own order differs from run to run.
    private static List<String> words(Set<Trait> traits) {
        var out = new ArrayList<String>(traits.size());
        for (var word : WORDS.entrySet()) {
            if (traits.contains(word.getKey())) {
                out.add(word.getValue());
            }
        }
        return out;
    }

    private static IllegalArgumentException unknown(String field) {
        return new IllegalArgumentException("unknown field `%s`".formatted(field));
    }
}
