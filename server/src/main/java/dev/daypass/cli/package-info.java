/// The daypass command, and the one place where the parts are wired together.
@NullMarked
package dev.daypass.cli;

import org.jspecify.annotations.NullMarked;
