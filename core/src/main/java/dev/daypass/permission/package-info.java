/// Operations, constraints and grants: what exists, what an account may use, and what a request
/// asks for.
@NullMarked
package dev.daypass.permission;

import org.jspecify.annotations.NullMarked;
