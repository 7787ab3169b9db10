/// The embedded store: one SQLite file.
@NullMarked
package dev.daypass.store.sql;

import org.jspecify.annotations.NullMarked;
