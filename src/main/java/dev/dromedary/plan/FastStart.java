package dev.dromedary.plan;

import java.time.Duration;

/**
 * Opens many connections within the first tenths of a second where one is slow. A connection over a
 * long path needs seconds to show its rate; waiting for that before the next is added costs more
 * than most files take.
 *
 * <p>It stops where connections that receive bring nothing; {@link ConnectionPolicy} measures from
 * there on, and gives back what a long transfer does not need. Not thread-safe, holds no clock.
 */
final class FastStart {

  /** Time for a round trip within a continent. */
  static final Duration TICK = Duration.ofMillis(50);

  /** A connection this fast leaves others little: a gigabit is full. */
  private static final double FAST_BYTES_PER_SECOND = 100e6;

  /** What is done sooner is not worth a handshake. */
  private static final double SHORTEST_REST_SECONDS = 0.5;

  /** So long a tick of a busy machine says nothing: it may compile what has just begun. */
  private static final Duration LONGEST_BUSY = Duration.ofSeconds(1);

  private static final int FACTOR = 4;

  /** A step of connections that all receive has to bring this much, of four times as much. */
  private static final double WORTHWHILE = 1.2;

  private boolean isOver;
  private int connections = 1;
  private double before;
  private boolean hasBurstPassed;
  private Duration tickStart = Duration.ZERO;
  private long tickStartBytes;

  /** Says whether the number is found by measuring from now on. */
  boolean isOver() {
    return isOver;
  }

  /** Leaves the number where it is. */
  void end() {
    isOver = true;
  }

  /** Takes a sample and returns how many connections there shall be. */
  int onSample(Sample sample, int limit) {
    Duration tick = sample.sinceStart().minus(tickStart);
    long bytes = sample.totalBytes() - tickStartBytes;
    if (isOver || tick.compareTo(TICK) < 0 || bytes <= 0) {
      return connections;
    }
    tickStart = sample.sinceStart();
    tickStartBytes = sample.totalBytes();
    if (sample.isMachineAtItsLimit()) {
      hasBurstPassed = true;
      isOver = sample.sinceStart().compareTo(LONGEST_BUSY) >= 0;
      return connections;
    }
    double rate = bytes / (tick.toNanos() / 1e9);
    boolean isFast = rate >= FAST_BYTES_PER_SECOND * connections;
    boolean haveAllBegun = sample.receiving() >= connections;
    boolean haveSomeBegun = !haveAllBegun && sample.receiving() > connections / FACTOR;
    boolean isLate = tick.compareTo(TICK.multipliedBy(2)) >= 0;
    if (!hasBurstPassed && (isFast || haveSomeBegun || isLate)) {
      // what a server sends at first says nothing: a socket's buffer, a bucket full of tokens;
      // nor does a look that the machine had no time for
      hasBurstPassed = true;
      return connections;
    }
    boolean isNearlyDone = sample.missingBytes() <= rate * SHORTEST_REST_SECONDS;
    boolean broughtNothing = before > 0 && haveAllBegun && rate < before * WORTHWHILE;
    if (isFast || isNearlyDone || broughtNothing || connections >= limit) {
      end();
      return connections;
    }
    before = rate;
    hasBurstPassed = false;
    connections = Math.min(limit, connections * FACTOR);
    return connections;
  }
}
