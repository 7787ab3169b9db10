/// Upstream credentials: sealed at rest, opened only to be put into a request.
@NullMarked
package dev.daypass.vault;

import org.jspecify.annotations.NullMarked;
