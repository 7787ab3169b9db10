/// Rules that hold for the whole house.
@NullMarked
package dev.daypass;

import org.jspecify.annotations.NullMarked;
