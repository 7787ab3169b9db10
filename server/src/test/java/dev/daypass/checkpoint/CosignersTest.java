package dev.daypass.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.daypass.config.LedgerWitness;
import dev.daypass.ledger.AddCheckpoint;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.MerkleProof;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.NoteSigner;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.ledger.TreeHash;
import dev.daypass.ledger.WitnessAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Witnesses sign what the server signed, and whatever they do, the ledger goes on.
///
/// Mutations that make it fail: in `AskedWitness.asked`, forget what a witness knows; in
/// `AskedWitness.isDue`, do not wait; in `Cosigners.round`, keep what was signed of an older
/// checkpoint.
class CosignersTest {
    @TempDir Path home;
    private final Leaves leaves = new Leaves();
    private final Map<String, Fake> witnesses = new HashMap<>();
    private long nanos;
    private Path directory = Path.of(".");

    /// A witness (C2SP `tlog-witness`) that can be made to misbehave.
    private static final class Fake implements Asking {
        private final NoteSigner signer;
        private final List<Long> olds = new ArrayList<>();
        private Tree seen = new Tree(0, TreeHash.EMPTY);
        private Asking behaviour = this::signed;

        Fake(String name) {
            signer = new NoteSigner(name, NoteKey.Kind.COSIGNER);
        }

        @Override
        public WitnessAnswer ask(LedgerWitness as, AddCheckpoint asked) throws IOException {
            olds.add(asked.old());
            return behaviour.ask(as, asked);
        }

        WitnessAnswer signed(LedgerWitness as, AddCheckpoint asked) {
            Tree tree = Checkpoint.parse(asked.note().text()).tree();
            if (asked.old() != seen.size()) {
                return said(409, seen.size() + "\n").ask(as, asked);
            }
            if (asked.old() > 0 && !MerkleProof.consistent(seen, tree, asked.proof())) {
                return said(422, "").ask(as, asked);
            }
            seen = tree;
            return signedBy(signer).ask(as, asked);
        }
    }

    /// Answers that throw nothing but what [WitnessAnswer#read] throws.
    private interface Saying extends Asking {
        @Override
        WitnessAnswer ask(LedgerWitness as, AddCheckpoint asked);
    }

    private static Saying said(int status, String body) {
        return (as, asked) ->
                WitnessAnswer.read(
                        status, body.getBytes(StandardCharsets.UTF_8), asked.note(), as.key());
    }

    private static Saying signedBy(NoteSigner signer) {
        return (as, asked) ->
                said(200, signer.cosign(asked.note(), Instant.EPOCH).toString()).ask(as, asked);
    }

    @BeforeEach
    void aLog() throws IOException {
        directory = home.resolve("data");
        LogKey.create(directory, "daypass.example");
        leaves.add(5, "a");
    }

    private Fake witness(String name) {
        var fake = new Fake(name);
        witnesses.put(name, fake);
        return fake;
    }

    private Checkpointer checkpoints() {
        return Checkpointer.open(directory, "daypass.example", leaves);
    }

    private Cosigners cosigners(Checkpointer checkpoints) {
        List<LedgerWitness> all =
                witnesses.values().stream()
                        .map(fake ->
                                new LedgerWitness(
                                        URI.create(
                                                "https://host.example/" + fake.signer.key().name()),
                                        fake.signer.key()))
                        .toList();
        return new Cosigners(
                all,
                checkpoints,
                leaves,
                (as, asked) ->
                        Objects.requireNonNull(witnesses.get(as.key().name())).ask(as, asked),
                () -> nanos);
    }

    private void tick(Checkpointer checkpoints, Cosigners cosigners) {
        checkpoints.tick();
        cosigners.tick();
    }

    private static void signedBy(SignedNote note, Fake... by) {
        assertEquals(1 + by.length, note.signatures().size());
        for (Fake witness : by) {
            assertEquals(1, note.signedBy(witness.signer.key()).size());
        }
    }

    @Test
    void what_is_served_carries_the_signatures_of_all_that_sign() {
        Fake one = witness("one");
        Fake two = witness("two");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);

        tick(checkpoints, cosigners);

        signedBy(checkpoints.covering(0), one, two);
        signedBy(checkpoints.covering(5), one, two);
        assertEquals(List.of(), cosigners.failing());
    }

    @Test
    void each_is_asked_once_for_a_checkpoint_and_shown_that_the_next_begins_with_it() {
        Fake one = witness("one");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);

        tick(checkpoints, cosigners);
        tick(checkpoints, cosigners);
        leaves.add(4, "b");
        tick(checkpoints, cosigners);

        assertEquals(List.of(0L, 5L), one.olds);
        assertEquals(leaves.tree(), one.seen);
        signedBy(checkpoints.covering(9), one);
    }

    @Test
    void one_that_signed_before_the_start_names_its_size_and_is_shown_the_proof() {
        Fake one = witness("one");
        one.seen = leaves.tree();
        leaves.add(4, "b");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);

        tick(checkpoints, cosigners);

        assertEquals(List.of(0L, 5L), one.olds);
        signedBy(checkpoints.covering(0), one);
    }

    @Test
    void a_fact_that_no_witness_has_signed_yet_is_proved_all_the_same() {
        Fake one = witness("one");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);
        tick(checkpoints, cosigners);
        leaves.add(1, "b");

        signedBy(checkpoints.covering(6));
        signedBy(checkpoints.covering(5), one);
    }

    @Test
    void one_that_fails_is_told_of_left_alone_for_a_while_and_holds_nothing_up() {
        Fake one = witness("one");
        Fake two = witness("two");
        two.behaviour =
                (_, _) -> {
                    throw new IOException("it does not answer");
                };
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);

        tick(checkpoints, cosigners);
        leaves.add(1, "b");
        tick(checkpoints, cosigners);

        signedBy(checkpoints.covering(6), one);
        assertEquals(List.of("two"), cosigners.failing());
        assertEquals(1, two.olds.size(), "it is left alone");

        two.behaviour = two::signed;
        nanos += Duration.ofSeconds(1).toNanos();
        tick(checkpoints, cosigners);

        signedBy(checkpoints.covering(6), one, two);
        assertEquals(List.of(), cosigners.failing());
    }

    @Test
    void pauses_grow_to_a_minute_and_no_further() {
        Fake one = witness("one");
        one.behaviour = said(503, "");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);

        for (long second = 0; second < 600; second++) {
            nanos = Duration.ofSeconds(second).toNanos();
            tick(checkpoints, cosigners);
        }

        // 0, 1, 3, 7, 15, 31, 63, and one each minute
        assertEquals(7 + (599 - 63) / 60, one.olds.size());
    }

    @Test
    void where_nobody_signs_any_more_the_newest_is_served_with_our_signature() {
        Fake one = witness("one");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);
        tick(checkpoints, cosigners);
        one.behaviour = said(404, "");
        leaves.add(1, "b");
        tick(checkpoints, cosigners);

        signedBy(checkpoints.covering(0));
        assertEquals(6, Checkpoint.parse(checkpoints.covering(0).text()).tree().size());
        assertEquals(List.of("one"), cosigners.failing());
    }

    @Test
    void whatever_is_no_answer_of_a_witness_is_no_signature() {
        Fake one = witness("one");
        var impostor = new NoteSigner("one", NoteKey.Kind.COSIGNER);
        Checkpointer checkpoints = checkpoints();
        List<Asking> bad =
                List.of(
                        said(200, ""),
                        said(200, "hello\n"),
                        said(409, "99999\n"),
                        said(409, "-1\n"),
                        said(422, ""),
                        said(302, ""),
                        signedBy(impostor));
        for (Asking behaviour : bad) {
            one.behaviour = behaviour;
            Cosigners cosigners = cosigners(checkpoints);

            tick(checkpoints, cosigners);

            signedBy(checkpoints.covering(0));
            assertEquals(List.of("one"), cosigners.failing());
        }
    }

    @Test
    void one_that_saw_another_history_never_signs_this_one() {
        Fake one = witness("one");
        one.seen = new Tree(5, TreeHash.leaf(new byte[] {9}));
        leaves.add(4, "b");
        Checkpointer checkpoints = checkpoints();
        Cosigners cosigners = cosigners(checkpoints);

        tick(checkpoints, cosigners);

        signedBy(checkpoints.covering(0));
        assertEquals(List.of("one"), cosigners.failing());
    }

    @Test
    void one_that_goes_back_and_forth_is_asked_three_times_and_no_more() {
        Fake one = witness("one");
        one.behaviour = (as, asked) -> said(409, asked.old() == 1 ? "2\n" : "1\n").ask(as, asked);
        Checkpointer checkpoints = checkpoints();

        tick(checkpoints, cosigners(checkpoints));

        assertEquals(List.of(0L, 1L, 2L), one.olds);
    }
}
