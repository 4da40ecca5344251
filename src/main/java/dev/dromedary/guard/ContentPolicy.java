package dev.dromedary.guard;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.MagicBytes;
import dev.dromedary.transfer.MediaRange;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides as early as it can be known whether what a server sends may land: from the response head,
 * from the first bytes, from the whole. Never throws, whatever the server sent.
 */
public final class ContentPolicy {

  private static final int SHOWN_BYTES = 16;

  private ContentPolicy() {}

  /**
   * Judges a response before a byte of its body is used.
   *
   * @param contentType as sent, null without one
   * @param lengthBytes of the whole file, empty when only its end will tell
   */
  public static Optional<Rejection> head(
      Expected expected, @Nullable String contentType, OptionalLong lengthBytes) {
    List<MediaRange> wanted = expected.guards().contentTypes();
    Optional<MediaRange> found = Optional.ofNullable(contentType).flatMap(MediaRange::sent);
    boolean isAny = wanted.isEmpty() || wanted.contains(new MediaRange("*", "*"));
    if (!isAny && wanted.stream().noneMatch(w -> found.map(w::includes).orElse(false))) {
      return rejected(
          FailureCode.CONTENT_TYPE_UNEXPECTED,
          "content type: expected " + either(wanted) + ", found " + shown(found));
    }
    return lengthBytes.isEmpty() ? Optional.empty() : size(expected, lengthBytes.getAsLong());
  }

  /**
   * Judges the first bytes.
   *
   * @param contentType as sent, null when it was not or is not known any more
   * @param start the file's first {@link Expected#startBytes()} bytes; fewer when it has no more
   */
  public static Optional<Rejection> start(
      Expected expected, @Nullable String contentType, byte[] start) {
    Guards guards = expected.guards();
    if (!guards.magic().isEmpty() && guards.magic().stream().noneMatch(m -> m.isIn(start))) {
      int shown = Math.min(start.length, SHOWN_BYTES);
      return rejected(
          FailureCode.MAGIC_UNEXPECTED,
          "first bytes: expected "
              + either(guards.magic().stream().map(MagicBytes::described).toList())
              + ", found "
              + HexFormat.of().formatHex(Arrays.copyOf(start, shown)));
    }
    Optional<MediaRange> sent = Optional.ofNullable(contentType).flatMap(MediaRange::sent);
    if (!expected.mayBePage() && WebPage.mayBeCalledSo(sent) && WebPage.begins(start)) {
      return rejected(
          FailureCode.HTML_UNEXPECTED, "expected a file, found a web page (" + shown(sent) + ")");
    }
    return Optional.empty();
  }

  /**
   * Says whether an answer is a page where the file it shall go on with is none: one to log in, of
   * maintenance, of a proxy.
   *
   * @param heldType content type of the file begun, null when it is not known
   * @param foundType content type of the answer, null when it has none
   */
  public static boolean isPageInstead(@Nullable String heldType, @Nullable String foundType) {
    return isPage(foundType) && !isPage(heldType);
  }

  private static boolean isPage(@Nullable String contentType) {
    return WebPage.isCalledSo(Optional.ofNullable(contentType).flatMap(MediaRange::sent));
  }

  /** Judges the length of the whole file, 0 or more. */
  public static Optional<Rejection> size(Expected expected, long lengthBytes) {
    OptionalLong min = expected.guards().minSizeBytes();
    OptionalLong max = expected.guards().maxSizeBytes();
    if (lengthBytes < min.orElse(0) || lengthBytes > max.orElse(Long.MAX_VALUE)) {
      return rejected(
          FailureCode.SIZE_UNEXPECTED,
          "size: expected "
              + (max.isEmpty()
                  ? "at least " + bytes(min.getAsLong())
                  : bounds(min, max.getAsLong()))
              + ", found "
              + lengthBytes);
    }
    long landed = expected.landedBytes().orElse(0);
    int percent = expected.guards().maxShrinkPercent().orElse(100);
    long smallest = landed - landed / 100 * percent - landed % 100 * percent / 100;
    return lengthBytes >= smallest
        ? Optional.empty()
        : rejected(
            FailureCode.SHRUNK,
            "size: expected at least "
                + bytes(smallest)
                + " after "
                + landed
                + " of the version before, found "
                + lengthBytes);
  }

  private static String bounds(OptionalLong min, long max) {
    return min.isEmpty() ? "at most " + bytes(max) : min.getAsLong() + " to " + bytes(max);
  }

  private static String bytes(long count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }

  private static String either(List<?> wanted) {
    return wanted.stream().map(String::valueOf).collect(Collectors.joining(" or "));
  }

  private static String shown(Optional<MediaRange> sent) {
    return sent.map(MediaRange::toString).orElse("no content type");
  }

  private static Optional<Rejection> rejected(FailureCode code, String message) {
    return Optional.of(new Rejection(code, message));
  }
}
