package dev.dromedary.sidecar;

import dev.dromedary.transfer.ExpectedDigest;
import java.util.List;

/** What a digest file is good for. Immutable, thread-safe. */
public sealed interface SidecarVerdict {

  /**
   * It tells the digest of the file.
   *
   * @param digests one or more, at most one of an algorithm; all must agree
   */
  record Found(List<ExpectedDigest> digests) implements SidecarVerdict {
    public Found {
      digests = List.copyOf(digests);
    }
  }

  /**
   * It is in order and does not tell of the file; it may once its publisher is done.
   *
   * @param message what was expected and found
   */
  record Unlisted(String message) implements SidecarVerdict {}

  /**
   * It ends where it may have been cut, before it told the digest; asked for again it may be whole.
   *
   * @param message what was expected and found
   */
  record Cut(String message) implements SidecarVerdict {}

  /**
   * It is of no use and will not be by waiting.
   *
   * @param message what was expected and found
   */
  record Unusable(String message) implements SidecarVerdict {}
}
