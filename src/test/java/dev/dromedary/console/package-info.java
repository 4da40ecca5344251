/** Tests of the console over real HTTP, on beans written by hand and on the real service. */
@NullMarked
package dev.dromedary.console;

import org.jspecify.annotations.NullMarked;
