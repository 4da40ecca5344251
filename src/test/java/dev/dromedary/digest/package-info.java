@NullMarked
package dev.dromedary.digest;

import org.jspecify.annotations.NullMarked;
