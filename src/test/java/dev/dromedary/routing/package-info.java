/** Tests of what the beans of the routes share. */
@NullMarked
package dev.dromedary.routing;

import org.jspecify.annotations.NullMarked;
