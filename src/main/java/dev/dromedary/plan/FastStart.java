package dev.dromedary.plan;

import java.time.Duration;

/**
 * Opens many connections within the first tenths of a second where one is slow, and none where one
 * is fast. A connection over a long path needs seconds to show its rate; waiting for that before
 * the next is added costs more than most files take.
 *
 * <p>What it adds on suspicion is held against what it brings: connections that receive and bring
 * nothing are given back, and {@link ConnectionPolicy} gives back what a long transfer does not
 * need. Not thread-safe, holds no clock.
 */
final class FastStart {

  /** Time for a round trip within a continent, and for more bytes than a socket's buffer has. */
  static final Duration TICK = Duration.ofMillis(50);

  /** One connection this fast leaves others little: a gigabit is full. */
  private static final double FAST_BYTES_PER_SECOND = 100e6;

  /** What is done sooner is not worth a handshake. */
  private static final double SHORTEST_REST_SECONDS = 1;

  private static final int FACTOR = 4;

  /** A step of connections that all receive has to bring this much, of four times. */
  private static final double WORTHWHILE = 1.5;

  private boolean isOver;
  private int connections = 1;
  private double before;
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
    double rate = bytes / (tick.toNanos() / 1e9);
    boolean isFast = rate >= FAST_BYTES_PER_SECOND;
    boolean isNearlyDone = sample.missingBytes() <= rate * SHORTEST_REST_SECONDS;
    boolean broughtNothing =
        before > 0 && sample.receiving() >= connections && rate < before * WORTHWHILE;
    if (broughtNothing) {
      connections = Math.max(1, connections / FACTOR);
    }
    if (isFast || isNearlyDone || broughtNothing || connections >= limit) {
      end();
      return connections;
    }
    before = rate;
    connections = Math.min(limit, connections * FACTOR);
    tickStart = sample.sinceStart();
    tickStartBytes = sample.totalBytes();
    return connections;
  }
}
