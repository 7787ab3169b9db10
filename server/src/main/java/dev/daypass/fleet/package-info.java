/// The broker's side of edges in other processes: what they ask it over mutual TLS.
@NullMarked
package dev.daypass.fleet;

import org.jspecify.annotations.NullMarked;
