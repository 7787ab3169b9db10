package dev.daypass.policy;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.daypass.wire.WireException;
import java.util.ArrayList;
import java.util.List;

/// Turns conditions from text into programs: parsed, typed and inspected first, all of them, so
/// that a file is taken whole or not at all.
final class RuleCompiler {
    /// Nesting of an expression, in levels of its grammar.
    static final int DEPTH_MAX = 32;

    /// Size of an expression, in nodes.
    static final int NODES_MAX = 1_000;

    /// Steps of all loops of one evaluation together.
    static final int ITERATIONS_MAX = 2_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableHeterogeneousNumericComparisons(true)
                    .maxExpressionCodePointSize(ConditionText.CHARS_MAX)
                    .maxParseRecursionDepth(DEPTH_MAX)
                    .maxParseExpressionNodeCount(NODES_MAX)
                    .comprehensionMaxIterations(ITERATIONS_MAX)
                    .maxRegexProgramSize(Literals.REGEX_INSTRUCTIONS_MAX)
                    .build();

    private RuleCompiler() {}

    /// @throws WireException at the first error
    static List<Rule> compile(List<RuleText> texts) {
        CelCompiler compiler = compiler();
        var literals = new Literals();
        List<CelAbstractSyntaxTree> trees = new ArrayList<>();
        for (RuleText text : texts) {
            CelAbstractSyntaxTree tree = checked(compiler, text.condition());
            Inspection.inspect(tree, text, literals);
            trees.add(tree);
        }
        CelRuntime runtime = runtime(literals);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            rules.add(rule(runtime, texts.get(i), trees.get(i)));
        }
        return rules;
    }

    private static CelAbstractSyntaxTree checked(CelCompiler compiler, ConditionText text) {
        CelValidationResult result = compiler.compile(RangeCalls.rewrite(text.text()));
        if (result.hasError()) {
            throw Complaint.of(result.getErrors().getFirst(), text);
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw text.error(0, "the condition is not right: " + e.getMessage());
        }
    }

    private static Rule rule(CelRuntime runtime, RuleText text, CelAbstractSyntaxTree tree) {
        try {
            return new Rule(text.info(), new CelCondition(runtime.createProgram(tree)));
        } catch (CelEvaluationException e) {
            throw text.condition().error(0, "the condition is not right: " + e.getMessage());
        }
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(declarations())
                        .setTypeProvider(new Vocabulary())
                        .addFunctionDeclarations(Functions.rangeDeclaration())
                        .setResultType(SimpleType.BOOL);
        Vocabulary.VARIABLES.forEach(builder::addVar);
        return builder.build();
    }

    // Without dyn() every type is known when the file is read; without bytes no text can be taken
    // apart.
    private static CelStandardDeclarations declarations() {
        return CelStandardDeclarations.newBuilder()
                .excludeFunctions(
                        CelStandardDeclarations.StandardFunction.DYN,
                        CelStandardDeclarations.StandardFunction.TYPE,
                        CelStandardDeclarations.StandardFunction.BYTES)
                .build();
    }

    private static CelRuntime runtime(Literals literals) {
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .setTypeProvider(new Vocabulary())
                .setStandardFunctions(
                        CelStandardFunctions.newBuilder()
                                .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                                .build())
                .addFunctionBindings(Functions.bindings(literals))
                .build();
    }
}
