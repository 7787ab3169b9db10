/// The narrow port through which facts and state become durable together.
@NullMarked
package dev.daypass.store;

import org.jspecify.annotations.NullMarked;
