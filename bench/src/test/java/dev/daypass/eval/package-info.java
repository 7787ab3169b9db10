@NullMarked
package dev.daypass.eval;

import org.jspecify.annotations.NullMarked;
