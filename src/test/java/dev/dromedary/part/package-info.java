@NullMarked
package dev.dromedary.part;

import org.jspecify.annotations.NullMarked;
