package dev.dromedary.source;

import dev.dromedary.transfer.DigestAlgorithm;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a digest file tells of its algorithm. Pure. */
final class AlgorithmName {

  /** {@code SHA256SUMS}, {@code x.sha-256}, {@code SHASUMS256.txt}, {@code md5sum.txt}. */
  private static final Pattern COMPUTED =
      Pattern.compile("(md5)|sha(?:sums?)?[-_]?(1|256|512)(?![0-9/]|[-_](?:224|256))");

  private static final Pattern OTHER =
      Pattern.compile(
          "(?<![a-z])(?:sha3(?![0-9])|sha(?:sums?)?[-_]?(?:0|224|384|512[-_](?:224|256))(?![0-9])|blake[23]?|b[23]sums?"
              + "|b[23]$|(?:rmd|ripemd)-?[0-9]*|crc(?:32|64)c?|md[24](?![0-9])|sfv$|whirlpool"
              + "|xxh)");

  private AlgorithmName() {}

  /**
   * Returns the one algorithm that a name tells, in any case; empty when it tells none or several.
   *
   * @throws IllegalArgumentException when it tells only one that is not computed here
   */
  static Optional<DigestAlgorithm> in(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    Set<DigestAlgorithm> told = EnumSet.noneOf(DigestAlgorithm.class);
    Matcher computed = COMPUTED.matcher(text);
    while (computed.find()) {
      String label = computed.group(1) == null ? "sha" + computed.group(2) : "md5";
      DigestAlgorithm.byLabel(label).ifPresent(told::add);
    }
    Matcher other = OTHER.matcher(text);
    if (told.isEmpty() && other.find()) {
      throw new IllegalArgumentException(
          "expected a digest file of md5, sha-1, sha-256 or sha-512, found one of "
              + other.group());
    }
    return told.size() == 1 ? Optional.of(told.iterator().next()) : Optional.empty();
  }
}
