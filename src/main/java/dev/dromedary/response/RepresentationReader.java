package dev.dromedary.response;

import dev.dromedary.transfer.Representation;
import dev.dromedary.transfer.Validators;
import java.util.List;
import java.util.OptionalLong;

/** Gathers what the headers of a response tell of the whole its body belongs to. */
final class RepresentationReader {

  private RepresentationReader() {}

  static Representation read(
      Asked asked, ResponseFacts facts, OptionalLong lengthBytes, boolean acceptsRanges) {
    boolean isOfTheFile = !isCodedOnItsWay(facts, lengthBytes);
    return new Representation(
        lengthBytes,
        new Validators(
            facts.only("ETag").filter(tag -> isOfTheFile).orElse(null),
            facts.only("Last-Modified").filter(date -> isOfTheFile).orElse(null),
            asked.resource()),
        acceptsRanges,
        facts.only("Content-Type").orElse(null),
        isOfTheFile ? HeaderDigests.read(facts) : List.of());
  }

  /**
   * Many servers tell ETag, date and digests of the file that they compress, and not of what comes.
   * Source: ADR 0031.
   */
  private static boolean isCodedOnItsWay(ResponseFacts facts, OptionalLong lengthBytes) {
    boolean hasBody = facts.status() == 200 || facts.status() == 206;
    return hasBody && lengthBytes.isEmpty() && TakenCodings.isCoded(facts);
  }
}
