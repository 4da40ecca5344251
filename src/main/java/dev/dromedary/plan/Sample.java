package dev.dromedary.plan;

import java.time.Duration;

/**
 * What is seen of a transfer at one moment. Immutable, thread-safe.
 *
 * @param sinceStart time since its first answer, not before that of the last sample
 * @param totalBytes bytes received since then over all connections, 0 or more
 * @param missingBytes bytes of its version that are not here, 0 or more
 * @param active how many connections have work
 * @param receiving how many of them have brought a byte
 */
public record Sample(
    Duration sinceStart, long totalBytes, long missingBytes, int active, int receiving) {

  public Sample {
    if (sinceStart.isNegative() || totalBytes < 0 || missingBytes < 0 || receiving > active) {
      throw new IllegalArgumentException(
          "Sample after "
              + sinceStart
              + " of "
              + totalBytes
              + " bytes, "
              + missingBytes
              + " missing, "
              + receiving
              + " of "
              + active
              + " receiving: expected 0 or more, and no more receiving than active");
    }
  }
}
