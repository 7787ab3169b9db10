/// Strict JSON and YAML in, canonical JSON out, base64url both ways.
@NullMarked
package dev.daypass.wire;

import org.jspecify.annotations.NullMarked;
