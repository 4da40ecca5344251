/** Tests of what transfers to one host share, and of which addresses they reach. */
@NullMarked
package dev.dromedary.origin;

import org.jspecify.annotations.NullMarked;
