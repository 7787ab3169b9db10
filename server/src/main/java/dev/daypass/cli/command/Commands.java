package dev.daypass.cli.command;

import dev.daypass.account.AccountState;
import dev.daypass.identity.AccountId;
import dev.daypass.identity.AgentId;
import dev.daypass.identity.InvalidName;
import dev.daypass.identity.ServiceId;
import dev.daypass.permission.Trait;
import dev.daypass.run.Cloud;
import dev.daypass.run.TaskRun;
import dev.daypass.wire.Durations;
import dev.daypass.wire.WireException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// All commands. Nothing is remembered between two runs.
public final class Commands {
    private static final String ABOUT =
            "Temporary accounts for AI agents instead of permanent keys.";
    private static final String STATUS =
            "Exit status: 0 done, 1 failed or refused, 2 wrong usage, 3 waiting for a human, 4 no"
                    + " server there.";

    private Commands() {}

    /// Runs one command, and says what went wrong, in one line.
    ///
    /// @return the process's exit status
    public static int run(Shell shell, String... args) {
        CommandLine root = root(shell, args.length == 0 ? "" : args[0]);
        int code = configured(root, shell).execute(args);
        if (code == ExitCode.OK && shell.out().checkError()) {
            shell.note("daypass: standard output cannot be written; what was asked for was done");
            return ExitCode.FAILED;
        }
        return code;
    }

    /// With all commands, not configured.
    static CommandLine root(Shell shell) {
        return root(shell, "");
    }

    /// Only the command that is asked for is made: the others would cost time for nothing.
    private static CommandLine root(Shell shell, String asked) {
        CommandLine root = Group.of(ABOUT);
        root.getCommandSpec().name("daypass").usageMessage().footer("", STATUS);
        Map<String, Function<Shell, Object>> all = all();
        Function<Shell, Object> one = all.get(asked);
        if (one == null) {
            all.forEach((name, command) -> root.addSubcommand(name, command.apply(shell)));
        } else {
            root.addSubcommand(asked, one.apply(shell));
        }
        return root;
    }

    private static Map<String, Function<Shell, Object>> all() {
        var all = new LinkedHashMap<String, Function<Shell, Object>>();
        all.put("serve", Serve::new);
        all.put("init", Init::new);
        all.put("agent", Commands::agent);
        all.put("edge", Commands::edge);
        all.put("service", Commands::service);
        all.put("rules", Commands::rules);
        all.put("open", Open::new);
        all.put("run", RunTask::new);
        all.put("explain", Explain::new);
        all.put("widen", Widen::new);
        all.put("end", End::new);
        all.put("ls", Ls::new);
        all.put("show", Show::new);
        all.put("approve", Approve::new);
        all.put("deny", Deny::new);
        all.put("revoke", Revoke::new);
        all.put("ledger", Commands::ledger);
        all.put("events", Commands::events);
        all.put("usage", Usage::new);
        all.put("version", Version::new);
        return all;
    }

    private static CommandLine agent(Shell shell) {
        return Group.of("register and enrol agents")
                .addSubcommand("add", new AgentAdd(shell))
                .addSubcommand("enrol", new AgentEnrol(shell))
                .addSubcommand("renew", new AgentRenew(shell))
                .addSubcommand("ls", new AgentLs(shell))
                .addSubcommand("rm", new AgentRm(shell));
    }

    private static CommandLine edge(Shell shell) {
        return Group.of("register and enrol edges in processes of their own")
                .addSubcommand("add", new EdgeAdd(shell))
                .addSubcommand("enrol", new EdgeEnrol(shell))
                .addSubcommand("ls", new EdgeLs(shell))
                .addSubcommand("rm", new EdgeRm(shell));
    }

    private static CommandLine service(Shell shell) {
        return Group.of("register services")
                .addSubcommand("add", new ServiceAdd(shell))
                .addSubcommand("ls", new ServiceLs(shell))
                .addSubcommand("show", new ServiceShow(shell))
                .addSubcommand("traits", new ServiceTraits(shell))
                .addSubcommand("tools", new ServiceTools(shell))
                .addSubcommand("accept", new ServiceAccept(shell))
                .addSubcommand("rm", new ServiceRm(shell));
    }

    private static CommandLine rules(Shell shell) {
        return Group.of("check rules and put them in force")
                .addSubcommand("test", new RulesCheck(shell))
                .addSubcommand("load", new RulesLoad(shell))
                .addSubcommand("ls", new RulesLs(shell));
    }

    private static CommandLine ledger(Shell shell) {
        return Group.of("verify, export, shred and report from the ledger")
                .addSubcommand("verify", new LedgerVerify(shell))
                .addSubcommand("export", new LedgerExport(shell))
                .addSubcommand("cosign", new LedgerCosign(shell))
                .addSubcommand("report", new LedgerReport(shell))
                .addSubcommand("shred", new LedgerShred(shell));
    }

    private static CommandLine events(Shell shell) {
        return Group.of("tell others that accounts ended")
                .addSubcommand("add", new EventsAdd(shell))
                .addSubcommand("ls", new EventsLs(shell))
                .addSubcommand("rm", new EventsRm(shell))
                .addSubcommand("verify", new EventsVerify(shell))
                .addSubcommand("dead", new EventsDead(shell))
                .addSubcommand("retry", new EventsRetry(shell));
    }

    static CommandLine configured(CommandLine root, Shell shell) {
        var failures = new Failures(shell);
        return root.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A task that begins with @ is a task, and names no file to read arguments from.
                .setExpandAtFiles(false)
                .registerConverter(AccountId.class, named(AccountId::new))
                .registerConverter(AgentId.class, named(AgentId::new))
                .registerConverter(ServiceId.class, named(ServiceId::new))
                .registerConverter(Duration.class, Commands::duration)
                .registerConverter(Trait.class, word(Trait.class))
                .registerConverter(AccountState.class, word(AccountState.class))
                .registerConverter(TaskRun.Proxying.class, word(TaskRun.Proxying.class))
                .registerConverter(Cloud.class, word(Cloud.class))
                .registerConverter(Printing.Format.class, word(Printing.Format.class))
                .registerConverter(Long.class, Commands::number)
                .registerConverter(long.class, Commands::number)
                .setParameterExceptionHandler(failures::parameter)
                .setExecutionExceptionHandler((e, _, parsed) -> failures.execution(e, parsed));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static <T> ITypeConverter<T> named(Function<String, T> constructor) {
        return text -> {
            try {
                return constructor.apply(text);
            } catch (InvalidName e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }

    private static <E extends Enum<E>> ITypeConverter<E> word(Class<E> words) {
        return text -> {
            try {
                return Enum.valueOf(words, text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException _) {
                String known =
                        Arrays.stream(words.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
                throw new TypeConversionException(
                        "`%s` is not known; permitted: %s".formatted(text, known));
            }
        };
    }

    private static Long number(String text) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new TypeConversionException(
                    "`%s` is not a whole number of at most 18 digits".formatted(text));
        }
        return Long.valueOf(text);
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (WireException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
