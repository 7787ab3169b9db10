package dev.daypass.broker;

import dev.daypass.revocation.Incarnation;
import org.jspecify.annotations.Nullable;

/// Which member this server was when it ran last, as its data directory remembers it. A hint and no
/// more: the directory may be a copy of one whose server still runs.
public interface LastLife {
    /// `null` where nothing is known.
    @Nullable Incarnation read();

    void write(Incarnation life);

    /// Remembers nothing.
    LastLife NONE =
            new LastLife() {
                @Override
                public @Nullable Incarnation read() {
                    return null;
                }

                @Override
                public void write(Incarnation life) {}
            };
}
