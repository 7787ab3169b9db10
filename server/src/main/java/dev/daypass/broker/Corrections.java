package dev.daypass.broker;

import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.ledger.Fact;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import dev.daypass.store.Change;
import dev.daypass.store.Correction;
import dev.daypass.store.Outcome;
import dev.daypass.store.Store;
import dev.daypass.store.StoredService;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators say that operations do to the world, against what their documents say. It is kept
/// apart from the catalogs, so that a document that is imported anew changes nothing of it, and
/// holds for whatever looks at an operation: ceilings, words, rules on opening and on calls.
public final class Corrections {
    private static final Set<Trait> EFFECTS =
            Collections.unmodifiableSet(EnumSet.of(Trait.READ, Trait.WRITE, Trait.DELETE));
    private static final Set<Trait> DANGEROUS =
            Collections.unmodifiableSet(
                    EnumSet.of(Trait.DELETE, Trait.MONEY, Trait.ADMIN, Trait.SECRET));

    private final Store store;
    private final Directory directory;

    Corrections(Store store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    /// One operation, or what was said of one that is not there any more.
    ///
    /// @param id which
    /// @param operation as its document has it; `null` where it is not there
    /// @param correction what an operator said; `null` for nothing
    public record Judged(
            OperationId id, @Nullable Operation operation, @Nullable Correction correction) {
        /// What it does to the world, as we take it.
        public Set<Trait> traits() {
            if (correction != null) {
                return correction.traits();
            }
            return operation == null ? Set.of() : operation.traits();
        }
    }

    /// How an operator changes the traits of an operation.
    public sealed interface Edit {
        /// @param traits all that it has from now on
        record Set(java.util.Set<Trait> traits) implements Edit {}

        /// @param add those that it gets
        /// @param remove those that it loses
        record Change(java.util.Set<Trait> add, java.util.Set<Trait> remove) implements Edit {}

        /// Back to what the document says.
        record Reset() implements Edit {}
    }

    /// What became of it.
    public sealed interface Corrected {
        /// @param traits what the operation does from now on
        /// @param warnings what its reader should think about again
        record Done(java.util.Set<Trait> traits, List<String> warnings) implements Corrected {}

        /// There is no such service or operation, or nothing to reset.
        ///
        /// @param what in words
        record Missing(String what) implements Corrected {}
    }

    /// Says what an operation does to the world, from now on.
    ///
    /// @param by the operator's name
    /// @throws WireException if the traits make no sense
    public synchronized Corrected correct(TenantId tenant, OperationId id, Edit edit, String by) {
        List<Judged> all = of(tenant, id.service());
        if (all == null) {
            return new Corrected.Missing("no service `%s` is registered".formatted(id.service()));
        }
        Judged judged = all.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
        if (judged == null) {
            return new Corrected.Missing("the service has no operation `%s`".formatted(id.name()));
        }
        Set<Trait> after = after(judged, edit);
        boolean reset = edit instanceof Edit.Reset;
        var fact =
                new Fact.TraitsCorrected(
                        id.service(),
                        id.name(),
                        reset
                                ? null
                                : Json.strings(after.stream().sorted().map(Trait::word).toList()),
                        Endings.operator(by));
        Outcome outcome =
                store.commit(new Change.CorrectTraits(tenant, fact)).toCompletableFuture().join();
        directory.changed();
        return switch (outcome) {
            case Outcome.Applied _ -> new Corrected.Done(after, warnings(judged.traits(), after));
            case Outcome.NotApplied(var why) -> new Corrected.Missing(why);
        };
    }

    private static Set<Trait> after(Judged judged, Edit edit) {
        var out = EnumSet.noneOf(Trait.class);
        switch (edit) {
            case Edit.Set(var traits) -> out.addAll(traits);
            case Edit.Change(var add, var remove) -> {
                out.addAll(judged.traits());
                out.addAll(add);
                out.removeAll(remove);
            }
            case Edit.Reset() -> {
                Operation operation = judged.operation();
                out.addAll(operation == null ? Set.of() : operation.traits());
                return out;
            }
        }
        if (Collections.disjoint(out, EFFECTS)) {
            throw new WireException(
                    "an operation does at least one of: read, write, delete; name one of them");
        }
        return out;
    }

    private static List<String> warnings(Set<Trait> before, Set<Trait> after) {
        return before.stream()
                .filter(trait -> DANGEROUS.contains(trait) && !after.contains(trait))
                .sorted()
                .map(trait ->
                        "`%s` is taken away: ceilings, rules and words do not guard against it any more"
                                .formatted(trait.word()))
                .toList();
    }

    /// What operators of a tenant said, by operation.
    static Map<OperationId, Correction> said(Store store, TenantId tenant) {
        var out = new HashMap<OperationId, Correction>();
        for (Correction correction : store.corrections()) {
            if (correction.tenant().equals(tenant)) {
                out.put(correction.operation(), correction);
            }
        }
        return out;
    }

    /// Operations with what was said of them in place of what their document says.
    static List<Operation> apply(List<Operation> imported, Map<OperationId, Correction> said) {
        if (said.isEmpty()) {
            return imported;
        }
        return imported.stream()
                .map(operation -> {
                    Correction correction = said.get(operation.id());
                    return correction == null ? operation : with(operation, correction.traits());
                })
                .toList();
    }

    private static Operation with(Operation operation, Set<Trait> traits) {
        return new Operation(
                operation.id(),
                operation.method(),
                operation.path(),
                traits,
                operation.parameters(),
                operation.summary(),
                operation.tags());
    }

    /// The operations of a service in the order of its document, then what was said of others;
    /// `null` if there is no such service.
    public @Nullable List<Judged> of(TenantId tenant, ServiceId service) {
        StoredService stored =
                directory.view().services().get(new Directory.Key<>(tenant, service));
        if (stored == null) {
            return null;
        }
        Map<OperationId, Correction> said = new HashMap<>(said(store, tenant));
        said.keySet().removeIf(id -> !id.service().equals(service));
        var out = new ArrayList<Judged>();
        for (Operation operation : Directory.imported(stored)) {
            out.add(new Judged(operation.id(), operation, said.remove(operation.id())));
        }
        said.values().stream()
                .sorted(java.util.Comparator.comparing(Correction::operation))
                .forEach(lost -> out.add(new Judged(lost.operation(), null, lost)));
        return out;
    }
}
