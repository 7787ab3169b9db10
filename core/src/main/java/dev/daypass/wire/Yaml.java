package dev.daypass.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// A YAML value that knows its key and where it stands, so that every error names both and says
/// what was expected. One document without tags or duplicate keys, at most 1 Mi characters, {@value
/// #DEPTH_MAX} levels and {@value #ALIASES_MAX} aliases.
public final class Yaml {
    static final int DEPTH_MAX = 32;
    static final int ALIASES_MAX = 20;
    private static final int CHARS_MAX = 1024 * 1024;
    static final int CHARS_SHOWN = 100;

    private final YamlSource source;
    private final String key;
    private final Node node;
    private final Set<String> taken = new HashSet<>();

    private Yaml(YamlSource source, String key, Node node) {
        this.source = source;
        this.key = key;
        this.node = node;
    }

    /// Reads a file; empty if it holds nothing, or nothing but comments.
    ///
    /// @param source how errors name the file
    /// @throws WireException with line and column if it is not YAML
    public static Optional<Yaml> parse(String source, String text) {
        var named = new YamlSource(source);
        if (text.length() > CHARS_MAX) {
            throw new WireException("%s: longer than %d characters".formatted(source, CHARS_MAX));
        }
        int lone = Surrogates.firstLone(text);
        if (lone >= 0) {
            int at = text.codePointCount(0, lone);
            throw named.error(text, at, "has a lone surrogate");
        }
        var reader = new StreamReader(settings(source), text);
        try {
            Optional<Node> root = compose(named, reader).filter(node -> !isNull(node));
            root.ifPresent(node -> YamlKeys.requireUnique(named, node));
            return root.map(node -> new Yaml(named, "", node));
        } catch (MarkedYamlEngineException e) {
            throw named.error(e.getProblemMark(), Shown.clipped(e.getProblem(), CHARS_SHOWN));
        } catch (ReaderException e) {
            throw named.error(text, e.getPosition(), "has a character that yaml does not permit");
        } catch (YamlEngineException e) {
            // The scanner's own assertions name no place: it is where the scanner has come.
            throw named.error(
                    reader.getMark(), Shown.clipped(String.valueOf(e.getMessage()), CHARS_SHOWN));
        }
    }

    private static LoadSettings settings(String label) {
        return LoadSettings.builder()
                .setLabel(label)
                .setAllowNonScalarKeys(true)
                .setVersionFunction(version -> version)
                .build();
    }

    private static Optional<Node> compose(YamlSource source, StreamReader reader) {
        LoadSettings settings = settings(source.name());
        var parser = new ParserImpl(settings, reader);
        return new Composer(settings, new StrictYamlEvents(parser, source)).getSingleNode();
    }

    public String key() {
        return key;
    }

    /// An error at this value.
    public WireException error(String message) {
        String name = key.isEmpty() ? "" : "`" + key + "` ";
        return source.error(node.getStartMark(), name + message);
    }

    public @Nullable Yaml get(String name) {
        taken.add(name);
        for (var tuple : mapping().getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(name)) {
                Node value = tuple.getValueNode();
                return isNull(value) ? null : new Yaml(source, below(name), value);
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
            Node keyNode = tuple.getKeyNode();
            String name = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!taken.contains(name)) {
                throw source.error(
                        keyNode.getStartMark(),
                        "unknown key `%s`; known: %s"
                                .formatted(
                                        below(Shown.clipped(name, CHARS_SHOWN)),
                                        String.join(", ", taken.stream().sorted().toList())));
            }
        }
    }

    /// Whether this has members, so that a value may be given in two ways.
    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /// Whether this has items.
    public boolean isList() {
        return node instanceof SequenceNode;
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

    /// The members of a mapping whose keys are free, in the order of the file.
    public Map<String, Yaml> entries() {
        var out = new LinkedHashMap<String, Yaml>();
        for (var tuple : mapping().getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                throw error("has a key that is not a plain word");
            }
            taken.add(scalar.getValue());
            String name = scalar.getValue();
            out.put(name, new Yaml(source, below(name), tuple.getValueNode()));
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
        throw error("is `%s`; expected a whole number from %d to %d".formatted(shown(), min, max));
    }

    public boolean bool() {
        return switch (string()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error("is `%s`; expected true or false".formatted(shown()));
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

    private String below(String name) {
        return key.isEmpty() ? name : key + "." + name;
    }

    private String shown() {
        return Shown.clipped(string(), CHARS_SHOWN);
    }
}
