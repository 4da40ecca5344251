package dev.dromedary.transfer;

import java.time.Duration;
import java.time.ZoneId;

/** When a source is due. */
public sealed interface Schedule {

  /**
   * Due when this much time has passed since the last poll of the source.
   *
   * @param interval more than zero
   */
  record Every(Duration interval) implements Schedule {
    public Every {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("every " + interval + ": expected more than zero");
      }
    }
  }

  /**
   * Due at the times of a Quartz cron expression.
   *
   * @param expression six or seven fields, already validated
   * @param zone where its wall clock stands
   */
  record Cron(String expression, ZoneId zone) implements Schedule {}
}
