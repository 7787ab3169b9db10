/// An edge's way to a broker in another process.
@NullMarked
package dev.daypass.remote;

import org.jspecify.annotations.NullMarked;
