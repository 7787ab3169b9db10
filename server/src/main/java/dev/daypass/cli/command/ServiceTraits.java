package dev.daypass.cli.command;

import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Trait;
import dev.daypass.wire.Json;
import dev.daypass.wire.JsonFields;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass service traits`.
@Command(
        description = "say what an operation does to the world, against what its document says",
        footer = "Traits: read, write, delete, money, personal, secret, admin, outward, identity.")
final class ServiceTraits implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Shell shell;
    @Mixin private final Printing printing;
    @Mixin private final AsOperator operator;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "its name")
    @SuppressWarnings("NullAway.Init")
    private ServiceId service;

    @Parameters(index = "1", paramLabel = "OPERATION", description = "its operation's name")
    private String operation = "";

    @Option(names = "--set", split = ",", paramLabel = "TRAIT", description = "exactly these")
    private @Nullable List<Trait> set;

    @Option(names = "--add", split = ",", paramLabel = "TRAIT", description = "these as well")
    private @Nullable List<Trait> add;

    @Option(names = "--remove", split = ",", paramLabel = "TRAIT", description = "not these")
    private @Nullable List<Trait> remove;

    @Option(names = "--reset", description = "what its document says")
    private boolean reset;

    ServiceTraits(Shell shell) {
        this.shell = shell;
        this.printing = new Printing(shell);
        this.operator = new AsOperator(shell);
    }

    @Override
    public Integer call() {
        int ways =
                (set == null ? 0 : 1) + (add == null && remove == null ? 0 : 1) + (reset ? 1 : 0);
        if (ways != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say one of --set, --reset, and --add with --remove; see them with: daypass service show "
                            + service);
        }
        return printing.answer(
                operator.send(
                        "PUT",
                        "/v1/services/" + service + "/traits",
                        Json.object()
                                .put("operation", operation)
                                .put("set", words(set))
                                .put("add", words(add))
                                .put("remove", words(remove))
                                .put("reset", reset ? Json.of(true) : null)
                                .build()),
                this::print);
    }

    private static Json.@Nullable Arr words(@Nullable List<Trait> traits) {
        return traits == null ? null : Json.strings(traits.stream().map(Trait::word).toList());
    }

    private void print(Json corrected) {
        JsonFields fields = JsonFields.of(corrected);
        fields.strings("warnings")
                .forEach(warning -> shell.note(Visible.of("daypass: warning: " + warning)));
        shell.say(
                Visible.of(
                        "%s.%s: %s"
                                .formatted(
                                        service,
                                        operation,
                                        String.join(", ", fields.strings("traits")))));
    }
}
