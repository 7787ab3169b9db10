package dev.daypass.permission;

import dev.daypass.wire.Json;
import dev.daypass.wire.WrittenJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A place in a JSON body: a JSON Pointer (RFC 6901) in which `*` stands for every item of an
/// array.
///
/// @param steps from the body's object inward; the first names a member
record BodyPointer(List<Step> steps) {
    static final int STEPS_MAX = 16;
    static final int CHARS_MAX = 512;

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,5}");

    BodyPointer {
        steps = List.copyOf(steps);
    }

    sealed interface Step {
        /// @param name of a member, or the number of an array's item
        record Name(String name) implements Step {}

        /// Every item of an array.
        record Each() implements Step {}
    }

    /// A member of the body's object, of whatever name.
    static BodyPointer member(String name) {
        return new BodyPointer(List.of(new Step.Name(name)));
    }

    /// @param pointer without the slash at its start
    /// @throws IllegalArgumentException saying what is wrong with it
    static BodyPointer parse(String pointer) {
        var out = new ArrayList<Step>();
        for (String token : pointer.split("/", -1)) {
            out.add(token.equals("*") ? new Step.Each() : new Step.Name(JsonPointers.plain(token)));
        }
        if (out.size() > STEPS_MAX || pointer.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "is deeper than %d levels or longer than %d characters"
                            .formatted(STEPS_MAX, CHARS_MAX));
        }
        if (out.getFirst() instanceof Step.Each) {
            throw new IllegalArgumentException("begins with `*`, but a body is one object");
        }
        return new BodyPointer(out);
    }

    /// A single name is written after a dot, as it is.
    String slot() {
        return steps.size() == 1 && steps.getFirst() instanceof Step.Name(var name)
                ? Slots.BODY + name
                : steps.stream()
                        .map(BodyPointer::written)
                        .collect(Collectors.joining("/", "body/", ""));
    }

    private static String written(Step step) {
        return switch (step) {
            case Step.Each _ -> "*";
            case Step.Name(var name) -> JsonPointers.escaped(name);
        };
    }

    /// The names on the way, joined by dots, as some services take them from a query.
    String dotted() {
        return steps.stream()
                .filter(Step.Name.class::isInstance)
                .map(step -> ((Step.Name) step).name())
                .collect(Collectors.joining("."));
    }

    /// The member of the body's object that it begins with.
    String first() {
        return steps.getFirst() instanceof Step.Name(var name) ? name : "";
    }

    /// What a body holds there.
    Found in(RequestBody.Members body) {
        var found = new Found();
        found.member(body.members(), this, 0, body.in());
        return found;
    }

    /// What was found, while looking and after.
    static final class Found {
        private final List<String> values = new ArrayList<>();
        private String objection = "";
        private boolean missing;
        private boolean alike;

        /// Every scalar that is there, as text.
        List<String> values() {
            return values;
        }

        /// Why what is there cannot be compared with a bound; empty if it can.
        String objection() {
            return objection;
        }

        /// Whether it is not given, at all or in some item.
        boolean missing() {
            return missing;
        }

        /// Whether another member's name could be taken for one on the way.
        boolean alike() {
            return alike;
        }

        private void object(String why) {
            objection = objection.isEmpty() ? why : objection;
        }

        private void look(Json value, BodyPointer at, int step, WrittenJson in) {
            if (step == at.steps.size()) {
                leaf(value, in);
                return;
            }
            switch (value) {
                case Json.Obj(var members) -> member(members, at, step, in);
                case Json.Arr(var items) -> items(items, at, step, in);
                case Json _ -> object("is bound inside of what is neither an object nor an array");
            }
        }

        private void member(Map<String, Json> members, BodyPointer at, int step, WrittenJson in) {
            if (!(at.steps.get(step) instanceof Step.Name(var name))) {
                object("is bound in every item of an array, and there is an object");
                return;
            }
            for (String other : members.keySet()) {
                if (!other.equals(name) && Slots.alikeInBody(other, name)) {
                    alike = true;
                    return;
                }
            }
            Json value = members.get(name);
            if (value == null) {
                missing = true;
            } else {
                look(value, at, step + 1, in);
            }
        }

        private void items(List<Json> items, BodyPointer at, int step, WrittenJson in) {
            switch (at.steps.get(step)) {
                case Step.Each _ -> {
                    missing |= items.isEmpty();
                    items.forEach(item -> look(item, at, step + 1, in));
                }
                case Step.Name(var index) -> {
                    if (!INDEX.matcher(index).matches()) {
                        object("is bound inside of an object, and there is an array");
                    } else if (Integer.parseInt(index) < items.size()) {
                        look(items.get(Integer.parseInt(index)), at, step + 1, in);
                    } else {
                        missing = true;
                    }
                }
            }
        }

        private void leaf(Json value, WrittenJson in) {
            switch (value) {
                case Json.Arr(var items) when items.isEmpty() -> object("is an empty array");
                case Json.Arr(var items) -> items.forEach(item -> scalar(item, in));
                case Json _ -> scalar(value, in);
            }
        }

        private void scalar(Json value, WrittenJson in) {
            switch (value) {
                case Json.Str(var text) -> values.add(text);
                case Json.Bool(var truth) -> values.add(String.valueOf(truth));
                case Json.Num number when Decimals.canonical(in.written(number)) ->
                        values.add(in.written(number));
                case Json.Num _ ->
                        object(
                                "is a number with an exponent, a zero at its end or a minus before 0; write it plainly, such as 12.5");
                case Json.Null _ -> object("is or holds null");
                case Json.Obj _, Json.Arr _ ->
                        object("holds an object or an array, which no bound looks into");
            }
        }
    }
}
