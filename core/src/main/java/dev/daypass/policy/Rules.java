package dev.daypass.policy;

import dev.daypass.wire.WireException;
import java.util.List;

/// The rules in force. Immutable and safe for threads; equal facts give an equal decision.
public final class Rules {
    private static final Rules NONE = new Rules(List.of());
    private static final Decision ALLOW = new Decision.Allow();

    private final List<Rule> all;
    private final List<Rule> opening;
    private final List<Rule> calling;

    private Rules(List<Rule> all) {
        this.all = List.copyOf(all);
        this.opening = asked(all, Stage.OPEN);
        this.calling = asked(all, Stage.CALL);
    }

    /// No rules: everything is allowed. Loads nothing of CEL.
    public static Rules none() {
        return NONE;
    }

    /// Reads and checks a rule file: at most 200 rules, conditions of at most 4,096 characters.
    ///
    /// @param source how errors name the file
    /// @throws WireException if anything in it is wrong, with line and column; nothing of the file
    ///   is kept then
    public static Rules parse(String source, String yaml) {
        List<RuleText> texts = RuleFile.read(source, yaml);
        return texts.isEmpty() ? NONE : new Rules(RuleCompiler.compile(texts));
    }

    /// The rules of a file that was put in force; a blank one has none.
    ///
    /// @throws WireException as [#parse]
    public static Rules inForce(String yaml) {
        return yaml.isBlank() ? NONE : parse("rules", yaml);
    }

    /// Asks the rules of the input's stage. A rule that cannot be evaluated denies.
    public Decision decide(PolicyInput input) {
        List<Rule> rules = at(input.stage());
        if (rules.isEmpty()) {
            return ALLOW;
        }
        var facts = new FactValues(input);
        var tally = new Tally();
        for (Rule rule : rules) {
            try {
                if (rule.condition().holds(facts)) {
                    tally.add(rule);
                }
            } catch (ConditionFailed e) {
                tally.failed(rule, e);
            }
            if (tally.denied()) {
                break;
            }
        }
        return tally.decision();
    }

    /// The rules as written, in the order of the file.
    public List<RuleInfo> describe() {
        return all.stream().map(Rule::info).toList();
    }

    /// Whether any rule is asked at that stage.
    public boolean concern(Stage stage) {
        return !at(stage).isEmpty();
    }

    private List<Rule> at(Stage stage) {
        return switch (stage) {
            case OPEN -> opening;
            case CALL -> calling;
        };
    }

    private static List<Rule> asked(List<Rule> rules, Stage stage) {
        return rules.stream().filter(rule -> rule.info().on().contains(stage)).toList();
    }
}
