package dev.dromedary.transfer;

import java.net.URI;
import java.util.Optional;

/**
 * A file that a publisher keeps beside the file of a source and that tells its digest, such as
 * {@code SHA256SUMS}. Immutable, thread-safe.
 *
 * @param url where it is, an absolute http or https URL
 * @param algorithm which digest its name promises; empty when its lines alone will tell
 */
public record DigestFile(URI url, Optional<DigestAlgorithm> algorithm) {

  /** Hides the query, which may hold credentials. */
  @Override
  public String toString() {
    return MaskedUrl.of(url);
  }
}
