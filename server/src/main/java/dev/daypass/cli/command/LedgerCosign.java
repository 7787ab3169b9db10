package dev.daypass.cli.command;

import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.Answer;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import dev.daypass.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `daypass ledger cosign`: has an outside witness sign the newest checkpoint (C2SP
/// `tlog-witness`), which it does only if the ledger begins with what it has signed before.
@Command(description = "have an outside witness cosign the ledger's newest checkpoint")
final class LedgerCosign implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int CONFLICT = 409;

    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "the witness; `/add-checkpoint` is added")
    @SuppressWarnings("NullAway.Init")
    private String url;

    @Option(
            names = "--witness-key",
            required = true,
            paramLabel = "KEY",
            description = "the witness's public key")
    @SuppressWarnings("NullAway.Init")
    private String key;

    @Option(
            names = "--keep",
            paramLabel = "FILE|FOLDER",
            description =
                    "add the cosigned checkpoint to this witness file or folder, for `verify --witness`")
    private @Nullable String keep;

    LedgerCosign(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NoteKey witness = witness();
        URI endpoint = URI.create(Urls.parse(url) + "/add-checkpoint");
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            Asked asked = asked(0);
            HttpResponse<byte[]> answer = post(http, endpoint, asked.body());
            if (answer.statusCode() == CONFLICT) {
                // It has signed an earlier tree: it is shown that ours begins with that one.
                asked = asked(Checkpoint.size(text(answer).strip()));
                answer = post(http, endpoint, asked.body());
            }
            if (answer.statusCode() != 200) {
                throw new CommandFailure(
                        "the witness does not sign: it answered %d: %s"
                                .formatted(
                                        answer.statusCode(), Visible.clipped(text(answer), 200)));
            }
            return cosigned(asked.note(), witness, text(answer));
        } catch (WireException e) {
            throw new CommandFailure("the witness's answer: " + e.getMessage());
        }
    }

    private NoteKey witness() {
        try {
            NoteKey parsed = NoteKey.parse(key);
            if (parsed.kind() == NoteKey.Kind.COSIGNER) {
                return parsed;
            }
        } catch (WireException _) {
            // told below
        }
        throw new CommandFailure("`--witness-key` is no key of a witness: its kind is 04");
    }

    /// @param note that is to be signed
    /// @param body of the request
    private record Asked(SignedNote note, String body) {}

    private Asked asked(long before) {
        var body = new StringBuilder("old %d\n".formatted(before));
        SignedNote note;
        if (before == 0) {
            note = note(good(operator.send("GET", "/v1/ledger/checkpoint", null)).body().bytes());
        } else {
            Answer answer =
                    good(operator.send("GET", "/v1/ledger/consistency?from=" + before, null));
            JsonFields fields = JsonFields.of(answer.json());
            fields.strings("proof").forEach(hash -> body.append(hash).append('\n'));
            note = note(fields.string("checkpoint").getBytes(StandardCharsets.UTF_8));
        }
        return new Asked(note, body.append('\n').append(note).toString());
    }

    private static SignedNote note(byte[] utf8) {
        return SignedNote.parse(utf8);
    }

    private static Answer good(Answer answer) {
        if (!answer.good()) {
            throw new CommandFailure(
                    "the server proves nothing now: %s"
                            .formatted(answer.text("detail").orElse("no answer")));
        }
        return answer;
    }

    private static HttpResponse<byte[]> post(HttpClient http, URI endpoint, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(TIMEOUT)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        } catch (IOException _) {
            throw new CommandFailure("the witness at `%s` does not answer".formatted(endpoint));
        }
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private int cosigned(SignedNote note, NoteKey witness, String answer) throws IOException {
        List<SignedNote.Line> lines = new ArrayList<>();
        Arrays.stream(answer.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .forEach(line -> lines.add(SignedNote.line(line)));
        SignedNote signed = note.with(lines);
        var times = signed.signedBy(witness);
        if (times.isEmpty()) {
            throw new CommandFailure("the witness signed with another key than `--witness-key`");
        }
        if (keep != null) {
            NoteKey log =
                    NoteKey.parse(Files.readString(operator.file(LogKey.PUBLIC_FILE)).strip());
            Witness.kept(keep, log).add(signed);
        }
        if (printing.json()) {
            printing.json(Json.object().put("checkpoint", signed.toString()).build());
        } else {
            shell.say(
                    "cosigned: %d facts, by %s at %s"
                            .formatted(
                                    Checkpoint.parse(signed.text()).tree().size(),
                                    witness.name(),
                                    times.getFirst()));
        }
        return ExitCode.OK;
    }
}
