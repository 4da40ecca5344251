/**
 * Judging route files by their text: what users misspell and Camel passes over, with file and line.
 * Holds rules only; nothing is started, fetched or written. May import {@code
 * dev.dromedary.transfer}, SnakeYAML and Jackson; Camel may not enter.
 */
@NullMarked
package dev.dromedary.lint;

import org.jspecify.annotations.NullMarked;
