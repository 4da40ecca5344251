/** A long run against random faults with kills in between; started by {@code bench/soak}. */
package dev.dromedary.soak;
