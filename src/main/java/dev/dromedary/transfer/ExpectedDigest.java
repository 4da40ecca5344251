package dev.dromedary.transfer;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A digest a whole file is expected to have.
 *
 * @param algorithm how it is computed
 * @param hex the digest in lower-case hexadecimal, two characters a byte of the algorithm's length
 */
public record ExpectedDigest(DigestAlgorithm algorithm, String hex) {

  public ExpectedDigest {
    hex = hex.strip().toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + 2 * algorithm.lengthBytes() + "}")) {
      throw new IllegalArgumentException(
          "digest "
              + algorithm.label()
              + "="
              + hex
              + ": expected "
              + 2 * algorithm.lengthBytes()
              + " hexadecimal digits, found "
              + hex.length()
              + " characters");
    }
  }

  /**
   * Reads {@code ALGORITHM=HEX}, e.g. {@code sha-256=9f86…}, also with a colon as registries of
   * containers write it, or the digits alone, whose number tells the algorithm.
   *
   * @throws IllegalArgumentException with a message for the user when it is anything else
   */
  public static ExpectedDigest parse(String text) {
    String[] halves = text.split("[=:]", 2);
    if (halves.length < 2) {
      return ofDigits(text);
    }
    String name = halves[0];
    DigestAlgorithm algorithm =
        DigestAlgorithm.byLabel(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "digest algorithm '" + name.strip() + "': expected one of " + labels()));
    return new ExpectedDigest(algorithm, halves[1]);
  }

  private static ExpectedDigest ofDigits(String text) {
    return Optional.of(text.strip())
        .filter(digits -> digits.matches("[0-9a-fA-F]+"))
        .flatMap(digits -> DigestAlgorithm.byDigits(digits.length()))
        .map(algorithm -> new ExpectedDigest(algorithm, text))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "digest '"
                        + text
                        + "': expected ALGORITHM=HEX with one of "
                        + labels()
                        + ", or the 32, 40, 64 or 128 hexadecimal digits alone"));
  }

  /** Says whether the computed digest is the expected one. */
  public boolean matches(byte[] computed) {
    return HexFormat.of().formatHex(computed).equals(hex);
  }

  @Override
  public String toString() {
    return algorithm.label() + "=" + hex;
  }

  private static String labels() {
    return Arrays.stream(DigestAlgorithm.values())
        .map(DigestAlgorithm::label)
        .collect(Collectors.joining(", "));
  }
}
