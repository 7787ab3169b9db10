package dev.daypass.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.daypass.check.Check;
import dev.daypass.check.Gen;
import dev.daypass.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
    private final NoteSigner log = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);
    private final NoteSigner witness = new NoteSigner("witness.example", NoteKey.Kind.COSIGNER);
    private final Checkpoint checkpoint =
            new Checkpoint("log.example/ledger", new Tree(8, TreeHash.leaf(new byte[0])));
    private final SignedNote note = log.sign(checkpoint);

    private static SignedNote parsed(String text) {
        return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_checkpoint_that_was_signed_is_read_back() {
        assertEquals(note, parsed(note.toString()));
        assertEquals(checkpoint, Checkpoint.verified(parsed(note.toString()), log.key()));
        assertEquals(log.key(), NoteKey.parse(log.key().toString()));
    }

    @Test
    void a_witness_says_when_and_signs_more_than_the_log() {
        SignedNote cosigned = note.with(List.of(witness.cosign(note, TIME)));

        assertEquals(List.of(TIME), parsed(cosigned.toString()).signedBy(witness.key()));
        assertEquals(checkpoint, Checkpoint.verified(cosigned, log.key()));
        assertEquals(List.of(), note.signedBy(witness.key()));
    }

    @Test
    void a_known_key_whose_signature_fails_fails_the_note() {
        var forged = new SignedNote(note.text().replace("\n8\n", "\n9\n"), note.signatures());

        assertThrows(WireException.class, () -> Checkpoint.verified(forged, log.key()));
        assertThrows(WireException.class, () -> forged.signedBy(log.key()));
    }

    @Test
    void the_signature_of_a_log_is_not_one_of_a_witness() {
        var asWitness = new NoteKey("log.example/ledger", NoteKey.Kind.COSIGNER, log.key().key());

        assertEquals(List.of(), note.signedBy(asWitness));
    }

    @Test
    void a_cosignature_with_another_time_does_not_verify() {
        SignedNote.Line line = witness.cosign(note, TIME);
        byte[] bytes = java.util.Base64.getDecoder().decode(line.base64());
        for (int at = 4; at < bytes.length; at++) {
            byte[] other = bytes.clone();
            other[at] ^= 1;
            SignedNote changed =
                    note.with(
                            List.of(
                                    new SignedNote.Line(
                                            line.name(),
                                            java.util.Base64.getEncoder().encodeToString(other))));
            assertThrows(WireException.class, () -> changed.signedBy(witness.key()));
        }
    }

    @Test
    void a_checkpoint_nobody_known_signed_is_refused() {
        var stranger = new NoteSigner("log.example/ledger", NoteKey.Kind.LOG);

        assertThrows(WireException.class, () -> Checkpoint.verified(note, stranger.key()));
    }

    @Test
    void a_checkpoint_of_another_log_is_refused() {
        SignedNote other = log.sign(new Checkpoint("other.example", checkpoint.tree()));

        assertThrows(WireException.class, () -> Checkpoint.verified(other, log.key()));
    }

    @Test
    void what_is_no_note_is_refused() {
        for (String bad :
                List.of(
                        "",
                        "text\n",
                        "text\n\n",
                        "text\n\n\u2014 name AAAAAAAA",
                        "text\n\n- name AAAAAAAA\n",
                        "text\n\n\u2014 name AAAA\n",
                        "text\n\n\u2014 a+b AAAAAAAA\n",
                        "te\txt\n\n\u2014 name AAAAAAAA\n",
                        "text\n\n\u2014 name AAAAAAAA\n\n",
                        "text\n\n\u2014  AAAAAAAA\n",
                        "text\n\n\u2014 name AAAAAAB=\n")) {
            assertThrows(WireException.class, () -> parsed(bad), bad);
        }
        byte[] latin = "t\u00e9xt\n\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(WireException.class, () -> SignedNote.parse(latin));
        assertThrows(
                WireException.class, () -> SignedNote.parse(new byte[SignedNote.BYTES_MAX + 1]));
    }

    @Test
    void what_is_no_checkpoint_is_refused() {
        String root = checkpoint.tree().root().toString();
        for (String bad :
                List.of(
                        "origin\n8\n",
                        "origin\n08\n" + root + "\n",
                        "origin\n-8\n" + root + "\n",
                        "origin\n8\n" + root,
                        "origin\n8\nAAAA\n",
                        "or igin\n8\n" + root + "\n",
                        "origin\n8\n" + root + "\n\nmore\n",
                        "origin\n9999999999999999999\n" + root + "\n")) {
            assertThrows(WireException.class, () -> Checkpoint.parse(bad), bad);
        }
        assertEquals(8, Checkpoint.parse("origin\n8\n" + root + "\nmore\n").tree().size());
    }

    @Test
    void a_key_that_is_not_whole_is_refused() {
        String key = log.key().toString();
        for (String bad :
                List.of(
                        "",
                        "a+b",
                        key + "A",
                        key.replaceFirst("log", "lag"),
                        "a b+00000000+AA==")) {
            assertThrows(WireException.class, () -> NoteKey.parse(bad), bad);
        }
    }

    @Test
    void a_proof_of_a_fact_stands_alone() {
        BruteTree tree =
                new BruteTree(
                        List.of(TreeHash.EMPTY, TreeHash.leaf(new byte[] {7}), TreeHash.EMPTY));
        SignedNote signed = log.sign(new Checkpoint("log.example/ledger", tree.at(3)));
        String file = new FactProof(1, tree.path(1, 3), signed).toString();
        FactProof read = FactProof.parse(file.getBytes(StandardCharsets.UTF_8));

        assertEquals(3, read.verified(new byte[] {7}, log.key()).tree().size());
        assertThrows(WireException.class, () -> read.verified(new byte[] {8}, log.key()));
        assertThrows(
                WireException.class,
                () ->
                        FactProof.parse(
                                file.replace("index 1\n", "").getBytes(StandardCharsets.UTF_8)));
        assertThrows(
                WireException.class,
                () ->
                        FactProof.parse(
                                        file.replace("index 1", "index 2")
                                                .getBytes(StandardCharsets.UTF_8))
                                .verified(new byte[] {7}, log.key()));
    }

    @Test
    void a_path_of_a_tile_has_one_spelling() {
        assertEquals(new TilePath(0, 1_234_067, 256), TilePath.parse("0/x001/x234/067"));
        assertEquals(new TilePath(TilePath.ENTRIES, 5, 17), TilePath.parse("entries/005.p/17"));
        Check.forAll(random -> {
            var path =
                    new TilePath(
                            random.nextInt(-1, 64),
                            random.nextLong(1L << random.nextInt(1, 59)),
                            random.nextInt(256) + 1);
            assertEquals(path, TilePath.parse(path.toString()));
        });
        for (String bad :
                List.of(
                        "",
                        "0",
                        "0/",
                        "0/5",
                        "0/0005",
                        "0/x005",
                        "0/x000/005",
                        "0/005.p/0",
                        "0/005.p/256",
                        "0/005.p/07",
                        "0/005/",
                        "64/005",
                        "00/005",
                        "-1/005",
                        "0/001/005",
                        "0/x001/x005",
                        "entries/../005",
                        "0/00५",
                        "0/005.p")) {
            assertThrows(WireException.class, () -> TilePath.parse(bad), bad);
        }
    }

    @Test
    void whatever_is_damaged_is_refused_in_one_line_or_read_as_it_is() {
        String file = new FactProof(0, List.of(TreeHash.EMPTY), note).toString();
        Check.forAll(
                3_000,
                random -> {
                    byte[] bytes = Gen.mutated(random, file, "\n \u2014+=AB019" + log.key().name());
                    try {
                        FactProof read = FactProof.parse(bytes);
                        assertEquals(
                                read,
                                FactProof.parse(read.toString().getBytes(StandardCharsets.UTF_8)));
                    } catch (WireException e) {
                        assertTrue(String.valueOf(e.getMessage()).lines().count() == 1);
                    }
                });
    }
}
