package dev.daypass.wire;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Refuses mappings in which one key stands twice or is not a plain word, and values that hold
/// themselves.
final class YamlKeys {
    private final YamlSource source;
    private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlKeys(YamlSource source) {
        this.source = source;
    }

    static void requireUnique(YamlSource source, Node root) {
        new YamlKeys(source).visit(root);
    }

    // An alias leads to a node that was visited at its anchor: each node is looked at once.
    private void visit(Node node) {
        if (node.isRecursive()) {
            throw source.error(node.getStartMark(), "holds itself through an alias");
        }
        if (!visited.add(node)) {
            return;
        }
        switch (node) {
            case MappingNode mapping -> keys(mapping);
            case SequenceNode sequence -> sequence.getValue().forEach(this::visit);
            default -> {}
        }
    }

    private void keys(MappingNode mapping) {
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                throw source.error(key.getStartMark(), "has a key that is not a plain word");
            }
            if (!seen.add(scalar.getValue())) {
                throw source.error(
                        key.getStartMark(),
                        "key `%s` stands twice"
                                .formatted(Shown.clipped(scalar.getValue(), Yaml.CHARS_SHOWN)));
            }
            visit(tuple.getValueNode());
        }
    }
}
