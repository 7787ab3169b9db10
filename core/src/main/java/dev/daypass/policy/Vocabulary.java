package dev.daypass.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Optional;

/// The variables that conditions may name, their fields and types.
final class Vocabulary implements CelTypeProvider {
    private static final CelType STRING = SimpleType.STRING;

    private static final StructType AGENT =
            struct("Agent", ImmutableMap.of("name", STRING, "spiffe_id", STRING));
    private static final StructType OPERATION =
            struct(
                    "Operation",
                    ImmutableMap.of(
                            "service", STRING,
                            "operation", STRING,
                            "method", STRING,
                            "path", STRING,
                            "traits", ListType.create(STRING)));
    private static final StructType USER =
            struct("User", ImmutableMap.of("issuer", STRING, "sub", STRING));
    private static final StructType ACCOUNT =
            struct(
                    "Account",
                    ImmutableMap.of(
                            "id",
                            STRING,
                            "task",
                            STRING,
                            "ttl",
                            SimpleType.DURATION,
                            "calls",
                            SimpleType.INT,
                            "uses",
                            SimpleType.INT,
                            "grant",
                            ListType.create(StructTypeReference.create("Operation")),
                            "user",
                            StructTypeReference.create("User")));
    private static final StructType REQUEST =
            struct(
                    "Request",
                    ImmutableMap.of(
                            "ip", STRING,
                            "time", SimpleType.TIMESTAMP,
                            "method", STRING,
                            "path", STRING));

    /// By name, in the order in which errors list them.
    static final ImmutableMap<String, StructType> VARIABLES =
            ImmutableMap.of("agent", AGENT, "account", ACCOUNT, "request", REQUEST);

    private static final ImmutableMap<String, CelType> TYPES =
            ImmutableMap.of(
                    AGENT.name(), AGENT,
                    ACCOUNT.name(), ACCOUNT,
                    REQUEST.name(), REQUEST,
                    USER.name(), USER,
                    OPERATION.name(), OPERATION);

    /// What a field can be called, after a word of the condition: a variable's fields, a user's, or
    /// those of an operation where the word is neither.
    static String fields(String word) {
        return String.join(
                ", ",
                VARIABLES.getOrDefault(word, word.equals("user") ? USER : OPERATION).fieldNames());
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return TYPES.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }
}
