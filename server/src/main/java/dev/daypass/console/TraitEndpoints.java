package dev.daypass.console;

import dev.daypass.broker.Corrections;
import dev.daypass.http.Problem;
import dev.daypass.http.Request;
import dev.daypass.http.Response;
import dev.daypass.identity.ServiceId;
import dev.daypass.identity.TenantId;
import dev.daypass.issuer.CorrectionAnswers;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Trait;
import dev.daypass.permission.TraitRules;
import dev.daypass.store.Correction;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.JsonObjectBuilder;
import dev.daypass.wire.WireException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What operations do to the world, as operators see and say it.
final class TraitEndpoints {
    private static final TenantId TENANT = TenantId.DEFAULT;

    private final Corrections corrections;

    TraitEndpoints(ConsoleParts parts) {
        this.corrections = parts.registry().corrections();
    }

    Response list(Request request, String operator) {
        var service = new ServiceId(request.variable("name"));
        List<Corrections.Judged> all = corrections.of(TENANT, service);
        if (all == null) {
            return Problem.notFound("no service `%s`".formatted(service)).toResponse();
        }
        return Response.json(
                200,
                Json.object()
                        .put("service", service.value())
                        .put("operations", told(all, true))
                        .put("missing", told(all, false))
                        .build());
    }

    private static Json told(List<Corrections.Judged> all, boolean there) {
        return Json.array(
                all.stream()
                        .filter(one -> (one.operation() != null) == there)
                        .map(TraitEndpoints::told)
                        .toList());
    }

    private static Json told(Corrections.Judged one) {
        Operation operation = one.operation();
        JsonObjectBuilder out = Json.object().put("operation", one.id().name());
        if (operation != null) {
            out.put("resource", operation.resource())
                    .put("method", operation.method().name())
                    .put("path", operation.path().toString());
        }
        out.put("traits", words(one.traits()));
        if (operation != null) {
            out.put("facts", facts(operation));
        }
        Correction correction = one.correction();
        if (correction != null) {
            out.put("document", words(operation == null ? Set.of() : operation.traits()));
            CorrectionAnswers.members(correction).forEach(out::put);
        }
        return out.build();
    }

    /// Why an operation has each of the traits that its document gives it.
    private static Json.Obj facts(Operation operation) {
        var out = Json.object();
        TraitRules.reasons(operation).forEach((trait, fact) -> out.put(trait.word(), fact));
        return out.build();
    }

    private static Json.Arr words(Set<Trait> traits) {
        return Json.strings(traits.stream().sorted().map(Trait::word).toList());
    }

    Response correct(Request request, String operator) {
        JsonFields fields = JsonFields.of(Json.parse(request.body().bytes(), JsonLimits.DEFAULT));
        var id = id(new ServiceId(request.variable("name")), fields.string("operation"));
        Corrections.Edit edit = edit(fields);
        fields.end();
        return switch (corrections.correct(TENANT, id, edit, operator)) {
            case Corrections.Corrected.Missing(var what) -> Problem.notFound(what).toResponse();
            case Corrections.Corrected.Done(var traits, var warnings) ->
                    Response.json(
                            200,
                            Json.object()
                                    .put("service", id.service().value())
                                    .put("operation", id.name())
                                    .put("traits", words(traits))
                                    .put("warnings", Json.strings(warnings))
                                    .build());
        };
    }

    private static OperationId id(ServiceId service, String name) {
        try {
            return new OperationId(service, name);
        } catch (IllegalArgumentException e) {
            throw new WireException("`operation`: " + e.getMessage());
        }
    }

    private static Corrections.Edit edit(JsonFields fields) {
        boolean set = fields.take("set") != null;
        boolean change = fields.take("add") != null || fields.take("remove") != null;
        boolean reset = fields.booleanOr("reset", false);
        if ((set ? 1 : 0) + (change ? 1 : 0) + (reset ? 1 : 0) != 1) {
            throw new WireException("say exactly one of `set`, `reset`, and `add` with `remove`");
        }
        if (reset) {
            return new Corrections.Edit.Reset();
        }
        return set
                ? new Corrections.Edit.Set(traits(fields, "set"))
                : new Corrections.Edit.Change(traits(fields, "add"), traits(fields, "remove"));
    }

    private static Set<Trait> traits(JsonFields fields, String name) {
        var out = EnumSet.noneOf(Trait.class);
        for (String word : fields.strings(name)) {
            try {
                out.add(Trait.of(word));
            } catch (IllegalArgumentException e) {
                throw new WireException("`%s`: %s".formatted(name, e.getMessage()));
            }
        }
        return out;
    }
}
