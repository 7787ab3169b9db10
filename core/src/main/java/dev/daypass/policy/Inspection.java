package dev.daypass.policy;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through a condition that is well typed and refuses what could make its evaluation dear
/// (values that grow, loops in loops in loops) or what can never be right (literals that do not
/// parse, traits that do not exist).
final class Inspection {
    /// Loops within loops.
    static final int LOOPS_MAX = 2;

    /// Uses of `+` on text.
    static final int CONCATENATIONS_MAX = 8;

    private final CelAbstractSyntaxTree tree;
    private final ConditionText text;
    private final Set<Stage> on;
    private final Literals literals;
    private int concatenations;

    private Inspection(CelAbstractSyntaxTree tree, RuleText rule, Literals literals) {
        this.tree = tree;
        this.text = rule.condition();
        this.on = rule.info().on();
        this.literals = literals;
    }

    /// @throws dev.daypass.wire.WireException at the first thing refused
    static void inspect(CelAbstractSyntaxTree tree, RuleText rule, Literals literals) {
        new Inspection(tree, rule, literals).visit(tree.getExpr(), 0);
    }

    private void visit(CelExpr expr, int loops) {
        switch (expr.getKind()) {
            case CONSTANT, IDENT, NOT_SET -> {}
            case SELECT -> select(expr, loops);
            case CALL -> call(expr, loops);
            case LIST -> list(expr, loops);
            case STRUCT -> refuse(expr, "messages cannot be made here");
            case MAP -> map(expr, loops);
            case COMPREHENSION -> loop(expr, loops);
        }
    }

    // A token says which account it is of, not for which task: an edge would compare with nothing.
    private void select(CelExpr expr, int loops) {
        CelExpr.CelSelect select = expr.select();
        if (on.contains(Stage.CALL)
                && select.field().equals("task")
                && select.operand().getKind() == CelExpr.ExprKind.Kind.IDENT
                && select.operand().ident().name().equals("account")) {
            refuse(expr, "`task` of `account` is not known on call; ask for it `on: [open]` only");
        }
        visit(select.operand(), loops);
    }

    private void visitAll(List<CelExpr> exprs, int loops) {
        for (CelExpr expr : exprs) {
            visit(expr, loops);
        }
    }

    private void loop(CelExpr expr, int loops) {
        CelExpr.CelComprehension loop = expr.comprehension();
        visit(loop.iterRange(), loops);
        if (loops == LOOPS_MAX) {
            refuse(expr, "loops nest deeper than %d".formatted(LOOPS_MAX));
        }
        visit(loop.accuInit(), loops);
        visit(loop.loopCondition(), loops + 1);
        visit(loop.loopStep(), loops + 1);
        visit(loop.result(), loops);
    }

    // A list of lists, made in a loop of its own elements, could grow without bound.
    private void list(CelExpr expr, int loops) {
        if (type(expr) instanceof ListType list
                && list.hasElemType()
                && !expr.list().elements().isEmpty()
                && !plain(list.elemType())) {
            refuse(expr, "a list may hold plain values of one type only");
        }
        visitAll(expr.list().elements(), loops);
    }

    private void map(CelExpr expr, int loops) {
        if (type(expr) instanceof MapType map
                && !expr.map().entries().isEmpty()
                && !plain(map.valueType())) {
            refuse(expr, "a map may hold plain values of one type only");
        }
        for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
            visit(entry.key(), loops);
            visit(entry.value(), loops);
        }
    }

    private void call(CelExpr expr, int loops) {
        CelExpr.CelCall call = expr.call();
        ImmutableList<CelExpr> args = call.args();
        switch (call.function()) {
            case "_+_" -> {
                if (plus(expr, loops)) {
                    return;
                }
            }
            case "@in" -> {
                operations(args);
                traits(args);
            }
            case "_==_", "_!=_" -> operations(args);
            case "matches" -> matches(call, loops);
            case "duration" -> each(args, Literals::duration);
            case "timestamp" -> each(args, Literals::timestamp);
            case RangeCalls.NAME -> {
                if (args.getFirst().getKind() == CelExpr.ExprKind.Kind.LIST) {
                    each(args.getFirst().list().elements(), literals::range);
                }
            }
            default -> {
                if (call.function().startsWith("get")) {
                    each(args, Literals::zone);
                }
            }
        }
        call.target().ifPresent(target -> visit(target, loops));
        visitAll(args, loops);
    }

    /// Whether this is the step by which `filter` and `map` gather their result, which is then
    /// visited.
    private boolean plus(CelExpr expr, int loops) {
        CelKind kind = kind(type(expr));
        ImmutableList<CelExpr> args = expr.call().args();
        if (kind == CelKind.LIST) {
            if (!gathering(args.getFirst())) {
                refuse(expr, "lists cannot be joined here");
            }
            visitAll(args.get(1).list().elements(), loops);
            return true;
        }
        if (kind == CelKind.BYTES) {
            refuse(expr, "bytes cannot be joined here");
        }
        if (kind == CelKind.STRING && (loops > 0 || ++concatenations > CONCATENATIONS_MAX)) {
            refuse(
                    expr,
                    "text cannot be joined in a loop, nor more than %d times"
                            .formatted(CONCATENATIONS_MAX));
        }
        return false;
    }

    private void matches(CelExpr.CelCall call, int loops) {
        CelExpr regex = call.args().getLast();
        if (string(regex) == null) {
            refuse(regex, "the regular expression of `matches` must be a literal");
        }
        each(ImmutableList.of(regex), literals::pattern);
        CelExpr subject = call.target().orElseGet(() -> call.args().getFirst());
        if (loops > 0 && Vocabulary.VARIABLES.containsKey(root(subject))) {
            refuse(
                    subject,
                    "`matches` on `%s` in a loop finds the same each time; take it out of the loop"
                            .formatted(root(subject)));
        }
    }

    // Comparing grants in a loop over a grant would cost the cube of its size.
    private void operations(ImmutableList<CelExpr> args) {
        for (CelExpr arg : args) {
            CelType type = type(arg);
            if (type instanceof ListType list && list.hasElemType()) {
                type = list.elemType();
            }
            if (kind(type) == CelKind.STRUCT) {
                refuse(arg, "operations cannot be compared; compare their fields");
            }
        }
    }

    private void traits(ImmutableList<CelExpr> args) {
        CelExpr list = args.getLast();
        if (list.getKind() == CelExpr.ExprKind.Kind.SELECT
                && list.select().field().equals("traits")) {
            each(args.subList(0, 1), Literals::trait);
        }
    }

    private void each(List<CelExpr> exprs, Consumer<String> check) {
        for (CelExpr expr : exprs) {
            String literal = string(expr);
            if (literal != null) {
                try {
                    check.accept(literal);
                } catch (IllegalArgumentException e) {
                    refuse(expr, e.getMessage());
                }
            }
        }
    }

    private void refuse(CelExpr expr, @Nullable String why) {
        Integer offset = tree.getSource().getPositionsMap().get(expr.id());
        throw text.error(offset == null ? 0 : offset, String.valueOf(why));
    }

    // The accumulator's name cannot be written in a condition.
    private static boolean gathering(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.IDENT && expr.ident().name().startsWith("@");
    }

    private static @Nullable String string(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? expr.constant().stringValue()
                : null;
    }

    private static String root(CelExpr expr) {
        CelExpr at = expr;
        while (at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            at = at.select().operand();
        }
        return at.getKind() == CelExpr.ExprKind.Kind.IDENT ? at.ident().name() : "";
    }

    private @Nullable CelType type(CelExpr expr) {
        return tree.getType(expr.id()).orElse(null);
    }

    private static @Nullable CelKind kind(@Nullable CelType type) {
        return type == null ? null : type.kind();
    }

    private static boolean plain(CelType type) {
        return switch (type.kind()) {
            case BOOL, BYTES, DOUBLE, DURATION, INT, NULL_TYPE, STRING, TIMESTAMP, UINT -> true;
            case UNSPECIFIED, ERROR, DYN, ANY, LIST, MAP, OPAQUE, STRUCT, TYPE, TYPE_PARAM -> false;
        };
    }
}
