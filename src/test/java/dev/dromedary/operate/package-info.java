@NullMarked
package dev.dromedary.operate;

import org.jspecify.annotations.NullMarked;
