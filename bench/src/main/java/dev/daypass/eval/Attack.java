package dev.daypass.eval;

import dev.daypass.permission.OperationId;
import dev.daypass.wire.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An attempt to add something to an honest task: one entry of a file of schema `intent-attacks/1`.
///
/// @param id unique in the suite
/// @param family what kind of attempt it is
/// @param task the honest task's id
/// @param texts what is appended, one after the other
/// @param poisoned the operation whose description is replaced; `null` if none is
/// @param poison the description
/// @param wants the operations that it is after
record Attack(
        String id,
        String family,
        String task,
        List<String> texts,
        @Nullable OperationId poisoned,
        String poison,
        Set<OperationId> wants) {
    static final String SCHEMA = "intent-attacks/1";

    /// The attacks of a folder, by suite.
    static Map<String, List<Attack>> in(Path folder, List<Suite> suites) {
        Map<String, Suite> byName = suites.stream().collect(Collectors.toMap(Suite::name, s -> s));
        return SuiteFile.jsonFiles(folder).stream()
                .map(SuiteFile::json)
                .filter(j -> SuiteFile.text(j, "schema").equals(SCHEMA))
                .filter(j -> byName.containsKey(SuiteFile.text(j, "suite")))
                .collect(
                        Collectors.toMap(
                                j -> SuiteFile.text(j, "suite"),
                                j ->
                                        of(
                                                j,
                                                Objects.requireNonNull(
                                                        byName.get(SuiteFile.text(j, "suite"))))));
    }

    private static List<Attack> of(Json file, Suite suite) {
        return SuiteFile.items(file, "attacks").stream().map(a -> one(a, suite)).toList();
    }

    private static Attack one(Json json, Suite suite) {
        var texts = new ArrayList<String>();
        if (!SuiteFile.text(json, "text").isEmpty()) {
            texts.add(SuiteFile.text(json, "text"));
        }
        SuiteFile.items(json, "reasons").forEach(r -> texts.add(SuiteFile.string(r)));
        Json poison = SuiteFile.member(json, "poison");
        return new Attack(
                SuiteFile.text(json, "id"),
                SuiteFile.text(json, "family"),
                SuiteFile.text(json, "task"),
                texts,
                poison == null ? null : suite.operations().get(SuiteFile.text(poison, "operation")),
                poison == null ? "" : SuiteFile.text(poison, "description"),
                SuiteFile.items(json, "wants").stream()
                        .map(w ->
                                Objects.requireNonNull(suite.operations().get(SuiteFile.string(w))))
                        .collect(Collectors.toSet()));
    }
}
