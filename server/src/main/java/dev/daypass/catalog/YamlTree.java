package dev.daypass.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.WireException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML 1.2 as a JSON tree, built event by event so that depth and size are known before they hurt.
/// An alias counts as many values as what it stands for; a value that contains itself is refused.
/// `<<` takes over the members that a mapping lacks, as people know it from YAML 1.1.
final class YamlTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private final String source;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int values;

    /// @param size how many values an alias to it stands for
    private record Anchored(JsonNode node, int size) {}

    YamlTree(String source) {
        this.source = source;
    }

    JsonNode read(String text) {
        var settings =
                LoadSettings.builder()
                        .setLabel(source)
                        .setCodePointLimit(DocumentTree.BYTES_MAX)
                        .build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            return document(events);
        } catch (MarkedYamlEngineException e) {
            throw new WireException(
                    source + at(e.getProblemMark().orElse(null)) + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new WireException(source + ": malformed yaml: " + e.getMessage());
        }
    }

    private JsonNode document(Iterator<Event> events) {
        events.next(); // the stream's start
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            throw new WireException(source + ": is empty; expected an openapi document");
        }
        JsonNode root = value(events.next(), events, 1);
        events.next(); // the document's end
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw error(end, "a second document begins; expected one");
        }
        return root;
    }

    private JsonNode value(Event event, Iterator<Event> events, int depth) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        count(event, 1);
        int before = values;
        JsonNode node =
                switch (event.getEventId()) {
                    case Scalar -> scalar((ScalarEvent) event);
                    case SequenceStart -> sequence((SequenceStartEvent) event, events, depth);
                    case MappingStart -> mapping((MappingStartEvent) event, events, depth);
                    case Alias,
                            Comment,
                            DocumentEnd,
                            DocumentStart,
                            MappingEnd,
                            SequenceEnd,
                            StreamEnd,
                            StreamStart ->
                            throw error(event, "expected a value");
                };
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor ->
                        anchors.put(anchor.getValue(), new Anchored(node, values - before + 1)));
        return node;
    }

    private JsonNode aliased(AliasEvent alias) {
        Anchored target = anchors.get(alias.getAlias().getValue());
        if (target == null) {
            throw error(
                    alias,
                    "alias `%s` stands for nothing that is complete"
                            .formatted(PlainText.clip(alias.getAlias().getValue(), 80)));
        }
        count(alias, target.size());
        return target.node();
    }

    private ArrayNode sequence(SequenceStartEvent start, Iterator<Event> events, int depth) {
        requireDepth(start, depth);
        requireTag(start, start.getTag().orElse(""), Tag.SEQ);
        ArrayNode out = NODES.arrayNode();
        for (Event item = events.next();
                item.getEventId() != Event.ID.SequenceEnd;
                item = events.next()) {
            out.add(value(item, events, depth + 1));
        }
        return out;
    }

    private ObjectNode mapping(MappingStartEvent start, Iterator<Event> events, int depth) {
        requireDepth(start, depth);
        requireTag(start, start.getTag().orElse(""), Tag.MAP);
        ObjectNode out = NODES.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (Event key = events.next();
                key.getEventId() != Event.ID.MappingEnd;
                key = events.next()) {
            if (!(key instanceof ScalarEvent name)) {
                throw error(key, "a key is not plain text");
            }
            JsonNode member = value(events.next(), events, depth + 1);
            if (name.isPlain() && name.getValue().equals("<<")) {
                merged.add(member);
            } else if (out.putIfAbsent(name.getValue(), member) != null) {
                throw error(
                        key,
                        "key `%s` is given twice".formatted(PlainText.clip(name.getValue(), 80)));
            }
        }
        merged.forEach(from -> merge(start, from, out));
        return out;
    }

    private void merge(Event at, JsonNode from, ObjectNode into) {
        if (from instanceof ObjectNode members) {
            count(at, members.size());
            members.properties().forEach(m -> into.putIfAbsent(m.getKey(), m.getValue()));
        } else if (from instanceof ArrayNode several) {
            several.forEach(one -> {
                if (!one.isObject()) {
                    throw error(at, "`<<` takes a mapping or a list of mappings");
                }
                merge(at, one, into);
            });
        } else {
            throw error(at, "`<<` takes a mapping or a list of mappings");
        }
    }

    private JsonNode scalar(ScalarEvent event) {
        String text = event.getValue();
        String tag = event.getTag().orElse("");
        requireTag(event, tag, Tag.STR);
        if (text.length() > DocumentTree.STRING_CHARS_MAX) {
            throw error(event, "text is too long");
        }
        return event.isPlain() && tag.isEmpty() ? plain(text) : NODES.textNode(text);
    }

    private static JsonNode plain(String text) {
        if (text.length() > DocumentTree.NUMBER_CHARS_MAX) {
            return NODES.textNode(text);
        }
        Tag tag = RESOLVER.resolve(text, true);
        try {
            if (tag.equals(Tag.NULL)) {
                return NODES.nullNode();
            } else if (tag.equals(Tag.BOOL)) {
                return NODES.booleanNode(text.equalsIgnoreCase("true"));
            } else if (tag.equals(Tag.INT)) {
                return integer(text);
            } else if (tag.equals(Tag.FLOAT)) {
                double value = Double.parseDouble(text);
                return NODES.numberNode(value);
            }
        } catch (NumberFormatException _) {
            // `.inf` and `.nan` are numbers to YAML alone: kept as text
        }
        return NODES.textNode(text);
    }

    private static JsonNode integer(String text) {
        boolean hex = text.startsWith("0x");
        boolean octal = text.startsWith("0o");
        var value =
                hex || octal
                        ? new BigInteger(text.substring(2), hex ? 16 : 8)
                        : new BigInteger(text);
        return value.bitLength() < 32
                ? NODES.numberNode(value.intValue())
                : value.bitLength() < 64
                        ? NODES.numberNode(value.longValue())
                        : NODES.numberNode(value);
    }

    private void count(Event event, int more) {
        if (more > DocumentTree.VALUES_MAX - values) {
            throw error(
                    event,
                    "more than %d values, aliases counted as what they stand for"
                            .formatted(DocumentTree.VALUES_MAX));
        }
        values += more;
    }

    private void requireTag(Event event, String tag, Tag permitted) {
        if (!tag.isEmpty() && !tag.equals("!") && !tag.equals(permitted.getValue())) {
            throw error(event, "tag `%s` is not permitted".formatted(PlainText.clip(tag, 80)));
        }
    }

    private void requireDepth(Event event, int depth) {
        if (depth > DocumentTree.DEPTH_MAX) {
            throw error(event, "nested deeper than %d levels".formatted(DocumentTree.DEPTH_MAX));
        }
    }

    private WireException error(Event event, String message) {
        return new WireException(source + at(event.getStartMark().orElse(null)) + ": " + message);
    }

    private static String at(@Nullable Mark mark) {
        return mark == null ? "" : ":%d:%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
