/// Two worked agents, each before and after Daypass: what their processes hold, what a thief could
/// do with it, what is left at the end, and how long a transaction takes.
@NullMarked
package dev.daypass.examples.agents;

import org.jspecify.annotations.NullMarked;
