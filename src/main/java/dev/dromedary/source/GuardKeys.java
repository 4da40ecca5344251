package dev.dromedary.source;

import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.MagicBytes;
import dev.dromedary.transfer.MediaRange;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the keys that say what a file must look like before it may land. */
final class GuardKeys {

  static final List<String> NAMES =
      List.of("contentType", "minSize", "maxSize", "magic", "maxShrink");

  private final Problems problems;

  GuardKeys(Problems problems) {
    this.problems = problems;
  }

  /** Returns the defaults with what the fields say put over them. */
  Guards over(Guards defaults, Fields fields) {
    List<MediaRange> types =
        fields.has("contentType")
            ? fields.values("contentType", named("contentType", MediaRange::parse))
            : defaults.contentTypes();
    OptionalLong min = size(fields, "minSize", defaults.minSizeBytes());
    OptionalLong max = size(fields, "maxSize", defaults.maxSizeBytes());
    List<MagicBytes> magic =
        fields.has("magic")
            ? fields.values("magic", named("magic", MagicBytes::parse)).stream()
                .flatMap(List::stream)
                .toList()
            : defaults.magic();
    OptionalInt shrink =
        fields.value("maxShrink", GuardKeys::shrink).orElse(defaults.maxShrinkPercent());
    if (max.isPresent() && max.getAsLong() < min.orElse(0)) {
      int line = fields.lineOf(fields.has("maxSize") ? "maxSize" : "minSize");
      problems.add(
          line,
          "maxSize: expected at least minSize, found "
              + max.getAsLong()
              + " bytes below "
              + min.orElse(0));
      max = OptionalLong.empty();
    }
    return new Guards(types, min, max, magic, shrink);
  }

  /** Reports an exact size that the bounds exclude: such a source could never land. */
  static void refuseImpossible(Guards guards, long size, Fields fields, Problems problems) {
    if (size < guards.minSizeBytes().orElse(0)
        || size > guards.maxSizeBytes().orElse(Long.MAX_VALUE)) {
      problems.add(
          fields.lineOf("size"), "size: expected within minSize and maxSize, found " + size);
    }
  }

  /** 0 takes a bound of the defaults away. */
  private static OptionalLong size(Fields fields, String key, OptionalLong inherited) {
    return fields
        .value(key, text -> bytes(key, text))
        .map(bytes -> bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes))
        .orElse(inherited);
  }

  private static long bytes(String key, String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /** 100% takes the bound of the defaults away: nothing is smaller than nothing. */
  private static OptionalInt shrink(String text) {
    String digits = text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : "";
    if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > 100) {
      throw new IllegalArgumentException(
          "maxShrink " + Quoted.of(text) + ": expected a percentage of 0% to 100%");
    }
    int percent = Integer.parseInt(digits);
    return percent == 100 ? OptionalInt.empty() : OptionalInt.of(percent);
  }

  private static <T> Function<String, T> named(String key, Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(key + " " + Quoted.of(text) + ": " + e.getMessage(), e);
      }
    };
  }
}
