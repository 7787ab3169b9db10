package dev.daypass.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A YAML value that knows its key and where it stands, so that every error names both and says
/// what was expected. No tags, no anchors beyond 20, no duplicate keys, at most 1 MiB.
public final class Yaml {
    private static final int CHARS_MAX = 1024 * 1024;

    private final String source;
    private final String key;
    private final Node node;
    private final Set<String> taken = new HashSet<>();

    private Yaml(String source, String key, Node node) {
        this.source = source;
        this.key = key;
        this.node = node;
    }

    /// Reads a file whose root is a mapping. An empty file is an empty mapping.
    ///
    /// @param source how errors name the file
    /// @throws WireException with line and column if it is not YAML
    public static Optional<Yaml> parse(String source, String text) {
        if (text.length() > CHARS_MAX) {
            throw new WireException("%s: longer than %d characters".formatted(source, CHARS_MAX));
        }
        var settings =
                LoadSettings.builder()
                        .setLabel(source)
                        .setAllowDuplicateKeys(false)
                        .setMaxAliasesForCollections(20)
                        .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.map(node -> new Yaml(source, "", node));
        } catch (MarkedYamlEngineException e) {
            throw new WireException(source + at(e.getProblemMark()) + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new WireException(source + ": " + e.getMessage());
        }
    }

    public String key() {
        return key;
    }

    /// An error at this value.
    public WireException error(String message) {
        String name = key.isEmpty() ? "" : "`" + key + "` ";
        return new WireException(source + at(node.getStartMark()) + ": " + name + message);
    }

    public @Nullable Yaml get(String name) {
        taken.add(name);
        for (var tuple : mapping().getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(name)) {
                Node value = tuple.getValueNode();
                return isNull(value)
                        ? null
                        : new Yaml(source, key.isEmpty() ? name : key + "." + name, value);
            }
        }
        return null;
    }

    public Yaml require(String name) {
        Yaml value = get(name);
        if (value == null) {
            throw error("needs `%s`".formatted(name));
        }
        return value;
    }

    /// Refuses keys that nobody asked for.
    public void end() {
        for (var tuple : mapping().getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!taken.contains(name)) {
                throw new WireException(
                        "%s%s: unknown key `%s`; known: %s"
                                .formatted(
                                        source,
                                        at(tuple.getKeyNode().getStartMark()),
                                        key.isEmpty() ? name : key + "." + name,
                                        String.join(", ", taken.stream().sorted().toList())));
            }
        }
    }

    public List<Yaml> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw error("is not a list; expected a list");
        }
        var out = new ArrayList<Yaml>();
        for (Node item : sequence.getValue()) {
            out.add(new Yaml(source, key + "[" + out.size() + "]", item));
        }
        return out;
    }

    /// The members of a mapping whose keys are free.
    public Map<String, Yaml> entries() {
        var out = new HashMap<String, Yaml>();
        for (var tuple : mapping().getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                throw error("has a key that is not a plain word");
            }
            taken.add(scalar.getValue());
            out.put(
                    scalar.getValue(),
                    new Yaml(source, key + "." + scalar.getValue(), tuple.getValueNode()));
        }
        return out;
    }

    /// A scalar as written: the words that people write without quotes stay words.
    public String string() {
        if (!(node instanceof ScalarNode scalar)) {
            throw error("is not a plain value; expected text");
        }
        return scalar.getValue();
    }

    public List<String> strings() {
        return items().stream().map(Yaml::string).toList();
    }

    public long wholeNumber(long min, long max) {
        try {
            long value = Long.parseLong(string());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException _) {
            // reported below
        }
        throw error("is `%s`; expected a whole number from %d to %d".formatted(string(), min, max));
    }

    public boolean bool() {
        return switch (string()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error("is `%s`; expected true or false".formatted(string()));
        };
    }

    public Duration duration() {
        try {
            return Durations.parse(string());
        } catch (WireException e) {
            throw error("is not right: " + e.getMessage());
        }
    }

    private MappingNode mapping() {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw error("is not a mapping; expected `key: value` lines");
    }

    private static boolean isNull(Node value) {
        return value instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("null")
                        || scalar.getValue().equals("~"));
    }

    private static String at(Optional<Mark> mark) {
        return mark.map(m -> ":%d:%d".formatted(m.getLine() + 1, m.getColumn() + 1)).orElse("");
    }
}
