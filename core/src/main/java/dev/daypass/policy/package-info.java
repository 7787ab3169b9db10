/// Rules over accounts and calls, and what they decide.
@NullMarked
package dev.daypass.policy;

import org.jspecify.annotations.NullMarked;
