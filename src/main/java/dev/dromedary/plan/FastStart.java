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

  /** Time for a round trip within a country. */
  static final Duration TICK = Duration.ofMillis(30);

  /** A connection this fast leaves others little: a gigabit is full. */
  private static final double FAST_BYTES_PER_SECOND = 100e6;

  /** What is done sooner is not worth a handshake. */
  private static final double SHORTEST_REST_SECONDS = 0.5;

  /** So long a tick of a busy machine says nothing: it may compile what has just begun. */
  private static final Duration LONGEST_BUSY = Duration.ofSeconds(1);

  private static final int FACTOR = 4;

  /** A step of connections that all receive has to bring this much, of four times as much. */
  private static final double WORTHWHILE = 1.35;

  /** Servers that hold a connection to a rate send in bursts, some of them ten a second. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private boolean isOver;
  private int connections = 1;
  private double before;
  private boolean hasBurstPassed;
  private boolean isStepMeasured;
  private Duration stepStart = Duration.ZERO;
  private long stepStartBytes;
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
    boolean haveAllBegun = sample.receiving() >= connections;
    if (haveAllBegun && !isStepMeasured) {
      isStepMeasured = true;
      stepStart = tickStart;
      stepStartBytes = tickStartBytes;
    }
    tickStart = sample.sinceStart();
    tickStartBytes = sample.totalBytes();
    if (sample.isMachineAtItsLimit()) {
      hasBurstPassed = true;
      isOver = sample.sinceStart().compareTo(LONGEST_BUSY) >= 0;
      return connections;
    }
    double rate = rate(bytes, tick);
    boolean isFast = rate >= FAST_BYTES_PER_SECOND * connections;
    boolean haveSomeBegun = !haveAllBegun && sample.receiving() > connections / FACTOR;
    boolean isLate = tick.compareTo(TICK.multipliedBy(2)) >= 0;
    if (!hasBurstPassed && (isFast || haveSomeBegun || isLate)) {
      // what a server sends at first says nothing: a socket's buffer, a bucket full of tokens;
      // nor does a look that the machine had no time for
      hasBurstPassed = true;
      return connections;
    }
    boolean isNearlyDone = sample.missingBytes() <= rate * SHORTEST_REST_SECONDS;
    Duration step = sample.sinceStart().minus(stepStart);
    boolean broughtNothing =
        before > 0
            && haveAllBegun
            && rate(sample.totalBytes() - stepStartBytes, step) < before * WORTHWHILE;
    if (broughtNothing && step.compareTo(PATIENCE) < 0) {
      return connections;
    }
    if (isFast || isNearlyDone || broughtNothing || connections >= limit) {
      end();
      return connections;
    }
    before = rate;
    hasBurstPassed = false;
    isStepMeasured = false;
    connections = Math.min(limit, connections * FACTOR);
    return connections;
  }

  private static double rate(long bytes, Duration time) {
    return bytes / (time.toNanos() / 1e9);
  }
}
