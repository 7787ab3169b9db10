package dev.daypass.examples;

import dev.daypass.cli.Answer;
import dev.daypass.permission.Constraint;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.ArrayList;
import java.util.List;

/// What an answer says about a grant, as lines for people.
final class Trees {
    private static final int DROPPED_SHOWN = 6;

    private Trees() {}

    static List<String> operations(Answer answer) {
        return objects(answer, "grant").stream()
                .map(leaf -> leaf.string("service") + "." + leaf.string("operation"))
                .toList();
    }

    static List<String> granted(Answer answer) {
        var lines = new ArrayList<String>();
        String service = "";
        String resource = "";
        for (JsonFields leaf : objects(answer, "grant")) {
            if (!leaf.string("service").equals(service)) {
                service = leaf.string("service");
                resource = "";
                lines.add(service);
            }
            if (!leaf.string("resource").equals(resource)) {
                resource = leaf.string("resource");
                lines.add("└─ " + resource);
            }
            lines.add(
                    "   └─ %s  %s %s"
                            .formatted(
                                    leaf.string("operation"),
                                    leaf.string("method"),
                                    leaf.string("path")));
            if (leaf.take("constraints") instanceof Json.Obj(var bounds)) {
                bounds.forEach((slot, values) ->
                        lines.add(
                                "        only %s = %s"
                                        .formatted(slot, Constraint.fromJson(values).words())));
            }
            lines.add("        because “%s”".formatted(leaf.string("because")));
        }
        return lines;
    }

    static List<String> dropped(Answer answer) {
        List<JsonFields> all = objects(answer, "dropped");
        var lines = new ArrayList<String>();
        lines.add("left out: %d operations, among them".formatted(all.size()));
        all.stream()
                .limit(DROPPED_SHOWN)
                .forEach(d ->
                        lines.add(
                                "✂ %s.%s: %s"
                                        .formatted(
                                                d.string("service"),
                                                d.string("operation"),
                                                d.string("why"))));
        return lines;
    }

    static String cheapest(Answer answer) {
        return objects(answer, "offers").stream().findFirst().map(Trees::describe).orElse("none");
    }

    private static String describe(JsonFields offer) {
        JsonFields price = offer.objectOrNull("price");
        return price == null
                ? "?"
                : "%s for %s %s"
                        .formatted(
                                offer.string("carrier"),
                                price.string("amount"),
                                price.string("currency"));
    }

    private static List<JsonFields> objects(Answer answer, String member) {
        if (answer.json() instanceof Json.Obj(var members)
                && members.get(member) instanceof Json.Arr(var items)) {
            return items.stream().map(JsonFields::of).toList();
        }
        return List.of();
    }
}
