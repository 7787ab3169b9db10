/// A deterministic simulation of edges and brokers: the real protocol, and a world that does its
/// worst.
@NullMarked
package dev.daypass.simulate;

import org.jspecify.annotations.NullMarked;
