package dev.dromedary.response;

import dev.dromedary.response.Verdict.Body;
import dev.dromedary.response.Verdict.NotModified;
import dev.dromedary.response.Verdict.NothingLeft;
import dev.dromedary.response.Verdict.OtherNotModified;
import dev.dromedary.response.Verdict.Redirect;
import dev.dromedary.response.Verdict.Refused;
import dev.dromedary.response.Verdict.Relation;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Representation;
import dev.dromedary.transfer.Validators;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges a response by its status and headers alone, before a byte of its body is used. Never
 * throws, whatever the server wrote. Source: RFC 9110 §14, §15.
 */
public final class ResponseJudge {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private ResponseJudge() {}

  /**
   * Says what a response is good for.
   *
   * @param asked what the request asked for and what is held
   * @param facts status and headers as received
   * @param now when the response came, for {@code Retry-After} dates
   */
  public static Verdict judge(Asked asked, ResponseFacts facts, Instant now) {
    int status = facts.status();
    if (status == 200 || status == 206) {
      return judgeBody(asked, facts);
    }
    if (status == 304 && !asked.known().isNone()) {
      return judgeNotModified(asked, facts);
    }
    if (REDIRECTS.contains(status)) {
      Optional<String> location = facts.only("Location");
      return location.isPresent()
          ? new Redirect(location.get(), status)
          : refused(facts, FailureCode.UNEXPECTED_STATUS, "expected one Location header with it");
    }
    if (status == 416 && asked.ranged()) {
      return judgeUnsatisfied(asked, facts);
    }
    return StatusFailure.of(facts, now);
  }

  private static Verdict judgeNotModified(Asked asked, ResponseFacts facts) {
    Representation named = RepresentationReader.read(asked, facts, OptionalLong.empty(), false);
    return asked.known().validators().hasAnotherEtagThan(named.validators())
        ? new OtherNotModified()
        : new NotModified();
  }

  private static Verdict judgeBody(Asked asked, ResponseFacts facts) {
    if (!asked.codings().take(facts)) {
      return refused(
          facts,
          FailureCode.CONTENT_ENCODED,
          "expected Content-Encoding identity as asked for, found another");
    }
    ContentLength length = ContentLength.of(facts);
    if (length.isMalformed()) {
      return refused(
          facts, FailureCode.MALFORMED_RESPONSE, "expected one Content-Length of digits");
    }
    Verdict verdict =
        facts.status() == 200
            ? judgeWhole(asked, facts, length.bytes())
            : judgePart(asked, facts, length.bytes());
    boolean isKnown =
        verdict instanceof Body body && asked.known().isBroughtBy(body.representation());
    return isKnown ? new NotModified() : verdict;
  }

  /**
   * A 200 is used as it comes: bytes on their way are never thrown away to ask again. Unless it
   * says itself that it is a part: some servers send the range asked for under the wrong status.
   */
  private static Verdict judgeWhole(Asked asked, ResponseFacts facts, OptionalLong length) {
    if (isPart(asked, facts)) {
      return mismatch(facts, "expected the whole, found a part by its Content-Range");
    }
    boolean ranges =
        facts.all("Accept-Ranges").stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("bytes"));
    Representation found = RepresentationReader.read(asked, facts, length, ranges);
    return new Body(0, length, found, true, relation(asked, found));
  }

  private static Verdict judgePart(Asked asked, ResponseFacts facts, OptionalLong length) {
    if (isMultipart(facts)) {
      return mismatch(facts, "expected one range, found multipart/byteranges");
    }
    ContentRange range = facts.only("Content-Range").flatMap(ContentRange::parse).orElse(null);
    if (range == null || range.isUnsatisfied()) {
      return mismatch(facts, "expected a Content-Range in bytes, found none that can be read");
    }
    if (range.start() != asked.start()) {
      return mismatch(
          facts, "expected bytes from " + asked.start() + ", found from " + range.start());
    }
    if (asked.ranged() && !asked.isOpen() && range.end() > asked.end()) {
      return mismatch(facts, "expected bytes up to " + asked.end() + ", found to " + range.end());
    }
    if (length.isEmpty() && TakenCodings.isCoded(facts)) {
      return mismatch(
          facts,
          "expected a Content-Length with a part in a coding, which may be of the part alone");
    }
    if (length.isPresent() && length.getAsLong() != range.lengthBytes()) {
      return mismatch(
          facts,
          "expected the "
              + range.lengthBytes()
              + " bytes of its Content-Range, found Content-Length "
              + length.getAsLong());
    }
    Representation found = RepresentationReader.read(asked, facts, range.totalBytes(), true);
    Relation relation = relation(asked, found);
    return relation == Relation.NEW_VERSION
        ? versionChanged(asked, facts, found)
        : new Body(range.start(), OptionalLong.of(range.end()), found, false, relation);
  }

  /** After a request for a range, only a total that is known shows that a range is the whole. */
  private static boolean isPart(Asked asked, ResponseFacts facts) {
    if (facts.all("Content-Range").isEmpty()) {
      return false;
    }
    Optional<ContentRange> range = facts.only("Content-Range").flatMap(ContentRange::parse);
    if (range.isEmpty() || range.get().totalBytes().isEmpty()) {
      return asked.ranged() || range.map(r -> r.start() > 0).orElse(false);
    }
    ContentRange told = range.get();
    return told.isUnsatisfied() || told.start() > 0 || told.end() != told.totalBytes().getAsLong();
  }

  private static Verdict judgeUnsatisfied(Asked asked, ResponseFacts facts) {
    ContentRange range = facts.only("Content-Range").flatMap(ContentRange::parse).orElse(null);
    if (range == null || !range.isUnsatisfied()) {
      return mismatch(facts, "expected bytes from " + asked.start() + ", found no range and total");
    }
    Representation found = RepresentationReader.read(asked, facts, range.totalBytes(), true);
    long total = range.totalBytes().orElseThrow();
    if (relation(asked, found) == Relation.NEW_VERSION || total < asked.start()) {
      return versionChanged(asked, facts, found);
    }
    return total == asked.start()
        ? new NothingLeft(found)
        : mismatch(facts, "expected bytes from " + asked.start() + " of " + total + ", found none");
  }

  private static Relation relation(Asked asked, Representation found) {
    if (asked.heldLength().isPresent()
        && found.lengthBytes().isPresent()
        && asked.heldLength().getAsLong() != found.lengthBytes().getAsLong()) {
      return Relation.NEW_VERSION;
    }
    Validators.Match match = asked.held().compare(found.validators());
    if (match == Validators.Match.UNKNOWN) {
      return Relation.UNKNOWN;
    }
    return match == Validators.Match.SAME ? Relation.SAME : Relation.NEW_VERSION;
  }

  private static boolean isMultipart(ResponseFacts facts) {
    return facts.all("Content-Type").stream()
        .anyMatch(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/byteranges"));
  }

  private static Refused versionChanged(Asked asked, ResponseFacts facts, Representation found) {
    return refused(
        facts,
        FailureCode.VERSION_CHANGED,
        "expected the version held with total "
            + total(asked.heldLength())
            + ", found another with total "
            + total(found.lengthBytes())
            + (asked.isOfAnother(found) ? ", for redirects lead to another path" : ""));
  }

  private static String total(OptionalLong length) {
    return length.isPresent() ? Long.toString(length.getAsLong()) : "unknown";
  }

  private static Refused mismatch(ResponseFacts facts, String message) {
    return refused(facts, FailureCode.RANGE_MISMATCH, message);
  }

  private static Refused refused(ResponseFacts facts, FailureCode code, String message) {
    return new Refused(code, "status " + facts.status() + ": " + message, null, facts.status());
  }
}
