/// The embedded store: one SQLite file.
@NullMarked
package dev.daypass.store.sqlite;

import org.jspecify.annotations.NullMarked;
