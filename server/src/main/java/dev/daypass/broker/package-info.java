/// The opening line, and everything else that changes state: the only writer.
@NullMarked
package dev.daypass.broker;

import org.jspecify.annotations.NullMarked;
