package dev.dromedary.demo;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The SHA-256 of what the demo serves: written down where computing it would delay the start. */
final class DemoDigests {

  private static final long COMPUTED_UP_TO_BYTES = 8L << 20;

  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry(
              "5692161d100b05e5-40000000",
              "987b5a6653b5a9df6757133ef4c93c9b8907264251ed103cd7e27d9b187a8a2d"),
          Map.entry(
              "dbd238973a2b148a-4000000",
              "d28036e2c929916c1513d34aee8cb71dcc07ffb5c12e365b5d3ab892027af005"),
          Map.entry(
              "csv-1e535eede31428f0-800000",
              "039480564df27ec49f024fca1990ac75c5e4c4a815a8165489c59034db13b244"),
          Map.entry(
              "csv-b7a4712c74562914-200000",
              "1dac14b12bb5bac00488ffe9b193bc082cae73a3db6a3b88c178eeea0f71a0a2"),
          Map.entry(
              "csv-b6bf613dbebb45dc-80000",
              "9a8fda3f344594e5c71284af6f76b8ac1860dd14c1d084d3c40d6b4123a45d7d"),
          Map.entry(
              "csv-d17707977078336c-10000",
              "4caa441768ab98be06c5b851cf7287f591c93fd25ca747df7bda794031dac79e"),
          Map.entry(
              "csv-12ae30237b17df14-100000",
              "b427debacab3ec0fc610ad1a7131ae3644c45a41bd8ddb5ab3e491244debc808"),
          Map.entry(
              "csv-d56b1fbb9ceba9e8-10000",
              "4473156f24f2dacf66b687679528379ec4a6bcde2733a3f33e58ebfabcec308c"));

  private DemoDigests() {}

  /** Returns the digest of a file; nothing where it is neither known nor quick to compute. */
  static Optional<ExpectedDigest> of(Content content) {
    String known = KNOWN.get(content.version());
    if (known != null) {
      return Optional.of(new ExpectedDigest(DigestAlgorithm.SHA_256, known));
    }
    return content.lengthBytes() > COMPUTED_UP_TO_BYTES
        ? Optional.empty()
        : Optional.of(computed(content));
  }

  /** Computes the digest, however long that takes. */
  static ExpectedDigest computed(Content content) {
    byte[] digest = content.digest(DigestAlgorithm.SHA_256);
    return new ExpectedDigest(DigestAlgorithm.SHA_256, HexFormat.of().formatHex(digest));
  }
}
