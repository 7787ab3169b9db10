/// The operator API.
@NullMarked
package dev.daypass.console;

import org.jspecify.annotations.NullMarked;
