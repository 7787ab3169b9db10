/// What a DPoP proof says, taken apart and judged as a value (RFC 9449).
@NullMarked
package dev.daypass.proof;

import org.jspecify.annotations.NullMarked;
