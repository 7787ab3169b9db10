/// Property tests with a seed, and the language-neutral vectors. For the tests of every module.
@NullMarked
package dev.daypass.check;

import org.jspecify.annotations.NullMarked;
