/** Wiring: what to run, and running it. May import every package except {@code cli}. */
@NullMarked
package dev.dromedary.app;

import org.jspecify.annotations.NullMarked;
