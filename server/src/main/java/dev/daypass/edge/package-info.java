/// The calling line: the enforcement point that agents call instead of the service.
@NullMarked
package dev.daypass.edge;

import org.jspecify.annotations.NullMarked;
