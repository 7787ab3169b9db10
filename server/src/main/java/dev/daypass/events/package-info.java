/// What is told to receivers that operators register: signed events, pushed until they are taken.
@NullMarked
package dev.daypass.events;

import org.jspecify.annotations.NullMarked;
