/// DPoP proofs, as broker and edge judge them (RFC 9449): keys, nonces, and what was used before.
@NullMarked
package dev.daypass.dpop;

import org.jspecify.annotations.NullMarked;
