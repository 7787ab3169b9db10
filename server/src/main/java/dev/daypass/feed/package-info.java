/// How edges hear what happened, and what they report back.
@NullMarked
package dev.daypass.feed;

import org.jspecify.annotations.NullMarked;
