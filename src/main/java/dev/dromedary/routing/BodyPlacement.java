package dev.dromedary.routing;

import dev.dromedary.failure.RetryPolicy;
import dev.dromedary.guard.ContentPolicy;
import dev.dromedary.part.PartFacts;
import dev.dromedary.response.ResponseFacts;
import dev.dromedary.response.Verdict;
import dev.dromedary.response.Verdict.Relation;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Representation;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives the body of an answer its place in the part file, and binds the part file to the version
 * that answered; no byte of another version is ever placed beside (promise I3). One part of a
 * transfer at a time is placed. Thread-safe.
 */
final class BodyPlacement {

  /** So often in a row an answer is not believed for which what is here would be given up. */
  private static final int DOUBTS = 2;

  private static final long MUCH_BYTES = 64L << 20;

  private final TransferEvents events;
  private final TransferLimits limits;
  private final DiskBudget disk;
  private final RetryPolicy retries;
  private final Clock clock;

  BodyPlacement(TransferServices services, TransferEvents events) {
    this.events = events;
    this.limits = services.limits();
    this.disk = services.disk();
    this.retries = services.retries();
    this.clock = services.clock();
  }

  /**
   * Places a body.
   *
   * @return whether it was; else the part is to be asked for once more, in another way
   * @throws DromedaryException when the body is of no use
   */
  boolean place(
      Part part, TransferRun run, PartRequest request, ResponseFacts facts, Verdict.Body body) {
    OptionalLong length = body.representation().lengthBytes();
    synchronized (run) {
      requireOfFile(part, run, request.url(), body);
      run.content().answered(request.url(), body.representation());
      requireUsable(part, run, request, body);
      if (isWorthAskingAgain(part, run, request, body)) {
        return false;
      }
      requireNoLapse(part, run, request, body);
      boolean framed = length.isPresent() || isChunked(facts);
      requireEnd(run, request.url(), framed || isKnownToEnd(run, body));
      accept(part, run, body.representation(), body.relation(), body.whole());
      part.place(run.file().openPart(body.start()), end(part, body), framed);
      return true;
    }
  }

  /** Notes that there is nothing to place: the file is empty, or all of it is here. */
  void placeNothing(Part part, TransferRun run, Representation representation) {
    synchronized (run) {
      accept(part, run, representation, Relation.UNKNOWN, false);
    }
    OptionalLong length = OptionalLong.of(representation.lengthBytes().orElse(0));
    part.flow().answered(part, length, RangeSupport.SHOWN);
  }

  /**
   * Bytes that are here are not given up for what may be no file at all: a page, or an answer that
   * names no version where the one held has a name, unless that is all the server has.
   */
  private static void requireOfFile(Part part, TransferRun run, URI url, Verdict.Body body) {
    boolean holdsBytes = run.file().received().sizeBytes() > 0 || part.flow().hasOthers(part);
    if (!body.whole() || !holdsBytes || body.relation() == Relation.SAME) {
      return;
    }
    Representation found = body.representation();
    String heldType = run.file().facts().map(PartFacts::contentType).orElse(null);
    if (ContentPolicy.isPageInstead(heldType, found.contentType())) {
      throw failure(
          url, FailureCode.ANOTHER_ANSWER, "expected the rest of the file, found a web page");
    }
    boolean isUnnamed = !part.mirror().held().isNone() && found.validators().isNone();
    if (isUnnamed && run.tries().withoutProgress() < DOUBTS) {
      throw failure(
          url,
          FailureCode.ANOTHER_ANSWER,
          "expected the version held, found an answer that names none");
    }
  }

  private static void requireUsable(
      Part part, TransferRun run, PartRequest request, Verdict.Body body) {
    if (!body.whole() && !request.asked().ranged() && !coversAll(body)) {
      throw failure(
          request.url(),
          FailureCode.RANGE_MISMATCH,
          "expected the whole file as asked for, found its bytes from "
              + body.start()
              + (body.end().isPresent() ? " to " + body.end().getAsLong() : " on"));
    }
    boolean asksAgain = body.relation() == Relation.SAME && request.sentIfRange();
    boolean changed = body.relation() == Relation.NEW_VERSION;
    boolean isAnotherFile = changed && run.holdsBytesOfAnother();
    if (body.whole() && (part.flow().mustBeRanged(part) || isAnotherFile) && !asksAgain) {
      throw failure(
          request.url(),
          changed ? FailureCode.VERSION_CHANGED : FailureCode.RANGE_MISMATCH,
          "expected bytes "
              + part.asked()
              + " of the version held, found the whole of "
              + (changed ? "another one" : "it"));
    }
  }

  /** Much is not given up as soon as one of several servers of a name has no ranges. */
  private void requireNoLapse(Part part, TransferRun run, PartRequest request, Verdict.Body body) {
    int inVain = run.tries().withoutProgress();
    boolean isLapse =
        body.whole()
            && body.relation() == Relation.SAME
            && (request.asked().ranged() || part.isRangeTurnedAway())
            && holdsMuch(run)
            && inVain < DOUBTS
            && retries.hasTriesLeft(inVain + 1);
    if (isLapse) {
      throw failure(
          request.url(),
          FailureCode.ANOTHER_ANSWER,
          "expected bytes " + part.asked() + ", found the whole of the file");
    }
  }

  /** Says whether more is here than may as well come again. */
  static boolean holdsMuch(TransferRun run) {
    return run.file().received().sizeBytes() >= MUCH_BYTES;
  }

  /**
   * Finds the answers after which another question is better than this body: the whole though the
   * version held is current (the server does not understand {@code If-Range}), a first part of a
   * version that nothing names, because the next part could then be of another one, and a first
   * part of a whole of unknown length.
   */
  private static boolean isWorthAskingAgain(
      Part part, TransferRun run, PartRequest request, Verdict.Body body) {
    boolean holdsBytes = run.file().received().sizeBytes() > 0 || part.flow().mustBeRanged(part);
    if (body.whole()) {
      boolean again = holdsBytes && body.relation() == Relation.SAME && request.sentIfRange();
      if (again) {
        part.mirror().refuseIfRange();
      }
      return again;
    }
    Representation found = body.representation();
    boolean isTold = RangeSupport.isVersionTold(run, found);
    boolean isHalfTold = found.lengthBytes().isEmpty() || (!isTold && !coversAll(body));
    boolean again = !holdsBytes && isHalfTold && request.asked().ranged();
    if (again) {
      part.mirror().askForWhole();
    }
    return again;
  }

  private static boolean coversAll(Verdict.Body body) {
    return body.start() == 0
        && body.end().isPresent()
        && body.end().equals(body.representation().lengthBytes());
  }

  private static long end(Part part, Verdict.Body body) {
    long bodyEnd = body.end().orElse(Long.MAX_VALUE);
    return body.whole() ? bodyEnd : Math.min(part.asked().end(), bodyEnd);
  }

  /** A body that only ends with its connection may be cut without anybody noticing. */
  private static void requireEnd(TransferRun run, URI url, boolean framed) {
    boolean known =
        framed
            || run.source().sizeBytes().isPresent()
            || run.source().hasDigest()
            || run.source().allowUnknownLength();
    if (!known) {
      throw failure(
          url, FailureCode.UNKNOWN_LENGTH, "expected a length, chunks or a digest, found none");
    }
  }

  /** Where the version held goes on, its length shows whether the body was cut. */
  private static boolean isKnownToEnd(TransferRun run, Verdict.Body body) {
    return body.relation() == Relation.SAME && run.heldLength().isPresent();
  }

  /** Binds the part file to the version that answers; starts over when it is another one. */
  private void accept(
      Part part, TransferRun run, Representation found, Relation relation, boolean whole) {
    OptionalLong length = found.lengthBytes();
    requireSize(part, run, length);
    Optional<PartFacts> held = run.file().facts();
    boolean startsOver = relation == Relation.NEW_VERSION || (whole && relation != Relation.SAME);
    if (held.isEmpty() || startsOver) {
      requireAlone(part, run);
      if (run.file().received().sizeBytes() > 0) {
        events.startsOver(run, "the source changed");
      }
      run.startOver(run.facts(found.validators(), length, clock.instant()));
      run.progress().begin(length, 0);
      reserve(run);
    } else if (whole && run.file().received().sizeBytes() > 0) {
      requireSame(part, run, held.get(), found, true);
      requireAlone(part, run);
      events.startsOver(run, "the server sends the whole again");
      OptionalLong known = length.isPresent() ? length : held.get().length();
      run.startAgain(run.facts(found.validators(), known, clock.instant()));
      run.progress().begin(known, 0);
      reserve(run);
    } else {
      requireSame(part, run, held.get(), found, whole);
      if (mayBeAnother(part, held.get(), found)) {
        run.mix();
      }
      if (part.flow().isHelping(part)) {
        part.mirror().holdFirst(found.validators());
      }
      if (length.isPresent() && held.get().length().isEmpty()) {
        run.file().learn(run.factsHeld().withLength(length.getAsLong()));
        run.progress().begin(length, run.file().received().sizeBytes());
        reserve(run);
      }
    }
    run.digests().begin(found.digests());
  }

  private void reserve(TransferRun run) {
    disk.reserve(run.record().id(), run.source().id(), run::missingBytes);
  }

  private static void requireAlone(Part part, TransferRun run) {
    if (part.flow().hasOthers(part)) {
      throw failure(
          part.mirror().current(),
          FailureCode.VERSION_CHANGED,
          "expected bytes of the version other parts fetch, found another one");
    }
  }

  /**
   * The version held may be a newer one than that which this part was asked for with. A part that
   * does not name its version, where the version held has a name, may be of any: then only one
   * stream is sure to be of one.
   */
  private static void requireSame(
      Part part, TransferRun run, PartFacts held, Representation found, boolean whole) {
    boolean sameLength =
        held.length().isEmpty()
            || found.lengthBytes().isEmpty()
            || held.length().equals(found.lengthBytes());
    Validators expected = run.heldOf(part.mirror(), found.validators().resource());
    Validators.Match match = expected.compare(found.validators());
    boolean unnamed =
        match == Validators.Match.UNKNOWN
            && !whole
            && !expected.isNone()
            && !run.source().hasDigest();
    if (unnamed) {
      part.mirror().refuseRanges();
    }
    if (match == Validators.Match.DIFFERENT || unnamed || !sameLength) {
      throw failure(
          part.mirror().current(),
          FailureCode.VERSION_CHANGED,
          "expected the version begun meanwhile, found another one");
    }
  }

  /** What the journal says of its bytes must stay true when no digest decides any more. */
  private static boolean mayBeAnother(Part part, PartFacts held, Representation found) {
    boolean isSame =
        held.urlFingerprint().equals(Fingerprint.of(part.mirror().url()))
            && held.validators().compare(found.validators()) == Validators.Match.SAME;
    return !isSame && !held.validators().isNone();
  }

  private void requireSize(Part part, TransferRun run, OptionalLong length) {
    if (length.isEmpty()) {
      return;
    }
    long found = length.getAsLong();
    OptionalLong expected = run.source().sizeBytes();
    URI url = part.mirror().current();
    if (expected.isPresent() && found != expected.getAsLong()) {
      throw failure(
          url,
          FailureCode.SIZE_MISMATCH,
          "expected " + expected.getAsLong() + " bytes, found " + found);
    }
    if (found > limits.largestBytes()) {
      throw failure(
          url,
          FailureCode.TOO_LARGE,
          "expected at most " + limits.largestBytes() + " bytes, found " + found);
    }
  }

  static boolean isChunked(ResponseFacts facts) {
    return facts
        .only("transfer-encoding")
        .map(coding -> coding.toLowerCase(Locale.ROOT).endsWith("chunked"))
        .orElse(false);
  }

  private static DromedaryException failure(URI url, FailureCode code, String message) {
    return new DromedaryException(code, MaskedUrl.of(url) + ": " + message);
  }
}
