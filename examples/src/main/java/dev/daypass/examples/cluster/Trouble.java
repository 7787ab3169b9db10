package dev.daypass.examples.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One thing that goes wrong for a while.
///
/// @param what happens, and to whom
/// @param millisMax how long it lasts at most
/// @param begin has it happen
/// @param end has it be over
record Trouble(String what, long millisMax, Runnable begin, Runnable end) {
    private static final long DOWN_MILLIS_MAX = 1_500;
    private static final long LEASES_MILLIS_MAX = 6_000; // three leases

    /// One of all that can go wrong, each kind as often as the others.
    static Trouble any(Deployment deployment, Random random) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> killed(one(deployment.parts(), random));
            case 2 -> stillStanding(one(ofDaypass(deployment), random));
            default -> unreachable(deployment, random);
        };
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<Part.OfDaypass> ofDaypass(Deployment deployment) {
        return deployment.parts().stream()
                .filter(Part.OfDaypass.class::isInstance)
                .map(Part.OfDaypass.class::cast)
                .toList();
    }

    private static Trouble killed(Part part) {
        return new Trouble(part.name() + " killed", DOWN_MILLIS_MAX, part::kill, part::start);
    }

    private static Trouble stillStanding(Part.OfDaypass part) {
        return new Trouble(
                part.name() + " stood still",
                LEASES_MILLIS_MAX,
                () -> part.signal("STOP"),
                () -> part.signal("CONT"));
    }

    private static Trouble unreachable(Deployment deployment, Random random) {
        Link link = one(deployment.links(), random);
        var links = new ArrayList<>(List.of(link));
        String what = link.name();
        if (random.nextBoolean()) {
            // From all that it reaches.
            deployment.links().stream()
                    .filter(other -> other != link && other.from().equals(link.from()))
                    .forEach(links::add);
            what = link.from() + " to all";
        }
        Link.State how = one(List.of(Link.State.SWALLOWS, Link.State.CUT, Link.State.SLOW), random);
        return new Trouble(
                what + " " + told(how),
                LEASES_MILLIS_MAX,
                () -> links.forEach(each -> each.is(how)),
                () -> links.forEach(each -> each.is(Link.State.WELL)));
    }

    private static String told(Link.State how) {
        return switch (how) {
            case WELL -> "well";
            case SWALLOWS -> "swallows all";
            case CUT -> "cut";
            case SLOW -> "slow";
        };
    }
}
