/** Tests of what transfers to one host share. */
@NullMarked
package dev.dromedary.origin;

import org.jspecify.annotations.NullMarked;
