package dev.dromedary.transfer;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one response tells of the version it belongs to; always of the whole, also when its body is
 * a part. Immutable, thread-safe. Source: RFC 9110 §8.
 *
 * @param lengthBytes length of the whole, 0 or more; empty when the response does not tell it
 * @param validators ETag and Last-Modified, each as far as it was sent
 * @param acceptsRanges whether the server showed or said that it serves byte ranges
 * @param contentType the media type as sent, null without one
 * @param digests what the headers promise of the whole, at most one for each algorithm
 */
public record Representation(
    OptionalLong lengthBytes,
    Validators validators,
    boolean acceptsRanges,
    @Nullable String contentType,
    List<ExpectedDigest> digests) {

  public Representation {
    if (lengthBytes.isPresent() && lengthBytes.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "Representation lengthBytes " + lengthBytes.getAsLong() + ": expected 0 or more");
    }
    digests = List.copyOf(digests);
  }
}
