/// Who is who: tenants, agents, accounts, SPIFFE ids and the thumbprints of their keys.
@NullMarked
package dev.daypass.identity;

import org.jspecify.annotations.NullMarked;
