@NullMarked
package dev.daypass.simulate;

import org.jspecify.annotations.NullMarked;
