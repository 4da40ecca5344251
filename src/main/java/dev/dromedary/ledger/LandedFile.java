package dev.dromedary.ledger;

import dev.dromedary.transfer.Validators;
import org.jspecify.annotations.Nullable;

/**
 * The file of a source that is in the landing zone, and the version of the source it holds.
 *
 * @param path where it was delivered, as the delivery named it
 * @param stamp what the file looked like right after the delivery
 * @param validators the server's validators of this version, for the next conditional request
 * @param urlFingerprint a digest of the URLs it came from, to notice that the source was pointed
 *     elsewhere; never the URL itself
 * @param verifiedBy what its bytes were verified with, e.g. {@code sha-256} or {@code length}
 */
public record LandedFile(
    String path,
    FileStamp stamp,
    Validators validators,
    @Nullable String urlFingerprint,
    @Nullable String verifiedBy) {

  public LandedFile {
    if (path.isBlank()) {
      throw new IllegalArgumentException("landed path: expected a path, found none");
    }
  }
}
