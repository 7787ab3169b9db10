package dev.daypass.intent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the operations that a task may be about, so that the size of a catalog does not matter: by
/// the things they name, by what they do, and by what they give.
final class Index {
    private final Map<String, List<Shape>> byConcept = new HashMap<>();
    private final Map<String, List<Shape>> byBeginning = new HashMap<>();
    private final Map<String, List<Shape>> byVerb = new HashMap<>();
    private final Map<String, List<Shape>> byGroup = new HashMap<>();
    private final Map<String, List<Shape>> byService = new HashMap<>();
    private final Map<String, List<Shape>> byHead = new HashMap<>();

    Index(Collection<Shape> shapes) {
        for (Shape shape : shapes) {
            if (shape.reads()) {
                shape.names().forEach(name -> named(name, shape));
                if (shape.operation().parameters().stream().anyMatch(p -> !p.choices().isEmpty())) {
                    shape.service().forEach(word -> put(byService, word, shape));
                }
                put(byVerb, shape.verb(), shape);
                put(byHead, shape.head(), shape);
            } else {
                shape.groups().forEach(group -> put(byGroup, group, shape));
            }
        }
    }

    private void named(String name, Shape shape) {
        put(byConcept, name, shape);
        if (name.length() >= Mentions.BEGINNING) {
            put(byBeginning, name.substring(0, Mentions.BEGINNING), shape);
        }
    }

    private static void put(Map<String, List<Shape>> map, String key, Shape shape) {
        map.computeIfAbsent(key, _ -> new ArrayList<>()).add(shape);
    }

    Set<Shape> showing(Mentions said, List<Action> actions) {
        var out = new LinkedHashSet<Shape>();
        said.things().forEach(thing -> out.addAll(byConcept.getOrDefault(thing, List.of())));
        said.things().forEach(thing -> out.addAll(byService.getOrDefault(thing, List.of())));
        said.beginnings().forEach(start -> out.addAll(byBeginning.getOrDefault(start, List.of())));
        actions.forEach(action -> out.addAll(byVerb.getOrDefault(action.stem(), List.of())));
        return out;
    }

    Set<Shape> changing(Set<String> groups) {
        var out = new LinkedHashSet<Shape>();
        groups.forEach(group -> out.addAll(byGroup.getOrDefault(group, List.of())));
        return out;
    }

    List<Shape> giving(String thing) {
        return byHead.getOrDefault(thing, List.of());
    }
}
