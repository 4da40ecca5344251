package dev.dromedary.digest;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Compares the digests of a file with those it should have. */
public final class DigestCheck {

  private DigestCheck() {}

  /**
   * One digest that is not as expected.
   *
   * @param expected what it should be
   * @param found what it is, in lower-case hexadecimal
   */
  public record Mismatch(ExpectedDigest expected, String found) {

    @Override
    public String toString() {
      return expected.algorithm().label() + ": expected " + expected.hex() + ", found " + found;
    }
  }

  /**
   * Returns every expected digest that differs, in the order expected; empty when all agree.
   *
   * @throws IllegalArgumentException when an expected algorithm was not computed: nothing may pass
   *     unverified
   */
  public static List<Mismatch> mismatches(
      List<ExpectedDigest> expected, Map<DigestAlgorithm, byte[]> computed) {
    List<Mismatch> mismatches = new ArrayList<>();
    for (ExpectedDigest one : expected) {
      byte[] digest = computed.get(one.algorithm());
      if (digest == null) {
        throw new IllegalArgumentException(
            "digest " + one.algorithm().label() + " is expected and was not computed");
      }
      if (!one.matches(digest)) {
        mismatches.add(new Mismatch(one, HexFormat.of().formatHex(digest)));
      }
    }
    return List.copyOf(mismatches);
  }

  /**
   * Returns every expected digest that differs from a known one of its algorithm, in that order.
   */
  public static List<Mismatch> mismatchesOf(
      List<ExpectedDigest> expected, List<ExpectedDigest> known) {
    return expected.stream()
        .flatMap(
            one ->
                known.stream()
                    .filter(other -> other.algorithm() == one.algorithm() && !other.equals(one))
                    .map(other -> new Mismatch(one, other.hex())))
        .toList();
  }
}
