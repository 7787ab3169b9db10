package dev.daypass.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The signals of this process, handed on to the program: from now on none ends this process, and
/// what comes before the program is there is kept for it. Thread-safe.
final class SignalRelay {
    /// What a terminal sends to every process in its foreground by itself.
    private static final List<String> FROM_TERMINAL = List.of("INT", "WINCH");

    private static final List<String> OTHERS =
            List.of("TERM", "HUP", "USR1", "USR2", "CONT", "ALRM");

    private final List<Integer> early = new ArrayList<>();
    private @Nullable Long child;
    private boolean over;

    private SignalRelay() {}

    static SignalRelay begin() {
        var signals = new SignalRelay();
        OTHERS.forEach(name -> Signals.on(name, signals::send));
        FROM_TERMINAL.forEach(name -> Signals.on(name, signals::fromTerminal));
        return signals;
    }

    /// Whom they are for.
    synchronized void to(long pid) {
        child = pid;
        // Ctrl-\ is the program's as well; this process has to live on and end the account.
        Posix.ignoreQuit();
        early.forEach(number -> Posix.kill(pid, number));
    }

    /// There is nobody any more: its number may be another's by now.
    synchronized void over() {
        over = true;
    }

    private synchronized void fromTerminal(int number) {
        if (child == null || !Terminal.inForeground()) {
            send(number);
        }
    }

    private synchronized void send(int number) {
        if (child == null) {
            early.add(number);
        } else if (!over) {
            Posix.kill(child, number);
        }
    }
}
