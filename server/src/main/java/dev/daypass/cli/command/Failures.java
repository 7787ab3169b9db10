package dev.daypass.cli.command;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Errors as one line on standard error, and the exit code that goes with them.
final class Failures {
    private static final Set<String> SECRETS =
            Set.of("--secret", "--value", "--password", "--token", "--key", "--api-key");

    private final Shell shell;

    Failures(Shell shell) {
        this.shell = shell;
    }

    int execution(Exception e, ParseResult result) {
        if (result.expandedArgs().contains("--debug")) {
            e.printStackTrace(shell.err());
        }
        return FailureText.told(shell, e);
    }

    int parameter(ParameterException e, String[] args) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        shell.note("daypass: %s; see `%s --help`".formatted(wrong(e), name));
        return ExitCode.USAGE;
    }

    private static String wrong(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
        message = message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
        message = message.replace("option option", "option");
        return Visible.of(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
    }

    /// Only the first is named, and without a value: what comes after may be a secret.
    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().getFirst();
        String name = first.startsWith("-") ? first.replaceFirst("=.*", "") : first;
        if (SECRETS.contains(name)) {
            return "`%s` is not an option, because others see arguments; use --secret-file, --secret-env or --secret-stdin"
                    .formatted(name);
        }
        return "`%s` is not known here%s".formatted(Visible.clipped(name, 60), hint(e, name));
    }

    private static String hint(UnmatchedArgumentException e, String name) {
        Optional<String> near =
                e.getSuggestions().stream().filter(known -> near(name, known)).findFirst();
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (near.isPresent()) {
            return "; did you mean %s?".formatted(near.get());
        }
        if (!command.subcommands().isEmpty() && command.parent() != null) {
            return "; known: " + String.join(", ", command.subcommands().keySet());
        }
        boolean task =
                command.positionalParameters().stream()
                        .anyMatch(parameter -> parameter.paramLabel().equals("TASK"));
        return task && !name.startsWith("-") ? "; put the task in quotes" : "";
    }

    /// Begun alike, and of almost the same length: a slip of the finger, not another word.
    private static boolean near(String typed, String known) {
        int same = 0;
        int least = Math.min(typed.length(), known.length());
        while (same < least && typed.charAt(same) == known.charAt(same)) {
            same++;
        }
        return same > 0 && Math.abs(typed.length() - known.length()) <= 2;
    }
}
