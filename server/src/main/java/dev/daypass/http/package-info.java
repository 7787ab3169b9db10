/// Listeners, TLS, routing and problem documents. Knows nothing of accounts.
@NullMarked
package dev.daypass.http;

import org.jspecify.annotations.NullMarked;
