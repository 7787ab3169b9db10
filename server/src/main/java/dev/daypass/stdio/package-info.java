/// MCP servers that speak over their standard input and output: their processes, and the bridge by
/// which the edge reaches them like any other.
@NullMarked
package dev.daypass.stdio;

import org.jspecify.annotations.NullMarked;
