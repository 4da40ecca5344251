/**
 * The program as its users have it: installed, started through the launcher, stopped by signals and
 * killed. Real child processes against a loopback origin in this one; runs after {@code package}.
 */
@NullMarked
package dev.dromedary.program;

import org.jspecify.annotations.NullMarked;
