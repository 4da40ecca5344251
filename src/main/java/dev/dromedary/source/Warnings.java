package dev.dromedary.source;

import dev.dromedary.transfer.Problem;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Who is told what of a list can be used but should not stay so.
 *
 * @param told of each as it is found
 * @param clock by which a schedule is over
 */
public record Warnings(Consumer<Problem> told, Clock clock) {

  /** Nobody. */
  public static final Warnings UNHEARD = new Warnings(warning -> {}, Clock.systemUTC());
}
