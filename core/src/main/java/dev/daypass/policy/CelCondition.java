package dev.daypass.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;

/// A condition as a program of CEL.
final class CelCondition implements Condition {
    private static final String LOCATION = "^evaluation error(?: at [^:]*:\\d+)?: ";

    private final Program program;

    CelCondition(Program program) {
        this.program = program;
    }

    @Override
    public boolean holds(FactValues facts) {
        Object value;
        try {
            value = program.eval(facts);
        } catch (CelEvaluationException | RuntimeException e) {
            throw new ConditionFailed(reason(e), e);
        }
        if (value instanceof Boolean answer) {
            return answer;
        }
        throw new ConditionFailed("the condition is neither true nor false", null);
    }

    private static String reason(Exception e) {
        String text = String.valueOf(e.getMessage()).replaceFirst(LOCATION, "");
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
