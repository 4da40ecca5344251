package dev.dromedary.observe;

import java.time.Instant;

/**
 * A transfer that gives up what is here and begins again with the first byte. Immutable.
 *
 * @param at when it did
 * @param transferId the id in the ledger
 * @param sourceId the id in the source list
 * @param target where it lands, relative to the landing zone
 * @param reason why, for a user: {@code the source changed}
 * @param givenUpBytes what was here, 1 or more
 */
public record StartOver(
    Instant at,
    String transferId,
    String sourceId,
    String target,
    String reason,
    long givenUpBytes) {

  public StartOver {
    if (givenUpBytes < 1) {
      throw new IllegalArgumentException("givenUpBytes " + givenUpBytes + ": expected 1 or more");
    }
  }
}
