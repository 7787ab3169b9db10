/// The worked agents, against real servers.
@NullMarked
package dev.daypass.examples.agents;

import org.jspecify.annotations.NullMarked;
