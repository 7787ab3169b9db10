package dev.daypass.intent;

import org.jspecify.annotations.Nullable;

/// How well an operation fits what a task says.
///
/// @param score 0 to about 1.2
/// @param whole whether everything that its name names was spoken of
/// @param because the words
/// @param action what asks for it; `null` where it only looks
record Match(Shape shape, double score, boolean whole, Span because, @Nullable Action action) {
    static final java.util.Comparator<Match> BEST_FIRST =
            java.util.Comparator.comparingDouble((Match m) -> -m.score())
                    .thenComparing(m -> m.shape().operation().id());
    private static final double EXACT_VERB = 0.15;
    private static final double VERB_ONLY = 0.75;
    private static final double UNTYPED = 0.62;
    private static final String ADD = "add";
    private static final double IDENTIFIED = 0.75;
    private static final double NAMED = 0.5;
    private static final double NAMED_MIN = 0.6;
    private static final java.util.Set<String> WIDE =
            java.util.Set.of(
                    "look", "create", "add", "update", "move", "run", "submit", "start", "open",
                    "attach", "log", "plan", "edit", "invite", "send", "request");
    private static final java.util.Set<String> MAKING =
            java.util.Set.of("create", "add", "run", "submit");
    private static final java.util.Set<String> NARROW =
            Lexicon.words(
                    "forward reply comment share postpone copy refund follow publish unlock notify identity leave invite");

    /// An operation that looks, against everything that the task speaks of.
    static @Nullable Match look(Shape shape, Mentions said) {
        double total = 0;
        double matched = 0;
        boolean whole = true;
        Span because = null;
        for (var concept : shape.concepts().entrySet()) {
            total += concept.getValue();
            Mentions.Mention mention = mention(shape, concept.getKey(), said);
            whole &= mention != null;
            if (mention != null) {
                matched += concept.getValue() * mention.strength();
                because = because == null ? mention.span() : because.and(mention.span());
            }
        }
        return because == null ? null : new Match(shape, matched / total, whole, because, null);
    }

    private static Mentions.@Nullable Mention mention(Shape shape, String concept, Mentions said) {
        Mentions.Mention best = said.of(concept);
        for (String other : shape.either().getOrDefault(concept, java.util.Set.of())) {
            Mentions.Mention mention = said.of(other);
            if (mention != null && (best == null || mention.strength() > best.strength())) {
                best = mention;
            }
        }
        if (best == null && said.identifier() != null && identified(shape, concept)) {
            return new Mentions.Mention(IDENTIFIED, said.identifier());
        }
        if (best == null
                && said.name() != null
                && shape.reads()
                && shape.needs().size() == 1
                && identified(shape, concept)) {
            return new Mentions.Mention(NAMED, said.name());
        }
        return best;
    }

    // `P-1720` stands for the patient, where an argument wants a patient's identifier.
    private static boolean identified(Shape shape, String concept) {
        return !concept.equals(shape.head())
                && shape.needs().stream()
                        .anyMatch(n ->
                                n.kind() == Shape.Need.Kind.IDENTIFIER
                                        && n.thing().equals(concept));
    }

    // `make a reservation` is to reserve.
    private static boolean light(Shape shape, Action action) {
        return action.objects().stream()
                .anyMatch(t ->
                        Kinds.ofThing(t.stem()).stream()
                                .anyMatch(g ->
                                        action.groups().contains(g)
                                                && Lexicon.groups(shape.verb()).contains(g)));
    }

    /// An operation that looks in a way of its own: `translate`, `compare`.
    static @Nullable Match doing(Shape shape, Action action, @Nullable Match looked) {
        if (!shape.reads() || !action.stem().equals(shape.verb()) || PLAIN.contains(shape.verb())) {
            return null;
        }
        double score = looked == null ? UNTYPED : Math.max(UNTYPED, looked.score()) + EXACT_VERB;
        return new Match(
                shape,
                score,
                true,
                looked == null ? action.span() : action.span().and(looked.because()),
                null);
    }

    private static final java.util.Set<String> PLAIN =
            Lexicon.stems(
                    "get list search find read view show fetch look retrieve query check see lookup open give tell browse filter download");

    /// An operation that changes something, against one action of the task.
    ///
    /// @param said what the action speaks of
    static @Nullable Match change(Shape shape, Action action, Mentions said, Catalog catalog) {
        if (shape.reads() || shape.groups().stream().noneMatch(action.groups()::contains)) {
            return null;
        }
        boolean exact =
                action.stem().equals(shape.verb())
                        || light(shape, action)
                        || (Lexicon.general(shape.verb())
                                && Kinds.impliedBy(action.stem()).contains(shape.head()));
        if (shape.concepts().isEmpty()) {
            return exact
                    ? new Match(shape, VERB_ONLY + EXACT_VERB, true, action.span(), action)
                    : null;
        }
        boolean created =
                action.stem().equals(ADD)
                        && shape.groups().contains("create")
                        && !shape.groups().contains(ADD);
        if (created && Mentions.of(action.objects()).of(shape.head()) == null) {
            return null;
        }
        if (broad(shape, action) && !namedBy(shape, action)) {
            return null;
        }
        if (widened(shape, action) && !namedBy(shape, action)) {
            return null;
        }
        Match looked = look(shape, said);
        boolean headless =
                shape.concepts().containsKey(shape.head())
                        && mention(shape, shape.head(), said) == null;
        if (looked == null || headless || looked.score() < UNTYPED) {
            Match untyped = untyped(shape, action, catalog, exact);
            if (untyped != null) {
                return untyped;
            }
        }
        if (looked == null || headless) {
            return null;
        }
        return new Match(
                shape,
                looked.score() + (exact ? EXACT_VERB : 0),
                looked.whole(),
                action.span().and(looked.because()),
                action);
    }

    private static final java.util.Set<String> ONE = java.util.Set.of("one", "another");

    // `file it`, `make one`: what is to be made has to be named.
    private static boolean broad(Shape shape, Action action) {
        return action.groups().stream().filter(shape.groups()::contains).allMatch(MAKING::contains);
    }

    // What is only some kind of change has to be said of the thing itself.
    private static boolean widened(Shape shape, Action action) {
        return Lexicon.general(shape.verb())
                && action.groups().stream()
                        .filter(shape.groups()::contains)
                        .allMatch(g -> Kinds.CHANGES.contains(g) && !UPDATING.contains(g));
    }

    private static final java.util.Set<String> UPDATING = java.util.Set.of("update", "edit");

    private static boolean namedBy(Shape shape, Action action) {
        if (!action.objects().isEmpty() && ONE.contains(action.objects().getFirst().lower())) {
            return true;
        }
        Mentions own = Mentions.of(action.scope());
        own.implied(action.stem(), action.span(), 1);
        Mentions.Mention head = mention(shape, shape.head(), own);
        return head != null && head.strength() >= NAMED_MIN;
    }

    // `bin the newsletter`: a thing that no operation is named after is what the catalog is mostly
    // about, or what only one kind of action is done to.
    private static @Nullable Match untyped(
            Shape shape, Action action, Catalog catalog, boolean exact) {
        if (catalog.names(action.objects())) {
            return null;
        }
        boolean pointed =
                action.objects().stream().anyMatch(t -> !Lexicon.stop(t.lower()))
                        || Subjects.back(action);
        boolean narrow =
                action.groups().stream()
                        .anyMatch(g ->
                                NARROW.contains(g)
                                        && shape.groups().contains(g)
                                        && Stem.of(g).equals(shape.verb()));
        if (!pointed) {
            return null;
        }
        boolean topical =
                catalog.topic(shape.head())
                        && shape.telling() <= 2
                        && action.groups().stream()
                                .anyMatch(g -> shape.groups().contains(g) && !WIDE.contains(g));
        if (!narrow && !topical) {
            return null;
        }
        Span because =
                action.objects().isEmpty()
                        ? action.span()
                        : action.span().and(action.objects().getLast().span());
        return new Match(
                shape,
                UNTYPED + (exact ? EXACT_VERB : 0) + (topical ? 0.1 : 0),
                false,
                because,
                action);
    }

    /// An operation that nothing was said of by name.
    static Match guess(Shape shape, double score, Span because) {
        return new Match(shape, score, false, because, null);
    }

    Match plus(double more) {
        return new Match(shape, score + more, whole, because, action);
    }
}
