package dev.dromedary.transfer;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One entry of the source list: where a file comes from, where it lands and what must hold of it.
 *
 * @param id unique within the list, stable over edits
 * @param urls one or more absolute http or https URLs of the same bytes; the first is the source,
 *     the others are mirrors
 * @param target where it lands: a normalised path with {@code /} relative to the landing zone
 * @param digests every one must agree before the file lands; may be empty
 * @param sizeBytes the expected length, 0 or more, when it is known beforehand
 * @param schedule when it is due
 * @param headers request headers sent to the hosts of {@code urls} only, as they are written:
 *     references such as {@code {{env:NAME}}} are resolved when they are sent
 * @param connections pins the number of connections, 1 or more, when present
 * @param allowUnknownLength whether a body without length and digest may land
 * @param allowContentEncoding whether a body in any content coding may land, as it comes
 * @param bytesPerSecond how fast it comes at most, 1 or more, when it is limited
 * @param guards what else must hold of a file before it lands
 * @param digestFile a file beside the first URL's that tells further digests, when there is one
 */
public record Source(
    String id,
    List<URI> urls,
    String target,
    List<ExpectedDigest> digests,
    OptionalLong sizeBytes,
    Schedule schedule,
    Map<String, String> headers,
    OptionalInt connections,
    boolean allowUnknownLength,
    boolean allowContentEncoding,
    OptionalLong bytesPerSecond,
    Guards guards,
    Optional<DigestFile> digestFile) {

  public Source {
    if (id.isBlank()) {
      throw new IllegalArgumentException("source id: expected a name, found none");
    }
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("source " + id + ": expected at least one url");
    }
    if (bytesPerSecond.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "source " + id + ": expected a rate of 1 or more, found " + bytesPerSecond.getAsLong());
    }
    urls = List.copyOf(urls);
    digests = List.copyOf(digests);
    headers = Map.copyOf(headers);
  }

  /** Returns the URL that is asked first. */
  public URI url() {
    return urls.get(0);
  }

  /**
   * Says whether a digest will decide before it lands, so that bytes of one version may be told
   * from those of another.
   */
  public boolean hasDigest() {
    return !digests.isEmpty() || digestFile.isPresent();
  }

  /**
   * Says whether another entry fetches the same: what a server answered to the one, such as when to
   * come again, holds for the other too. When, how fast and to where may differ.
   */
  public boolean fetchesTheSameAs(Source other) {
    return urls.equals(other.urls)
        && headers.equals(other.headers)
        && digests.equals(other.digests)
        && digestFile.equals(other.digestFile)
        && sizeBytes.equals(other.sizeBytes)
        && allowUnknownLength == other.allowUnknownLength
        && allowContentEncoding == other.allowContentEncoding
        && guards.equals(other.guards);
  }

  /** Hides credentials and tokens: headers and query strings are for the wire only. */
  @Override
  public String toString() {
    return "Source[" + id + " -> " + target + "]";
  }
}
