package dev.daypass.eval;

import dev.daypass.identity.ServiceId;
import dev.daypass.intent.Catalog;
import dev.daypass.permission.HttpMethod;
import dev.daypass.permission.Operation;
import dev.daypass.permission.OperationId;
import dev.daypass.permission.Parameter;
import dev.daypass.permission.PathTemplate;
import dev.daypass.permission.TraitRules;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads files of schema `intent-catalog/1`. What it does not know it passes over: such files carry
/// notes of their makers.
final class SuiteFile {
    static final String SCHEMA = "intent-catalog/1";

    private final Map<String, OperationId> ids = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<List<String>, Catalog> catalogs = new HashMap<>();
    private final String name;

    private SuiteFile(String name) {
        this.name = name;
    }

    /// The suites in a folder, by file name.
    static List<Suite> in(Path folder) {
        var out = new ArrayList<Suite>();
        for (Path file : jsonFiles(folder)) {
            Json json = json(file);
            if (text(json, "schema").equals(SCHEMA)) {
                out.add(of(json));
            }
        }
        return out;
    }

    static List<Path> jsonFiles(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws WireException naming the file
    static Json json(Path file) {
        try {
            return Json.parse(read(file).getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        } catch (WireException e) {
            throw new WireException("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Suite of(Json json) {
        var file = new SuiteFile(text(json, "suite"));
        items(json, "operations").forEach(file::operation);
        Catalog all = file.catalog(List.copyOf(file.operations.keySet()));
        return new Suite(
                file.name,
                file.ids,
                all,
                items(json, "tasks").stream().map(t -> file.task(t, all)).toList(),
                items(json, "injections").stream().map(file::goal).toList());
    }

    private Catalog catalog(List<String> names) {
        return catalogs.computeIfAbsent(
                names,
                some ->
                        Catalog.of(
                                some.stream()
                                        .map(operations::get)
                                        .filter(java.util.Objects::nonNull)
                                        .toList()));
    }

    private Suite.Ask task(Json task, Catalog all) {
        List<String> offered = new ArrayList<>();
        items(task, "catalog").forEach(o -> offered.add(string(o)));
        return new Suite.Ask(
                text(task, "id"),
                text(task, "prompt"),
                offered.isEmpty() ? all : catalog(offered),
                calls(task, "required"));
    }

    private Suite.Goal goal(Json goal) {
        List<Suite.Call> needs = calls(goal, "required");
        return new Suite.Goal(
                text(goal, "id"), needs.isEmpty() ? calls(goal, "required_derived") : needs);
    }

    private List<Suite.Call> calls(Json of, String member) {
        var out = new ArrayList<Suite.Call>();
        for (Json call : items(of, member)) {
            OperationId id = ids.get(text(call, "function"));
            if (id == null) {
                throw new WireException(
                        "%s: `%s` needs `%s`, which is no operation of the suite"
                                .formatted(name, text(of, "id"), text(call, "function")));
            }
            out.add(
                    new Suite.Call(
                            id,
                            member(call, "args") instanceof Json.Obj(var args) ? args : Map.of()));
        }
        return out;
    }

    private void operation(Json json) {
        String said = text(json, "name");
        String method = text(json, "method");
        String path = text(json, "path");
        String operationId = text(json, "operationId");
        var id =
                new OperationId(
                        new ServiceId("suite"), plain(operationId.isEmpty() ? said : operationId));
        List<Parameter> parameters = new ArrayList<>();
        for (Json parameter : items(json, "parameters")) {
            parameters.add(parameter(parameter, !method.isEmpty(), path));
        }
        List<String> names = parameters.stream().map(Parameter::name).toList();
        Operation operation =
                method.isEmpty()
                        ? new Operation(
                                id,
                                HttpMethod.POST,
                                PathTemplate.parse("/mcp/tools/" + id.name()),
                                TraitRules.ofTool(id.name(), List.of(), names),
                                parameters,
                                text(json, "description"),
                                List.of())
                        : rest(id, method, path, parameters, text(json, "description"));
        ids.put(said, id);
        operations.put(said, operation);
    }

    private static Operation rest(
            OperationId id, String method, String path, List<Parameter> parameters, String about) {
        HttpMethod verb = HttpMethod.of(method.toUpperCase(Locale.ROOT)).orElseThrow();
        PathTemplate template = PathTemplate.parse(path);
        List<String> names = parameters.stream().map(Parameter::name).toList();
        return new Operation(
                id,
                verb,
                template,
                TraitRules.of(new TraitRules.Facts(verb, id.name(), template, List.of(), names)),
                parameters,
                about,
                List.of());
    }

    private static Parameter parameter(Json json, boolean rest, String path) {
        String name = text(json, "name");
        String said = text(json, "type").toLowerCase(Locale.ROOT);
        String type =
                said.startsWith("list") || said.startsWith("array")
                        ? "array"
                        : said.startsWith("int")
                                ? "integer"
                                : said.startsWith("float") || said.startsWith("number")
                                        ? "number"
                                        : said.startsWith("bool") ? "boolean" : "string";
        Parameter.Place place =
                path.contains("{" + name + "}")
                        ? Parameter.Place.PATH
                        : text(json, "in").equals("query")
                                ? Parameter.Place.QUERY
                                : rest ? Parameter.Place.QUERY : Parameter.Place.BODY;
        boolean required = Json.of(true).equals(member(json, "required"));
        return new Parameter(place, name, required, type, choices(json), text(json, "description"));
    }

    private static List<Parameter.Choice> choices(Json json) {
        var out = new ArrayList<Parameter.Choice>();
        for (Json choice : items(json, "enum")) {
            if (choice instanceof Json.Str(var value)) {
                out.add(new Parameter.Choice(value, value));
            }
        }
        return out;
    }

    // A name as an identifier may be: printable, without white space, in a path segment.
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^-|-$", "");
    }

    static @Nullable Json member(Json json, String name) {
        return json instanceof Json.Obj(var members) ? members.get(name) : null;
    }

    static List<Json> items(Json json, String name) {
        return member(json, name) instanceof Json.Arr(var items) ? items : List.of();
    }

    static String text(Json json, String name) {
        Json found = member(json, name);
        return found == null ? "" : string(found);
    }

    static String string(Json json) {
        return json instanceof Json.Str(var value) ? value : "";
    }
}
