/** Tests of the source list. */
@NullMarked
package dev.dromedary.source;

import org.jspecify.annotations.NullMarked;
