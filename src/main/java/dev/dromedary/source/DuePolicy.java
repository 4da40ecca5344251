package dev.dromedary.source;

import dev.dromedary.transfer.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a source is to be polled. Pure: what happened and the time are arguments.
 *
 * @param since when this service began to look; a cron source that was never polled waits for its
 *     first time after it
 * @param looksEvery how often anybody looks, zero or more: what would be due before half of that
 *     has passed is due already, or a source would be late by a look each time
 */
public record DuePolicy(Instant since, Duration looksEvery) {

  /** Returns the policy as of {@code now}: who looks by a clock that was set back begins anew. */
  public DuePolicy asOf(Instant now) {
    return since.isAfter(now) ? new DuePolicy(now, looksEvery) : this;
  }

  /**
   * Says whether the source is due at {@code now}.
   *
   * @param lastPolled when it was polled last, or null when it never was
   */
  public boolean isDue(Schedule schedule, @Nullable Instant lastPolled, Instant now) {
    Instant seen = schedule instanceof Schedule.Every every ? now.plus(early(every)) : now;
    return nextDue(schedule, lastPolled, now).filter(due -> !due.isAfter(seen)).isPresent();
  }

  private Duration early(Schedule.Every every) {
    Duration shorter = looksEvery.compareTo(every.interval()) < 0 ? looksEvery : every.interval();
    return shorter.dividedBy(2);
  }

  /**
   * Returns the time from which on the source is due; it may lie in the past. Empty when a cron
   * expression has no time left.
   *
   * <p>An interval that was never polled is due at once. However many times of a cron expression
   * were missed, it is due once. A last poll that lies in the future counts like any other: who
   * finds one that a wrong clock wrote notes another, so that the source waits from there on.
   *
   * @param lastPolled when it was polled last, or null when it never was
   */
  public Optional<Instant> nextDue(Schedule schedule, @Nullable Instant lastPolled, Instant now) {
    if (schedule instanceof Schedule.Cron cron) {
      return CronSchedule.nextAfter(cron, lastPolled == null ? since : lastPolled);
    }
    Duration interval = ((Schedule.Every) schedule).interval();
    return Optional.of(lastPolled == null ? now : lastPolled.plus(interval));
  }
}
