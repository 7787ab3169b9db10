package dev.daypass.run;

import static java.lang.foreign.ValueLayout.JAVA_INT;

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
