/// The users for whom agents act: whose tokens are believed, what their users may hand on.
@NullMarked
package dev.daypass.users;

import org.jspecify.annotations.NullMarked;
