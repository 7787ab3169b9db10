/// Measurements of a running server, each beside a reference measured in the same run.
@NullMarked
package dev.daypass.bench;

import org.jspecify.annotations.NullMarked;
