/// Access-token claims, and the verification of a token as a value.
@NullMarked
package dev.daypass.token;

import org.jspecify.annotations.NullMarked;
