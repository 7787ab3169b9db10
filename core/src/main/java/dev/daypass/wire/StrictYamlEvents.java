package dev.daypass.wire;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.parser.Parser;

/// A YAML parser's events, of which the first that is not permitted ends the reading: deep nesting,
/// tags, and more aliases than any file needs.
final class StrictYamlEvents implements Parser {
    private final Parser parser;
    private final YamlSource source;
    private int depth;
    private int aliases;

    StrictYamlEvents(Parser parser, YamlSource source) {
        this.parser = parser;
        this.source = source;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event) {
            case CollectionStartEvent start -> {
                requireNoTag(start, start.getTag());
                if (++depth > Yaml.DEPTH_MAX) {
                    throw refused(event, "is nested more than %d deep".formatted(Yaml.DEPTH_MAX));
                }
            }
            case CollectionEndEvent _ -> depth--;
            case ScalarEvent scalar -> requireNoTag(scalar, scalar.getTag());
            case AliasEvent _ -> {
                if (++aliases > Yaml.ALIASES_MAX) {
                    throw refused(event, "has more than %d aliases".formatted(Yaml.ALIASES_MAX));
                }
            }
            case DocumentStartEvent start -> requireVersionOne(start);
            default -> {}
        }
        return event;
    }

    private void requireNoTag(Event event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw refused(
                    event,
                    "has a tag, `%s`; tags are not permitted"
                            .formatted(Shown.clipped(tag.get(), Yaml.CHARS_SHOWN)));
        }
    }

    private void requireVersionOne(DocumentStartEvent start) {
        boolean other = start.getSpecVersion().filter(v -> v.getMajor() != 1).isPresent();
        if (other) {
            throw refused(start, "is of another version of yaml; permitted: 1.2");
        }
    }

    private WireException refused(Event event, String message) {
        return source.error(event.getStartMark(), message);
    }
}
