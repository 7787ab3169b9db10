/// A deployment of many processes on one machine: started, watched, and killed one by one.
@NullMarked
package dev.daypass.examples.cluster;

import org.jspecify.annotations.NullMarked;
