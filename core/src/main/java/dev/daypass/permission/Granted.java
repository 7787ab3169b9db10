package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one account was granted: leaves with their reasons, and the grant that they make, worked
/// out once.
public final class Granted {
    private final List<Leaf> leaves;
    private final Grant grant;
    private volatile Json.@Nullable Arr json; // whoever needs it first works it out

    private Granted(List<Leaf> leaves) {
        this.leaves = leaves;
        this.grant = Grant.of(leaves.stream().map(Leaf::permission).toList());
    }

    public static Granted of(List<Leaf> leaves) {
        return new Granted(List.copyOf(leaves));
    }

    /// @param items what [#toJson()] wrote
    /// @throws WireException if one is no leaf
    public static Granted fromJson(List<Json> items) {
        return of(items.stream().map(Leaf::fromJson).toList());
    }

    public List<Leaf> leaves() {
        return leaves;
    }

    public Grant grant() {
        return grant;
    }

    /// The leaves with their reasons.
    public Json.Arr toJson() {
        Json.Arr known = json;
        if (known == null) {
            known = Json.array(leaves.stream().map(Leaf::toJson).toList());
            json = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Granted that && leaves.equals(that.leaves);
    }

    @Override
    public int hashCode() {
        return leaves.hashCode();
    }

    @Override
    public String toString() {
        return leaves.toString();
    }
}
