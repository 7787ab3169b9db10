package dev.daypass.ledger;

import dev.daypass.identity.AccountId;
import dev.daypass.identity.TenantId;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.JsonLimits;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A part of the ledger in a file that stands alone: a head with what comes before, a line for each
/// fact, and a last line with what comes after and the checkpoint that signs it all. Checked line
/// by line.
public final class ExportFile {
    public static final String FORMAT = "daypass-ledger/1";

    private final @Nullable NoteKey log;
    private final List<Expected> expected = new ArrayList<>();
    private LedgerCheck check = new LedgerCheck();
    private long lines;
    private long from;
    private long to;
    private @Nullable Checkpoint signed;
    private @Nullable SignedNote note;

    /// @param log the key that must have signed; `null` to leave that to the caller
    public ExportFile(@Nullable NoteKey log) {
        this.log = log;
    }

    private record Expected(Tree tree, String who) {}

    /// What surrounds a part of the ledger.
    ///
    /// @param from its first fact
    /// @param to its last fact
    /// @param before the tree before it
    /// @param after the perfect subtrees that complete the checkpoint's tree
    /// @param checkpoint that signs it
    public record Range(
            long from, long to, Frontier before, List<TreeHash> after, SignedNote checkpoint) {
        /// Of a tree whose checkpoint is of `to` facts or more.
        public static Range of(long from, long to, SignedNote checkpoint, Nodes nodes) {
            long size = Checkpoint.parse(checkpoint.text()).tree().size();
            if (from < 1 || to < from - 1 || to > size) {
                throw new IllegalArgumentException(
                        "no facts %d to %d in a ledger of %d".formatted(from, to, size));
            }
            var before = new ArrayList<TreeHash>();
            long at = 0;
            while (at < from - 1) {
                int level = level(at, from - 1);
                before.add(nodes.node(level, at >> level));
                at += 1L << level;
            }
            var after = new ArrayList<TreeHash>();
            at = to;
            while (at < size) {
                int level = level(at, size);
                after.add(nodes.node(level, at >> level));
                at += 1L << level;
            }
            return new Range(from, to, new Frontier(from - 1, before), after, checkpoint);
        }

        public Json.Obj head() {
            return Json.object()
                    .put("export", FORMAT)
                    .put("from", from)
                    .put("to", to)
                    .put("before", hashes(before.roots()))
                    .build();
        }

        public Json.Obj foot() {
            return Json.object()
                    .put("after", hashes(after))
                    .put("checkpoint", checkpoint.toString())
                    .build();
        }

        private static Json.Arr hashes(List<TreeHash> hashes) {
            return Json.strings(hashes.stream().map(TreeHash::toString).toList());
        }
    }

    /// The largest perfect subtree that begins at `at` and ends no later than `end`.
    private static int level(long at, long end) {
        int fits = 63 - Long.numberOfLeadingZeros(end - at);
        return at == 0 ? fits : Math.min(fits, Long.numberOfTrailingZeros(at));
    }

    /// Makes it check that the ledger was this tree, where the export reaches that far.
    public void expect(Tree tree, String who) {
        expected.add(new Expected(tree, who));
    }

    /// What is wrong with the next line; empty for nothing.
    public String line(String line) {
        lines++;
        try {
            byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
            JsonFields fields = JsonFields.of(Json.parse(utf8, JsonLimits.DOCUMENT));
            if (signed != null) {
                return "line %d stands behind the end of the export".formatted(lines);
            }
            if (lines == 1) {
                return head(fields);
            }
            return fields.names().contains("checkpoint") ? foot(fields) : fact(fields);
        } catch (WireException | IllegalArgumentException e) {
            return "line %d is not of an export: %s".formatted(lines, e.getMessage());
        }
    }

    private String head(JsonFields fields) {
        if (!fields.string("export").equals(FORMAT)) {
            throw new WireException("expected `%s`".formatted(FORMAT));
        }
        from = fields.longValue("from");
        to = fields.longValue("to");
        List<TreeHash> before = fields.strings("before").stream().map(TreeHash::of).toList();
        fields.end();
        check = new LedgerCheck(new Frontier(from - 1, before));
        for (Expected each : expected) {
            Tree tree = each.tree();
            if (tree.size() == from - 1 && !tree.root().equals(check.frontier().root())) {
                return "what comes before fact %d is not what %s knows of"
                        .formatted(from, each.who());
            }
            if (tree.size() <= to) {
                check.expect(tree, each.who());
            }
        }
        return "";
    }

    private String fact(JsonFields fields) {
        TreeHash leaf = TreeHash.of(fields.string("leaf"));
        String account = fields.stringOrNull("account");
        if (!(fields.take("body") instanceof Json.Obj body)) {
            throw new WireException("`body` is missing; expected an object");
        }
        var entry =
                new Entry(
                        fields.longValue("seq"),
                        Instant.ofEpochMilli(fields.longValue("time")),
                        new TenantId(fields.string("tenant")),
                        account == null ? null : new AccountId(account),
                        fields.string("type"),
                        body,
                        fields.stringOrNull("sealed"));
        // A member that the tree does not cover would look as if it did.
        fields.end();
        return check.objection(entry, leaf);
    }

    private String foot(JsonFields fields) {
        if (check.frontier().size() != to) {
            return "the export ends after fact %d; it should hold those up to %d"
                    .formatted(check.frontier().size(), to);
        }
        List<TreeHash> after = fields.strings("after").stream().map(TreeHash::of).toList();
        SignedNote read =
                SignedNote.parse(fields.string("checkpoint").getBytes(StandardCharsets.UTF_8));
        fields.end();
        Checkpoint checkpoint =
                log == null ? Checkpoint.parse(read.text()) : Checkpoint.verified(read, log);
        Tree tree = checkpoint.tree();
        Frontier whole = check.frontier();
        for (TreeHash hash : after) {
            if (whole.size() >= tree.size()) {
                throw new WireException("more hashes than the checkpoint's tree has");
            }
            whole = whole.append(level(whole.size(), tree.size()), hash, (_, _, _) -> {});
        }
        if (whole.size() != tree.size() || !whole.root().equals(tree.root())) {
            return "facts %d to %d are not those of the signed checkpoint".formatted(from, to);
        }
        signed = checkpoint;
        for (Expected each : expected) {
            if (each.tree().size() > tree.size()) {
                return "the checkpoint is of %d facts, but %s knows of %d"
                        .formatted(tree.size(), each.who(), each.tree().size());
            }
            if (each.tree().size() == tree.size() && !each.tree().root().equals(tree.root())) {
                return "the checkpoint is not the one that %s knows of".formatted(each.who());
            }
        }
        note = read;
        return "";
    }

    /// What is wrong once the file has ended; empty for nothing.
    public String end() {
        return signed == null
                ? "the export ends after fact %d, before its checkpoint"
                        .formatted(check.frontier().size())
                : "";
    }

    /// The trees that were expected, and that this export cannot tell anything about.
    public List<Tree> unchecked() {
        long size = signed == null ? 0 : signed.tree().size();
        return expected.stream()
                .map(Expected::tree)
                .filter(tree -> tree.size() < from - 1 || (tree.size() > to && tree.size() < size))
                .toList();
    }

    /// The checkpoint that signs all; `null` until it was read.
    public @Nullable Checkpoint checkpoint() {
        return signed;
    }

    /// The checkpoint as it was signed, once all was found right.
    public Optional<SignedNote> note() {
        return Optional.ofNullable(note);
    }

    /// How many facts were read.
    public long facts() {
        return lines == 0 ? 0 : check.frontier().size() - from + 1;
    }
}
