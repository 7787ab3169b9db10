package dev.daypass.intent;

import java.util.ArrayList;
import java.util.List;

/// The parser that needs no model: what the words ask to be done and the things they speak of,
/// matched with the names of operations and of their arguments. Descriptions are never looked at:
/// what a service says of itself cannot add to a grant.
public final class EmbeddedParser implements IntentParser {
    private static final int PROPOSALS_MAX = 40;
    private static final double DOUBTED = 0.5;

    @Override
    public Intent understand(Task task, Catalog reach) {
        Reading reading = Reading.of(task, reach);
        var cues = new Cues(reading);
        Mentions all = Subjects.all(reading);
        var literals = new Literals(reading);
        var chosen = new Chosen();
        List<Double> fits = new ArrayList<>(new Changes(reading, reach).choose(chosen));
        double looked = new Looks(reading, reach, cues, all, literals).choose(chosen);
        if (looked > 0 || fits.isEmpty()) {
            fits.add(looked);
        }
        new Lookups(reach, cues, all).choose(chosen);
        List<Proposal> proposals =
                chosen.bestFirst(PROPOSALS_MAX).stream()
                        .map(match -> proposal(match, chosen, reading, literals))
                        .toList();
        double fit = fits.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double confidence = proposals.isEmpty() ? 0 : fit * (reading.doubted() ? DOUBTED : 1);
        return new Intent(proposals, confidence, Questions.of(reading, reach, chosen));
    }

    private static Proposal proposal(
            Match match, Chosen chosen, Reading reading, Literals literals) {
        return new Proposal(
                match.shape().operation(),
                literals.bounds(match),
                reading.spoken(reading.asked(literals.cited(match))),
                match.score(),
                false,
                chosen.serves(match));
    }
}
