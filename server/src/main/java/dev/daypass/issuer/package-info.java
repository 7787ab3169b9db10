/// The agent API and the OAuth endpoints.
@NullMarked
package dev.daypass.issuer;

import org.jspecify.annotations.NullMarked;
