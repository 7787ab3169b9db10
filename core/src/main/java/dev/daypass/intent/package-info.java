/// From a task's words to a grant: what the parser proposes, and what confinement lets through.
@NullMarked
package dev.daypass.intent;

import org.jspecify.annotations.NullMarked;
