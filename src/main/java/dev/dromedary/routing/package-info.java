/**
 * The beans the routes call, a class per route, and what the attempts at one transfer share. Turns
 * an outcome of a stage into an exchange property and back; holds no business rules.
 *
 * <p>May import every stage package, {@code component}, {@code origin}, {@code observe} and Camel.
 */
@NullMarked
package dev.dromedary.routing;

import org.jspecify.annotations.NullMarked;
