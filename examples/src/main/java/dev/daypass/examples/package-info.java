/// The services and agents of the demo: a flight shop and a paper library on loopback, each behind
/// an API key that only Daypass holds.
@NullMarked
package dev.daypass.examples;

import org.jspecify.annotations.NullMarked;
