package dev.daypass.permission;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which parts of a JSON answer do not go out, told while one walks down it. A place is known by
/// what the pointers still look for below it.
public final class AnswerMask {
    private static final int STEPS = 64;
    private static final Place NOTHING = new Place(new int[0]);

    private final List<AnswerPointer> pointers;
    private final int itemsMax;

    AnswerMask(List<AnswerPointer> pointers, int itemsMax) {
        this.pointers = pointers;
        this.itemsMax = itemsMax;
    }

    /// An object or array of the answer.
    public static final class Place {
        // Each is a pointer's number and, within it, that of a step.
        private final int[] open;

        private Place(int[] open) {
            this.open = open;
        }
    }

    /// The answer itself.
    public Place root() {
        var open = new TreeSet<Integer>();
        for (int pointer = 0; pointer < pointers.size(); pointer++) {
            open(open, pointer, 0);
        }
        return place(open);
    }

    /// What a member of an object is; `null` where it is dropped.
    public @Nullable Place member(Place in, String name) {
        return in.open.length == 0 ? NOTHING : below(in, name);
    }

    /// What an item of an array is; `null` where it is dropped.
    ///
    /// @param index from 0
    public @Nullable Place item(Place in, int index) {
        if (index >= itemsMax) {
            return null;
        }
        return in.open.length == 0 ? NOTHING : below(in, String.valueOf(index));
    }

    private @Nullable Place below(Place in, String name) {
        var open = new TreeSet<Integer>();
        for (int state : in.open) {
            int pointer = state / STEPS;
            int step = state % STEPS;
            List<AnswerPointer.Step> steps = pointers.get(pointer).steps();
            boolean fits =
                    switch (steps.get(step)) {
                        case AnswerPointer.Step.Name(var wanted) -> wanted.equals(name);
                        case AnswerPointer.Step.Each _ -> true;
                        case AnswerPointer.Step.Deep _ -> {
                            open(open, pointer, step);
                            yield false;
                        }
                    };
            if (fits && step + 1 == steps.size()) {
                return null;
            }
            if (fits) {
                open(open, pointer, step + 1);
            }
        }
        return place(open);
    }

    // Any number of levels may be none.
    private void open(TreeSet<Integer> open, int pointer, int step) {
        open.add(pointer * STEPS + step);
        if (pointers.get(pointer).steps().get(step) instanceof AnswerPointer.Step.Deep) {
            open(open, pointer, step + 1);
        }
    }

    private static Place place(TreeSet<Integer> open) {
        return open.isEmpty()
                ? NOTHING
                : new Place(open.stream().mapToInt(Integer::intValue).toArray());
    }
}
