package dev.dromedary.response;

import dev.dromedary.transfer.Representation;
import dev.dromedary.transfer.Validators;
import java.util.OptionalLong;

/** Gathers what the headers of a response tell of the whole its body belongs to. */
final class RepresentationReader {

  private RepresentationReader() {}

  static Representation read(
      Asked asked, ResponseFacts facts, OptionalLong lengthBytes, boolean acceptsRanges) {
    return new Representation(
        lengthBytes,
        new Validators(
            facts.only("ETag").orElse(null),
            facts.only("Last-Modified").orElse(null),
            asked.resource()),
        acceptsRanges,
        facts.only("Content-Type").orElse(null),
        HeaderDigests.read(facts));
  }
}
