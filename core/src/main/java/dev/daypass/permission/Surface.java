package dev.daypass.permission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a service offers, as its requests find it. Where `/offers/{id}` and `/offers/search` both
/// fit, the service takes the second (OpenAPI 3.1, section 4.8.8: what is concrete before what is
/// templated), and so it is the second that must be permitted.
public final class Surface {
    /// Of a service that offers nothing.
    public static final Surface EMPTY = of(List.of());

    private final Map<OperationId, Operation> operations;
    private final Map<OperationId, List<Operation>> rivals;

    private Surface(
            Map<OperationId, Operation> operations, Map<OperationId, List<Operation>> rivals) {
        this.operations = Map.copyOf(operations);
        this.rivals = Map.copyOf(rivals);
    }

    public static Surface of(List<Operation> operations) {
        var byId = new HashMap<OperationId, Operation>();
        var alike = new HashMap<Shape, List<Operation>>();
        for (Operation operation : operations) {
            byId.put(operation.id(), operation);
            alike.computeIfAbsent(Shape.of(operation), _ -> new ArrayList<>()).add(operation);
        }
        var rivals = new HashMap<OperationId, List<Operation>>();
        for (Operation operation : operations) {
            List<Operation> found =
                    alike.getOrDefault(Shape.of(operation), List.of()).stream()
                            .filter(other -> rival(operation, other))
                            .toList();
            if (!found.isEmpty()) {
                rivals.put(operation.id(), found);
            }
        }
        return new Surface(byId, rivals);
    }

    /// All that is offered, by name.
    public List<Operation> operations() {
        return operations.values().stream()
                .sorted(Comparator.comparing(operation -> operation.id().toString()))
                .toList();
    }

    /// Only operations of one shape can be taken for one another.
    private record Shape(HttpMethod method, long segments) {
        static Shape of(Operation operation) {
            return new Shape(
                    operation.method(),
                    operation.path().toString().chars().filter(c -> c == '/').count());
        }
    }

    /// Whether a request that fits `operation` may be meant for `other`: where both fit and `other`
    /// is not the vaguer one.
    private static boolean rival(Operation operation, Operation other) {
        return !operation.id().equals(other.id())
                && operation.path().overlaps(other.path())
                && !vaguer(other, operation);
    }

    private static boolean vaguer(Operation it, Operation than) {
        return than.path().atLeastAsSpecificAs(it.path())
                && !it.path().atLeastAsSpecificAs(than.path());
    }

    /// Whether the operation of a permission is offered, under the same method and path.
    boolean offers(Permission permission) {
        Operation operation = operations.get(permission.operation());
        return operation != null
                && operation.method() == permission.method()
                && operation.path().equals(permission.path());
    }

    /// The operations that a request which fits an offered `operation` is meant for: the one that
    /// fits best, perhaps this one itself. Of two that are vague in different places nobody can
    /// tell which one the service takes: then both. Some services take `/Search` for `/search`:
    /// there, too, it is the better fit that is meant.
    ///
    /// @param path in decoded segments
    List<Operation> meant(OperationId operation, List<String> path) {
        List<Operation> others = rivals.getOrDefault(operation, List.of());
        Operation itself = Objects.requireNonNull(operations.get(operation));
        if (others.isEmpty()) {
            return List.of(itself);
        }
        var fitting = new ArrayList<Operation>();
        fitting.add(itself);
        others.stream().filter(o -> o.path().looksLike(path)).forEach(fitting::add);
        return fitting.stream()
                .filter(one -> fitting.stream().noneMatch(other -> vaguer(one, other)))
                .toList();
    }

    /// The traits of an operation; none of one that is not offered.
    public Set<Trait> traits(OperationId operation) {
        Operation found = operations.get(operation);
        return found == null ? Set.of() : found.traits();
    }
}
