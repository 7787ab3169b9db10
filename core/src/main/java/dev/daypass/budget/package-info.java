/// Rates, budgets and single uses, as arithmetic on given times.
@NullMarked
package dev.daypass.budget;

import org.jspecify.annotations.NullMarked;
