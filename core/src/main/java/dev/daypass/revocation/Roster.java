package dev.daypass.revocation;

import dev.daypass.revocation.Roll.Member;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who is a member, as the facts say, in their order: what one broker knows at one place of the
/// ledger. Thread-safe.
public final class Roster {
    private final Map<Incarnation, Boolean> members = new ConcurrentHashMap<>();

    /// @param members as the store has them in the beginning
    public Roster(Collection<Member> members) {
        members.forEach(member -> this.members.put(member.life(), member.leaving()));
    }

    /// A life joined, and earlier ones of the same edge are over.
    public void joined(Incarnation life) {
        leaving(life.edge());
        members.put(life, false);
    }

    /// A life is not renewed any more.
    public void leaving(Incarnation life) {
        members.computeIfPresent(life, (_, _) -> true);
    }

    /// No life of an edge is renewed any more.
    public void leaving(String edge) {
        members.replaceAll((life, leaving) -> leaving || life.edge().equals(edge));
    }

    /// A life is no member any more.
    public void left(Incarnation life) {
        members.remove(life);
    }

    /// Whether a life is a member, perhaps one that is leaving.
    public boolean has(Incarnation life) {
        return members.containsKey(life);
    }

    /// Whether a life is a member whose lease is renewed.
    public boolean renews(Incarnation life) {
        return Boolean.FALSE.equals(members.get(life));
    }

    public List<Incarnation> lives() {
        return List.copyOf(members.keySet());
    }

    public List<Member> members() {
        return members.entrySet().stream()
                .map(member -> new Member(member.getKey(), member.getValue()))
                .toList();
    }
}
