package dev.daypass.permission;

import java.util.List;

/// What one account was granted: leaves with their reasons, and the grant that they make, worked
/// out once.
public final class Granted {
    private final List<Leaf> leaves;
    private final Grant grant;

    private Granted(List<Leaf> leaves) {
        this.leaves = leaves;
        this.grant = Grant.of(leaves.stream().map(Leaf::permission).toList());
    }

    public static Granted of(List<Leaf> leaves) {
        return new Granted(List.copyOf(leaves));
    }

    public List<Leaf> leaves() {
        return leaves;
    }

    public Grant grant() {
        return grant;
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
