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
        TakenCodings.isCoded(facts) && lengthBytes.isEmpty()
            ? ofWhatIsCodedOnItsWay(asked, facts)
            : new Validators(
                facts.only("ETag").orElse(null),
                facts.only("Last-Modified").orElse(null),
                asked.resource()),
        acceptsRanges,
        facts.only("Content-Type").orElse(null),
        HeaderDigests.read(facts));
  }

  /**
   * Many servers tell ETag and date of the file that they compress. So these show whether it is
   * another version, but never that what comes goes on from what is here. Source: ADR 0031.
   */
  private static Validators ofWhatIsCodedOnItsWay(Asked asked, ResponseFacts facts) {
    String weak =
        facts.only("ETag").map(tag -> tag.startsWith("W/") ? tag : "W/" + tag).orElse(null);
    return new Validators(weak, null, asked.resource());
  }
}
