/// What a service offers: documents that describe it, read into operations.
///
/// Only an import loads the parser behind it; everything else here is plain.
@NullMarked
package dev.daypass.catalog;

import org.jspecify.annotations.NullMarked;
