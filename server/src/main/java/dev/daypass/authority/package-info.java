/// The deployment's own keys: the certificate authority that names agents, the keys that sign
/// tokens, and the files they live in.
@NullMarked
package dev.daypass.authority;

import org.jspecify.annotations.NullMarked;
