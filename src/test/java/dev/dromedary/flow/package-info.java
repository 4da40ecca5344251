/**
 * Tests of the flow as a whole: the real service with the real routes of the checkout against a
 * scripted origin on loopback. What one class does alone is tested beside that class.
 */
@NullMarked
package dev.dromedary.flow;

import org.jspecify.annotations.NullMarked;
