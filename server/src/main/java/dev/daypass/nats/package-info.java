/// Servers of one database tell each other what is new over NATS.
@NullMarked
package dev.daypass.nats;

import org.jspecify.annotations.NullMarked;
