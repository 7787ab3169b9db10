package dev.daypass.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/// Signals of this process. The class behind it is every JDK's, and named only here: the compiler
/// takes no switch that lets it be used without a warning.
final class Signals {
    private Signals() {}

    /// Has the number of a signal handed to `then`, each time it comes. Does nothing where there is
    /// no such signal, or where the JVM keeps it for itself.
    static void on(String name, IntConsumer then) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            Object forward =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> {
                                if (!method.getName().equals("handle")) {
                                    return method.invoke(name, arguments);
                                }
                                then.accept((int) number.invoke(arguments[0]));
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), forward);
        } catch (ReflectiveOperationException e) {
            boolean kept =
                    e instanceof InvocationTargetException thrown
                            && thrown.getCause() instanceof IllegalArgumentException;
            if (!kept) {
                throw new IllegalStateException("every JDK has signals", e);
            }
        }
    }
}
