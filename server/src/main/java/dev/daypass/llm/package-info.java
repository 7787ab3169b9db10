/// The parser that asks a language model. What the model answers is a proposal of a stranger: its
/// operations must be among those shown, its words must stand in the task, and
/// [dev.daypass.intent.Confinement] decides.
@NullMarked
package dev.daypass.llm;

import org.jspecify.annotations.NullMarked;
