/// Temporary accounts for agents in Java: [dev.daypass.sdk.Daypass] opens them.
@NullMarked
package dev.daypass.sdk;

import org.jspecify.annotations.NullMarked;
