package dev.daypass.cli.command;

import dev.daypass.checkpoint.LogKey;
import dev.daypass.cli.Answer;
import dev.daypass.ledger.AddCheckpoint;
import dev.daypass.ledger.Checkpoint;
import dev.daypass.ledger.NoteKey;
import dev.daypass.ledger.SignedNote;
import dev.daypass.ledger.TreeHash;
import dev.daypass.ledger.WitnessAnswer;
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
            AddCheckpoint asked = asked(0);
            WitnessAnswer answer = ask(http, endpoint, asked, witness);
            if (answer instanceof WitnessAnswer.Knows(var size)) {
                // It has signed an earlier tree: it is shown that ours begins with that one.
                asked = asked(size);
                answer = ask(http, endpoint, asked, witness);
            }
            return switch (answer) {
                case WitnessAnswer.Cosigned(var line) ->
                        cosigned(asked.note().with(List.of(line)), witness);
                case WitnessAnswer.Knows _ ->
                        throw new CommandFailure("the witness names another size each time");
                case WitnessAnswer.Refused(var why) ->
                        throw new CommandFailure("the witness does not sign: " + why);
            };
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

    private AddCheckpoint asked(long before) {
        if (before == 0) {
            Answer answer = good(operator.send("GET", "/v1/ledger/checkpoint", null));
            return new AddCheckpoint(0, List.of(), SignedNote.parse(answer.body().bytes()));
        }
        JsonFields fields =
                JsonFields.of(
                        good(operator.send("GET", "/v1/ledger/consistency?from=" + before, null))
                                .json());
        return new AddCheckpoint(
                before,
                fields.strings("proof").stream().map(TreeHash::of).toList(),
                SignedNote.parse(fields.string("checkpoint").getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer good(Answer answer) {
        if (!answer.good()) {
            throw new CommandFailure(
                    "the server proves nothing now: %s"
                            .formatted(answer.text("detail").orElse("no answer")));
        }
        return answer;
    }

    private static WitnessAnswer ask(
            HttpClient http, URI endpoint, AddCheckpoint asked, NoteKey witness)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(TIMEOUT)
                        .POST(HttpRequest.BodyPublishers.ofString(asked.body()))
                        .build();
        HttpResponse<byte[]> answer;
        try {
            answer =
                    http.send(
                            request,
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(),
                                    WitnessAnswer.BYTES_MAX));
        } catch (IOException _) {
            throw new CommandFailure("the witness at `%s` does not answer".formatted(endpoint));
        }
        return WitnessAnswer.read(answer.statusCode(), answer.body(), asked.note(), witness);
    }

    private int cosigned(SignedNote signed, NoteKey witness) throws IOException {
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
                                    signed.signedBy(witness).getFirst()));
        }
        return ExitCode.OK;
    }
}
