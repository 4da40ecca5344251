package dev.dromedary.app;

import dev.dromedary.transfer.TimeSpan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices by a clock that nobody sets when the wall clock is set back; each look is one {@link
 * #run}. For one thread.
 */
final class ClockWatch implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  /** What nobody minds to wait longer; small steps add up until they are more. */
  private static final Duration SMALL_STEP = Duration.ofSeconds(5);

  private final Clock clock;
  private final LongSupplier nanoClock;
  private final Consumer<Duration> whenSetBack;
  private Instant wall;
  private long nanos;

  /**
   * Takes the wall clock for right as it is.
   *
   * @param clock the wall clock
   * @param nanoClock counts like {@link System#nanoTime()}
   * @param whenSetBack is told by how much it was set back, more than five seconds
   */
  ClockWatch(Clock clock, LongSupplier nanoClock, Consumer<Duration> whenSetBack) {
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.whenSetBack = whenSetBack;
    this.wall = clock.instant();
    this.nanos = nanoClock.getAsLong();
  }

  /** Looks once. A pause between two readings is never taken for a clock that was set back. */
  @Override
  public void run() {
    Instant expected = wall.plusNanos(nanoClock.getAsLong() - nanos);
    Instant found = clock.instant();
    Duration back = Duration.between(found, expected);
    boolean isSetBack = back.compareTo(SMALL_STEP) > 0;
    if (isSetBack || back.isNegative()) {
      wall = found;
      nanos = nanoClock.getAsLong();
    }
    if (isSetBack) {
      LOG.warn(
          "msg=\"the clock was set back, schedules follow it\" by={}",
          TimeSpan.format(back.plusMillis(500)));
      whenSetBack.accept(back);
    }
  }
}
