/** The origin server of the demo. */
@NullMarked
package dev.dromedary.demo;

import org.jspecify.annotations.NullMarked;
