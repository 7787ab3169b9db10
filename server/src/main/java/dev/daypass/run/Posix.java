package dev.daypass.run;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Calls to the C library that Java has no words for.
final class Posix {
    private Posix() {}

    /// Sends a signal to a process. Says nothing where there is none any more.
    static void kill(long pid, int signal) {
        call("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), (int) pid, signal);
    }

    /// On Linux: nobody else of this user may read this process's memory, and it leaves no core
    /// file; and what a program starts and leaves behind stays below this process (prctl(2)).
    /// Elsewhere nothing.
    ///
    /// @throws IllegalStateException if it cannot be had on Linux
    static void keepToItself() {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return;
        }
        if (longs("prctl", PR_SET_DUMPABLE, 0) != 0
                || longs("prctl", PR_SET_CHILD_SUBREAPER, 1) != 0) {
            throw new IllegalStateException("prctl");
        }
    }

    /// From now on `SIGQUIT`, which asks a JVM for its threads, does nothing to this process
    /// (signal(2)). A program that is started afterwards would inherit that.
    static void ignoreQuit() {
        longs("signal", SIGQUIT, SIG_IGN);
    }

    /// Ends this process at once (_exit(2)): no hook runs, nothing is written. A JVM that is told
    /// to end waits 300 ms for threads that are in native code, and each that waits for a socket
    /// is. Returns where that cannot be had.
    static void exit(int status) {
        longs("_exit", status, 0);
    }

    private static final int SIGQUIT = 3;
    private static final long SIG_IGN = 1;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    /// One shape for all that want a number and a long: each shape costs time at the start.
    private static int longs(String name, int first, long second) {
        return call(
                name,
                FunctionDescriptor.of(
                        JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                first,
                second,
                0L,
                0L,
                0L);
    }

    @SuppressWarnings("restricted")
    private static int call(String name, FunctionDescriptor as, Object... arguments) {
        Linker linker = Linker.nativeLinker();
        Optional<MethodHandle> function =
                linker.defaultLookup().find(name).map(at -> linker.downcallHandle(at, as));
        if (function.isEmpty()) {
            return -1;
        }
        try {
            return (int) function.get().invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(name, e);
        }
    }
}
