package dev.dromedary.response;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The digests which the headers of a response promise of the whole. What cannot be read is passed
 * over: a header nobody understands proves nothing and breaks nothing.
 */
public final class HeaderDigests {

  private static final Pattern STRUCTURED_MEMBER =
      Pattern.compile("([a-z0-9-]{1,32})=:([A-Za-z0-9+/=]{1,128}):(?:;.*)?");
  private static final Pattern PLAIN_MEMBER =
      Pattern.compile("([A-Za-z0-9-]{1,32})=([A-Za-z0-9+/=]{1,128})");

  private HeaderDigests() {}

  /**
   * Returns at most one digest for each algorithm; where headers contradict each other the first in
   * this order counts: {@code Repr-Digest}, {@code Digest}, {@code x-goog-hash} on any answer; then
   * {@code Content-Digest}, {@code Content-MD5}, {@code x-amz-checksum-*} on a 200 only, because on
   * a 206 they speak of the part. Source: RFC 9530, RFC 3230, RFC 1864.
   */
  public static List<ExpectedDigest> read(ResponseFacts facts) {
    Map<DigestAlgorithm, ExpectedDigest> found = new EnumMap<>(DigestAlgorithm.class);
    readMembers(facts, "Repr-Digest", STRUCTURED_MEMBER, found);
    readMembers(facts, "Digest", PLAIN_MEMBER, found);
    if (isGoogleHashOfWhatIsSent(facts)) {
      readMembers(facts, "x-goog-hash", PLAIN_MEMBER, found);
    }
    if (facts.status() == 200) {
      readMembers(facts, "Content-Digest", STRUCTURED_MEMBER, found);
      readValue(facts, "Content-MD5", DigestAlgorithm.MD5, found);
      if (isAmazonChecksumOfWhole(facts)) {
        readValue(facts, "x-amz-checksum-sha256", DigestAlgorithm.SHA_256, found);
        readValue(facts, "x-amz-checksum-sha1", DigestAlgorithm.SHA_1, found);
      }
    }
    return List.copyOf(found.values());
  }

  private static void readMembers(
      ResponseFacts facts, String name, Pattern form, Map<DigestAlgorithm, ExpectedDigest> found) {
    for (String line : facts.all(name)) {
      for (String member : line.split(",", -1)) {
        Matcher matcher = form.matcher(member.strip());
        if (matcher.matches()) {
          algorithm(matcher.group(1))
              .flatMap(algorithm -> decode(algorithm, matcher.group(2)))
              .ifPresent(digest -> found.putIfAbsent(digest.algorithm(), digest));
        }
      }
    }
  }

  private static void readValue(
      ResponseFacts facts,
      String name,
      DigestAlgorithm algorithm,
      Map<DigestAlgorithm, ExpectedDigest> found) {
    facts
        .only(name)
        .flatMap(value -> decode(algorithm, value))
        .ifPresent(digest -> found.putIfAbsent(algorithm, digest));
  }

  /** The registered name of SHA-1 is {@code sha}. */
  private static Optional<DigestAlgorithm> algorithm(String name) {
    return name.toLowerCase(Locale.ROOT).equals("sha")
        ? Optional.of(DigestAlgorithm.SHA_1)
        : DigestAlgorithm.byLabel(name);
  }

  /** The length tells a digest from a composite, whose {@code -N} is no base64 either. */
  private static Optional<ExpectedDigest> decode(DigestAlgorithm algorithm, String base64) {
    try {
      byte[] digest = Base64.getDecoder().decode(base64);
      return digest.length == algorithm.lengthBytes()
          ? Optional.of(new ExpectedDigest(algorithm, HexFormat.of().formatHex(digest)))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Where the server decompresses while it sends, the hash is of the stored bytes. */
  private static boolean isGoogleHashOfWhatIsSent(ResponseFacts facts) {
    return facts.all("x-goog-stored-content-encoding").stream()
        .allMatch(encoding -> encoding.strip().equalsIgnoreCase("identity"));
  }

  private static boolean isAmazonChecksumOfWhole(ResponseFacts facts) {
    return facts.all("x-amz-checksum-type").stream()
        .noneMatch(type -> type.strip().equalsIgnoreCase("COMPOSITE"));
  }
}
