package dev.daypass.store.sql;

import dev.daypass.store.Bus;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How the servers of a database tell each other what is new. Where only one writes it, there is
/// nothing to tell.
public final class Buses {
    private final Database database;
    private volatile @Nullable Bus bus;

    Buses(Database database) {
        this.database = database;
    }

    void joined(Bus first) {
        bus = first;
    }

    /// Puts another bus before the one there is.
    public void joining(UnaryOperator<Bus> over) {
        Bus there = bus;
        if (there != null) {
            bus = over.apply(there);
        }
    }

    /// @param otherwise whether another bus than the database's tells that something was written
    public void toldOtherwise(boolean otherwise) {
        database.quiet(otherwise);
    }

    void say(String message) {
        Bus there = bus;
        if (there != null) {
            there.say(message);
        }
    }

    void close() {
        Bus there = bus;
        if (there != null) {
            there.close();
        }
    }
}
