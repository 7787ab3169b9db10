/// Agents of frameworks for Java that work with a temporary account: to be copied.
@NullMarked
package dev.daypass.examples.frameworks;

import org.jspecify.annotations.NullMarked;
