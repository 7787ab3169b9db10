/// One YAML file and the `DAYPASS_…` environment variables, read once into one immutable
/// [dev.daypass.config.Config].
@NullMarked
package dev.daypass.config;

import org.jspecify.annotations.NullMarked;
