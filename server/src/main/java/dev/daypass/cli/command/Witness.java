package dev.daypass.cli.command;

import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.Tree;
import dev.daypass.wire.WireException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Who has seen checkpoints of the log earlier: a file, a folder that several verifiers share, or
/// an address that serves the newest one that it knows (C2SP `tlog-checkpoint`).
sealed interface Witness {
    /// What it has seen.
    List<SeenTree> seen();

    /// The same without where it is kept.
    default List<Tree> trees() {
        return seen().stream().map(SeenTree::tree).toList();
    }

    /// As messages name it.
    String who();

    /// Remembers one more, where it can.
    void add(SignedNote note);

    /// @throws CommandFailure if it cannot be read, or another log signed what it knows
    static Witness of(String where, NoteKey log) {
        return where.startsWith("https://") || where.startsWith("http://")
                ? At.read(Urls.parse(where), log)
                : kept(where, log);
    }

    /// A folder is a directory, or whatever ends in a slash.
    static Witness kept(String where, NoteKey log) {
        Path path = Path.of(where);
        return where.endsWith("/") || Files.isDirectory(path)
                ? new Shared(WitnessFolder.read(path, log))
                : new Kept(WitnessFile.read(path, log));
    }

    /// @param file of checkpoints
    record Kept(WitnessFile file) implements Witness {
        @Override
        public List<SeenTree> seen() {
            return file.seen();
        }

        @Override
        public String who() {
            return "the witness file";
        }

        @Override
        public void add(SignedNote note) {
            file.add(note);
        }
    }

    /// @param folder of checkpoints
    record Shared(WitnessFolder folder) implements Witness {
        @Override
        public List<SeenTree> seen() {
            return folder.seen();
        }

        @Override
        public String who() {
            return "the witness folder";
        }

        @Override
        public void add(SignedNote note) {
            folder.add(note);
        }
    }

    /// @param seen what it said
    /// @param who as messages name it
    record At(List<SeenTree> seen, String who) implements Witness {
        private static final Duration TIMEOUT = Duration.ofSeconds(10);
        private static final int NOTE_BYTES_MAX = 64 * 1024;

        static At read(URI url, NoteKey log) {
            try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
                try {
                    return of(url, get(http, url), log);
                } finally {
                    http.shutdownNow();
                }
            }
        }

        private static At of(URI url, HttpResponse<byte[]> answer, NoteKey log) {
            if (answer.statusCode() != 200) {
                throw new CommandFailure(
                        "the witness at `%s` answered %d; expected a checkpoint"
                                .formatted(url, answer.statusCode()));
            }
            try {
                SignedNote note = SignedNote.parse(answer.body());
                String who = "the witness at `%s`".formatted(url);
                return new At(
                        List.of(new SeenTree(Checkpoint.verified(note, log).tree(), who)), who);
            } catch (WireException e) {
                throw new CommandFailure(
                        Visible.of(
                                "the witness at `%s` serves no checkpoint of this log: %s"
                                        .formatted(url, e.getMessage())));
            }
        }

        // `HttpRequest.timeout` ends with the headers; the deadline here covers the body too.
        private static HttpResponse<byte[]> get(HttpClient http, URI url) {
            var answer =
                    http.sendAsync(
                            HttpRequest.newBuilder(url).GET().build(),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), NOTE_BYTES_MAX));
            try {
                return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException _) {
                answer.cancel(true);
                throw new CommandFailure(
                        "the witness at `%s` does not answer, or says too much".formatted(url));
            } catch (InterruptedException _) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new CommandFailure("interrupted");
            }
        }

        /// Whoever serves it looks for itself.
        @Override
        public void add(SignedNote note) {}
    }
}
