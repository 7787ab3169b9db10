/// How well tasks become grants: suites of catalogs, tasks and attacks, measured.
@NullMarked
package dev.daypass.eval;

import org.jspecify.annotations.NullMarked;
