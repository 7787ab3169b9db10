/// Clients that others made, against a running server.
@NullMarked
package dev.daypass.examples.interop;

import org.jspecify.annotations.NullMarked;
