@NullMarked
package dev.dromedary.guard;

import org.jspecify.annotations.NullMarked;
