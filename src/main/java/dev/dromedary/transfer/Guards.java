package dev.dromedary.transfer;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What must hold of a file before it may land, beyond its exact size and digests. Immutable,
 * thread-safe.
 *
 * @param contentTypes the server must call it one of these; any when empty
 * @param minSizeBytes 0 or more, none when empty
 * @param maxSizeBytes at least {@code minSizeBytes}, none when empty
 * @param magic it must begin with one of these; with anything when empty
 * @param maxShrinkPercent how much smaller than the version that landed last it may be, 0 to 99;
 *     however small when empty
 */
public record Guards(
    List<MediaRange> contentTypes,
    OptionalLong minSizeBytes,
    OptionalLong maxSizeBytes,
    List<MagicBytes> magic,
    OptionalInt maxShrinkPercent) {

  /** Guards that let everything pass. */
  public static final Guards NONE =
      new Guards(
          List.of(), OptionalLong.empty(), OptionalLong.empty(), List.of(), OptionalInt.empty());

  public Guards {
    contentTypes = List.copyOf(contentTypes);
    magic = List.copyOf(magic);
    if (minSizeBytes.orElse(0) < 0
        || maxSizeBytes.orElse(Long.MAX_VALUE) < minSizeBytes.orElse(0)) {
      throw new IllegalArgumentException(
          "minSize "
              + minSizeBytes
              + " and maxSize "
              + maxSizeBytes
              + ": expected 0 or more, in"
              + " that order");
    }
    if (maxShrinkPercent.orElse(0) < 0 || maxShrinkPercent.orElse(0) > 99) {
      throw new IllegalArgumentException(
          "maxShrink " + maxShrinkPercent + ": expected 0 to 99 percent");
    }
  }

  /**
   * Returns a text that differs for other expectations of one version, empty without any: what
   * landed under others was not held against these.
   */
  public String fingerprint() {
    Guards ofOneVersion =
        new Guards(contentTypes, minSizeBytes, maxSizeBytes, magic, OptionalInt.empty());
    return ofOneVersion.equals(NONE) ? "" : ofOneVersion.toString();
  }
}
