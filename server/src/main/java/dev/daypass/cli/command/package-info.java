/// The commands: what they read, ask and print.
@NullMarked
package dev.daypass.cli.command;

import org.jspecify.annotations.NullMarked;
