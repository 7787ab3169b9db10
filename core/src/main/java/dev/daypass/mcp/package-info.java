/// The Model Context Protocol as an edge sees it: messages, what they ask for, what may be told.
@NullMarked
package dev.daypass.mcp;

import org.jspecify.annotations.NullMarked;
