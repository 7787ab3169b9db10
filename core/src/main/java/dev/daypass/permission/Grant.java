package dev.daypass.permission;

import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Base64Url;
import dev.daypass.wire.CanonicalJson;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The part of the permission tree that one account may use. In normal form: one permission per
/// operation, sorted, none that can permit nothing.
public final class Grant {
    public static final int PERMISSIONS_MAX = 200;

    private final List<Permission> permissions;

    // All follow from the permissions; whoever needs them first works them out.
    private volatile Json.@Nullable Arr json;
    private volatile @Nullable String canonical;
    private volatile @Nullable String resourceHash;

    private Grant(List<Permission> permissions) {
        this.permissions = permissions;
    }

    /// Two permissions for the same operation become what both permit, and nothing if they differ
    /// in method or path: a grant never widens by repetition.
    public static Grant of(Iterable<Permission> permissions) {
        SortedMap<OperationId, List<Permission>> byOperation = new TreeMap<>();
        permissions.forEach(
                p -> byOperation.computeIfAbsent(p.operation(), _ -> new ArrayList<>()).add(p));
        return new Grant(
                byOperation.values().stream()
                        .filter(same -> same.stream().allMatch(same.getFirst()::sameLeaf))
                        .map(same -> same.stream().reduce(Permission::and).orElseThrow())
                        .filter(Grant::permitsSomething)
                        .toList());
    }

    private static boolean permitsSomething(Permission permission) {
        return permission.constraints().values().stream().noneMatch(Constraint.nothing()::equals);
    }

    public List<Permission> permissions() {
        return permissions;
    }

    public boolean isEmpty() {
        return permissions.isEmpty();
    }

    public SortedSet<ServiceId> services() {
        var out = new TreeSet<ServiceId>();
        permissions.forEach(p -> out.add(p.operation().service()));
        return out;
    }

    /// Whether everything this permits is permitted by `outer`.
    public boolean within(Grant outer) {
        return permissions.stream()
                .allMatch(mine -> outer.permissions.stream().anyMatch(mine::within));
    }

    /// What both permit.
    public Grant intersect(Grant other) {
        var both = new ArrayList<Permission>();
        for (Permission mine : permissions) {
            for (Permission theirs : other.permissions) {
                if (mine.sameLeaf(theirs)) {
                    both.add(mine.and(theirs));
                }
            }
        }
        return of(both);
    }

    /// What changes where `after` takes the place of this.
    public Difference diff(Grant after) {
        return Difference.between(this, after);
    }

    /// Whether one permission of this grant covers the request, and if none does, why. Where only
    /// one that bounds the body could, and the body is unread, that one.
    public Coverage covers(ServiceId service, CanonicalRequest request, RequestBody body) {
        Coverage nearest = null;
        for (Permission permission : permissions) {
            if (permission.operation().service().equals(service)
                    && permission.method() == request.method()) {
                switch (Coverage.of(permission, request, body)) {
                    case Coverage.Covered covered -> {
                        return covered;
                    }
                    case Coverage.OtherPath _ -> {}
                    case Coverage.NeedsBody needs -> nearest = needs;
                    case Coverage.NotCovered why ->
                            nearest = nearest instanceof Coverage.NeedsBody ? nearest : why;
                }
            }
        }
        return nearest == null ? notAmong(request) : nearest;
    }

    private Coverage notAmong(CanonicalRequest request) {
        return new Coverage.NotCovered(
                "%s %s is not among the %s"
                        .formatted(request.method(), request.path(), counted(permissions.size())));
    }

    /// Whether this grant covers the request as the service will take it: the operation that fits
    /// best must be granted, and where several fit equally well, all of them.
    ///
    /// @param surface what the service offers
    /// @param body where it is unread and one of them bounds it, it must be read first
    public Coverage covers(
            ServiceId service, CanonicalRequest request, Surface surface, RequestBody body) {
        Coverage found = covers(service, request, body);
        return found instanceof Coverage.Fits fits ? meant(fits, request, surface, body) : found;
    }

    private Coverage meant(
            Coverage.Fits fits, CanonicalRequest request, Surface surface, RequestBody body) {
        Permission by = fits.by();
        if (!surface.offers(by)) {
            return new Coverage.NotCovered(
                    "the service does not offer `%s` any more, which is among the %s"
                            .formatted(by.operation().name(), counted(permissions.size())));
        }
        Coverage.Fits last = fits;
        Coverage.NeedsBody unread = null;
        for (Operation meant : surface.meant(by.operation(), request.segments())) {
            Coverage one = meant.id().equals(by.operation()) ? fits : as(meant, request, body);
            if (!(one instanceof Coverage.Fits next)) {
                return one;
            }
            last = next;
            unread = next instanceof Coverage.NeedsBody needs ? needs : unread;
        }
        return unread == null ? last : unread;
    }

    private Coverage as(Operation meant, CanonicalRequest request, RequestBody body) {
        for (Permission permission : permissions) {
            if (permission.operation().equals(meant.id())
                    && permission.method() == meant.method()
                    && permission.path().equals(meant.path())) {
                return Coverage.of(permission, request, body);
            }
        }
        return new Coverage.NotCovered(
                "%s %s is `%s`, which is not among the %s"
                        .formatted(
                                request.method(),
                                request.path(),
                                meant.id().name(),
                                counted(permissions.size())));
    }

    private static String counted(int operations) {
        return operations == 1 ? "1 operation" : operations + " operations";
    }

    /// SHA-256 over the canonical JSON of the grant (RFC 8785), base64url: the claim `rsh`.
    public String resourceHash() {
        String known = resourceHash;
        if (known == null) {
            known = Base64Url.encode(sha256(canonical().getBytes(StandardCharsets.UTF_8)));
            resourceHash = known;
        }
        return known;
    }

    /// The canonical JSON of the grant (RFC 8785).
    public String canonical() {
        String known = canonical;
        if (known == null) {
            known = CanonicalJson.text(toJson());
            canonical = known;
        }
        return known;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Json.Arr toJson() {
        Json.Arr known = json;
        if (known == null) {
            known = Json.array(permissions.stream().map(Permission::toJson).toList());
            json = known;
        }
        return known;
    }

    /// @throws WireException if it is not a grant in the normal form that [#toJson()] writes
    public static Grant fromJson(Json json) {
        if (!(json instanceof Json.Arr(var items)) || items.size() > PERMISSIONS_MAX) {
            throw new WireException(
                    "a grant is an array of at most %d permissions".formatted(PERMISSIONS_MAX));
        }
        List<Permission> permissions = items.stream().map(Permission::fromJson).toList();
        Grant grant = of(permissions);
        if (!grant.toJson().equals(json)) {
            throw new WireException("a grant must be in normal form: sorted, without repetition");
        }
        return grant;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grant that && permissions.equals(that.permissions);
    }

    @Override
    public int hashCode() {
        return permissions.hashCode();
    }

    @Override
    public String toString() {
        return toJson().text();
    }
}
