package dev.daypass.permission;

import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.wire.Json;
import dev.daypass.wire.WireException;
import dev.daypass.wire.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The most that an agent may ever be granted. What no entry allows, or any entry denies, is
/// outside.
///
/// @param allow what may be granted
/// @param deny what may not, whatever `allow` says
/// @param ttlMax the longest an account may live
/// @param callsMax the most calls one account may make
public record Ceiling(List<Entry> allow, List<Entry> deny, Duration ttlMax, long callsMax) {
    public static final Duration TTL_MAX = Duration.ofDays(1);
    public static final Duration TTL_MIN = Duration.ofSeconds(1);
    public static final long CALLS_MAX = 1_000_000;

    /// For an agent without a ceiling file: operations that only read, and nothing personal, secret
    /// or about money.
    public static final Ceiling READ_ONLY =
            new Ceiling(
                    List.of(new Entry("*", List.of("*"), EnumSet.of(Trait.READ), Map.of())),
                    List.of(),
                    TTL_MAX,
                    CALLS_MAX);

    public Ceiling {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /// One line of a ceiling.
    ///
    /// @param service a service's name, or `*`
    /// @param operations names with `*` for any run of characters
    /// @param traits an allowed operation has no trait but these; a denied one has at least one of
    ///   them
    /// @param constraints bounds that a grant of the operation always carries
    /// @param answer how much of an answer goes out, always
    public record Entry(
            String service,
            List<String> operations,
            Set<Trait> traits,
            Map<String, Constraint> constraints,
            AnswerLimits answer) {
        public Entry {
            operations = List.copyOf(operations);
            traits = Set.copyOf(traits);
            constraints = Map.copyOf(constraints);
        }

        /// An entry that lets answers out as they are.
        public Entry(
                String service,
                List<String> operations,
                Set<Trait> traits,
                Map<String, Constraint> constraints) {
            this(service, operations, traits, constraints, AnswerLimits.NONE);
        }

        /// The most that it allows of an operation.
        public Permission most(Operation operation) {
            return Permission.of(operation, constraints).answering(answer);
        }

        private boolean names(OperationId id) {
            return (service.equals("*") || service.equals(id.service().value()))
                    && operations.stream().anyMatch(glob -> Globs.match(glob, id.name()));
        }
    }

    /// The entry under which an operation may be granted; empty if it may not. An operation of
    /// which no trait is known may not.
    public Optional<Entry> admit(Operation operation) {
        return admit(operation.id(), operation.traits());
    }

    /// The same for an operation with these traits.
    Optional<Entry> admit(OperationId id, Set<Trait> has) {
        boolean denied =
                has.isEmpty()
                        || deny.stream()
                                .anyMatch(e ->
                                        e.names(id) && has.stream().anyMatch(e.traits()::contains));
        return denied
                ? Optional.empty()
                : allow.stream()
                        .filter(e -> e.names(id) && e.traits().containsAll(has))
                        .findFirst();
    }

    /// The most calls one account may make; `null` where nothing is said of calls, so that not each
    /// account must count.
    public @Nullable Long callsLimit() {
        return callsMax < CALLS_MAX ? callsMax : null;
    }

    /// @param source how errors name the file
    /// @throws WireException with line and column of what is wrong
    public static Ceiling parse(String source, String text) {
        Yaml file =
                Yaml.parse(source, text)
                        .orElseThrow(
                                () -> new WireException(source + ": is empty; expected `allow:`"));
        Yaml denials = file.get("deny");
        Yaml ttl = file.get("ttl_max");
        Yaml calls = file.get("calls_max");
        Ceiling ceiling =
                new Ceiling(
                        entries(file.require("allow"), EnumSet.of(Trait.READ)),
                        denials == null ? List.of() : entries(denials, EnumSet.allOf(Trait.class)),
                        ttl == null ? TTL_MAX : ttl.duration(),
                        calls == null ? CALLS_MAX : calls.wholeNumber(1, CALLS_MAX));
        file.end();
        if (ttl != null
                && (ceiling.ttlMax.compareTo(TTL_MAX) > 0
                        || ceiling.ttlMax.compareTo(TTL_MIN) < 0)) {
            throw ttl.error("must be from 1s to 1d");
        }
        return ceiling;
    }

    private static List<Entry> entries(Yaml list, Set<Trait> defaultTraits) {
        var out = new ArrayList<Entry>();
        for (Yaml item : list.items()) {
            Yaml operations = item.get("operations");
            Yaml traits = item.get("traits");
            Yaml constraints = item.get("constraints");
            Yaml answer = item.get("answer");
            out.add(
                    new Entry(
                            service(item.require("service")),
                            operations == null ? List.of("*") : operations(operations),
                            traits == null ? defaultTraits : traits(traits),
                            constraints == null ? Map.of() : ConstraintYaml.read(constraints),
                            answer == null ? AnswerLimits.NONE : AnswerLimits.parse(answer)));
            item.end();
        }
        return out;
    }

    // A misspelt name would match nothing, and a denial of nothing denies nothing.
    private static String service(Yaml name) {
        try {
            return name.string().equals("*") ? "*" : new ServiceId(name.string()).value();
        } catch (InvalidName e) {
            throw name.error("is neither * nor a service: " + e.getMessage());
        }
    }

    private static List<String> operations(Yaml list) {
        List<String> globs = list.strings();
        if (globs.isEmpty()) {
            throw list.error("is empty; expected names, with * for any run of characters");
        }
        return globs;
    }

    private static Set<Trait> traits(Yaml list) {
        var out = EnumSet.noneOf(Trait.class);
        if (list.items().isEmpty()) {
            throw list.error("is empty; expected traits, or * for every trait");
        }
        for (Yaml item : list.items()) {
            if (item.string().equals("*")) {
                return EnumSet.allOf(Trait.class);
            }
            try {
                out.add(Trait.of(item.string()));
            } catch (IllegalArgumentException e) {
                throw item.error(String.valueOf(e.getMessage()));
            }
        }
        return out;
    }

    /// This ceiling as JSON, for the agent's record and for people to read.
    public Json.Obj toJson() {
        return Json.object()
                .put("allow", Json.array(allow.stream().map(Ceiling::entry).toList()))
                .put("deny", Json.array(deny.stream().map(Ceiling::entry).toList()))
                .put("ttl_max", dev.daypass.wire.Durations.text(ttlMax))
                .put("calls_max", callsMax)
                .build();
    }

    private static Json entry(Entry entry) {
        var bounds = new TreeMap<String, Json>();
        entry.constraints().forEach((slot, bound) -> bounds.put(slot, bound.toJson()));
        return Json.object()
                .put("service", entry.service())
                .put("operations", Json.strings(entry.operations()))
                .put(
                        "traits",
                        Json.strings(entry.traits().stream().sorted().map(Trait::word).toList()))
                .put("constraints", bounds.isEmpty() ? null : Json.obj(bounds))
                .put("answer", entry.answer().isNone() ? null : entry.answer().toJson())
                .build();
    }
}
