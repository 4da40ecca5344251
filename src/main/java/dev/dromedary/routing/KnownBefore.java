package dev.dromedary.routing;

import dev.dromedary.ledger.LandedFile;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.response.KnownVersion;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What earlier transfers of a source leave to this one. Immutable, thread-safe.
 *
 * @param version what the server is asked about before anything is fetched
 * @param refused the dead letter of that version; null where it landed
 * @param toCompare what landed, if it is to be held against other digests than when it did
 */
record KnownBefore(
    KnownVersion version, @Nullable TransferRecord refused, @Nullable LandedFile toCompare) {

  /** Returns what is known of a version that was refused. */
  static KnownBefore refused(TransferRecord letter) {
    return new KnownBefore(
        new KnownVersion(letter.validators(), letter.lengthBytes()), letter, null);
  }

  /** Says whether what landed is what the source asks for by now, as far as is known here. */
  boolean isAsExpected() {
    return !version.isNone() && toCompare == null;
  }

  /**
   * Is asked when the version is still the current one.
   *
   * @throws DromedaryException {@link FailureCode#REFUSED_BEFORE} when it had been refused
   */
  void requireNotRefused() {
    if (refused == null) {
      return;
    }
    throw new DromedaryException(
        FailureCode.REFUSED_BEFORE, "not fetched again: " + refused.reason());
  }
}
