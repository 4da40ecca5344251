/** Tests of what the beans of the routes share. */
@NullMarked
package dev.dromedary.transfer;

import org.jspecify.annotations.NullMarked;
