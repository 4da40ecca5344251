package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferProgress;
import dev.dromedary.part.PartFacts;
import dev.dromedary.part.PartFile;
import dev.dromedary.part.SetAside;
import dev.dromedary.plan.Held;
import dev.dromedary.plan.ResumePolicy;
import dev.dromedary.response.KnownVersion;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all attempts at one transfer share in this process: its source, its ledger record, its part
 * file, {@link Mirrors whom it asks}, {@link RunDigests what its file is held against} and {@link
 * RunTries what came of its tries}. Made at the claim, closed with the exchange; its part file is
 * closed before the ledger says that it ended, since the next transfer of the source may open it
 * from then on.
 *
 * <p>The record is changed by the thread of the exchange alone; the rest is thread-safe.
 */
final class TransferRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TransferRun.class);

  private final Source source;
  private final KnownBefore before;
  private final ContentWatch content;
  private final TransferProgress progress;
  private final Supplier<PartFile> opener;
  private final Mirrors mirrors;
  private final RunDigests digests;
  private final RunTries tries;
  private final long fetchedBefore;
  private final AtomicInteger mostConnections = new AtomicInteger();

  private volatile PartFile file;
  private volatile TransferRecord record;
  private volatile @Nullable PartFacts begunAs;
  private volatile long shownBytes;
  private @Nullable Path setAside;
  private boolean wasMixed;
  private boolean isDiscarded;
  private volatile boolean isCancelled;
  private final Object delivering = new Object();
  private volatile @Nullable PartFlow flow;
  private boolean isTold;
  private long toldAtNetworkBytes;

  TransferRun(
      Source source,
      TransferRecord record,
      KnownBefore before,
      Mirrors mirrors,
      ContentWatch content,
      TransferProgress progress,
      Supplier<PartFile> opener,
      StopSignal stop) {
    this.source = source;
    this.record = record;
    this.fetchedBefore = record.fetchedBytes();
    this.before = before;
    this.mirrors = mirrors;
    this.content = content;
    this.progress = progress;
    this.opener = opener;
    this.file = opener.get();
    this.digests = new RunDigests(source, this::file, () -> stop.requireGoesOn(this));
    this.tries = new RunTries(this::file, progress);
  }

  Source source() {
    return source;
  }

  /** Returns whom it asks. */
  Mirrors mirrors() {
    return mirrors;
  }

  /** Returns what the file is held against. */
  RunDigests digests() {
    return digests;
  }

  /** Returns what its attempts have brought. */
  RunTries tries() {
    return tries;
  }

  ContentWatch content() {
    return content;
  }

  TransferProgress progress() {
    return progress;
  }

  PartFile file() {
    return file;
  }

  TransferRecord record() {
    return record;
  }

  void record(TransferRecord stored) {
    record = stored;
  }

  /** Returns the record with the bytes that are here and came over the network by now. */
  TransferRecord recordNow(Instant now) {
    long fetched = progress.snapshot(now).networkBytes();
    return record.withBytes(file.received().sizeBytes(), fetchedBefore + fetched);
  }

  /** Returns what the bytes here are bytes of. */
  PartFacts factsHeld() {
    return file.facts()
        .orElseThrow(
            () -> new IllegalStateException("transfer " + record.id() + ": holds no version yet"));
  }

  /**
   * Returns which version the first bytes were of, which what is verified by a digest is named
   * after; the version held where all are of one.
   */
  PartFacts versionBegun() {
    PartFacts begun = begunAs;
    return begun == null ? factsHeld() : begun;
  }

  /** Notes that the next bytes may be of another version than those here; a digest will decide. */
  void mix() {
    PartFacts held = factsHeld();
    file.mix();
    begunAs = begunAs == null ? held : begunAs;
  }

  /** Returns the length of the version held, when it is known. */
  OptionalLong heldLength() {
    return file.facts().map(PartFacts::length).orElse(OptionalLong.empty());
  }

  /** Returns what is here of a version; empty where none is. */
  Optional<Held> held() {
    return file.facts()
        .map(
            facts ->
                new Held(
                    facts.validators(),
                    facts.length(),
                    file.received(),
                    facts.urlFingerprint().equals(Fingerprint.of(mirrors.lead().url()))));
  }

  /** Says whether another attempt may complete what is here. */
  boolean mayResume() {
    return held()
        .filter(held -> ResumePolicy.whyNot(held, source.sizeBytes(), source.hasDigest()).isEmpty())
        .isPresent();
  }

  /** Returns what bytes of another version would be bytes of. */
  PartFacts facts(Validators validators, OptionalLong length, Instant now) {
    return new PartFacts(
        source.id(),
        Fingerprint.of(mirrors.lead().url()),
        validators,
        content.contentType(),
        length,
        now);
  }

  /** Sets what each answer of the lead is compared with; NONE where length and digest decide. */
  void hold(Validators validators) {
    mirrors.hold(validators);
  }

  /**
   * Returns what an answer of a resource is compared with, to which a redirect may have led: where
   * a digest decides, nothing if the bytes here are of another one.
   */
  Validators heldOf(Mirror mirror, @Nullable String resource) {
    return source.hasDigest() ? mirror.held().on(resource) : mirror.held();
  }

  /**
   * Returns the version that a resource is asked about: none if it is of another one, unless the
   * list has the digest of what landed, which that one would have to match.
   */
  KnownVersion knownOf(String resource) {
    KnownVersion known = mirrors.known();
    boolean hasLandedByDigest = before.refused() == null && !source.digests().isEmpty();
    return hasLandedByDigest ? known : known.on(resource);
  }

  /** Returns what earlier transfers of the source leave to this one. */
  KnownBefore before() {
    return before;
  }

  void noteConnections(int open) {
    mostConnections.accumulateAndGet(open, Math::max);
  }

  int mostConnections() {
    return mostConnections.get();
  }

  /** Begins an attempt that goes on with what is here. */
  void beginAttempt(Instant now) {
    flow = null;
    tries.begin(now);
    digests.beginAttempt();
  }

  /** Forgets every byte received: what comes next belongs to {@code facts}. */
  void startOver(PartFacts facts) {
    digests.forget();
    shownBytes = 0;
    begin(facts);
  }

  /**
   * Forgets every byte received of a version that comes anew from its first: written over them,
   * they would be others than those its digest has read. Up to where they reached is remembered.
   */
  void startAgain(PartFacts facts) {
    digests.cancel();
    shownBytes = Math.max(shownBytes, file.received().end());
    begin(facts);
  }

  private void begin(PartFacts facts) {
    begunAs = null;
    file.begin(facts);
    mirrors.forgetBytes();
    hold(facts.validators());
  }

  /** Returns up to where bytes of the version held came once, and so how long it is at least. */
  long shownBytes() {
    return shownBytes;
  }

  /** Forgets every byte received and to what they belonged. */
  void forget() {
    digests.forget();
    begunAs = null;
    shownBytes = 0;
    file.discard();
    file = opener.get();
    mirrors.forgetBytes();
  }

  /** Goes on with bytes that were set aside, of which its digest will decide. */
  void takeBack(SetAside kept) {
    String url = kept.facts().urlFingerprint();
    if (file.takeBack(kept) && source.urls().stream().map(Fingerprint::of).anyMatch(url::equals)) {
      begunAs = kept.facts();
    }
  }

  /** Keeps the rejected bytes aside for a person to look at, and forgets them. */
  Path setAside() {
    wasMixed = begunAs != null;
    begunAs = null;
    shownBytes = 0;
    List<ExpectedDigest> found = digests.found();
    digests.forget();
    Path aside = file.setAside(found);
    setAside = aside;
    file = opener.get();
    mirrors.forgetBytes();
    return aside;
  }

  /** Says whether what was set aside last may have been of several versions. */
  boolean wasMixed() {
    return wasMixed;
  }

  /** Returns where the bytes of the last attempt are kept; empty when there are none. */
  Optional<Path> keptAt() {
    return !isDiscarded && file.received().sizeBytes() > 0
        ? Optional.of(file.path())
        : Optional.ofNullable(setAside);
  }

  /** Opens the part file again after a disk failed it; what its journal can vouch for is left. */
  void reopen() {
    digests.cancel();
    file.close();
    file = opener.get();
  }

  /** Goes on after a rest, in which its part file was closed. */
  TransferRun goOn(TransferRecord claimed) {
    record = claimed;
    file = opener.get();
    isDiscarded = false;
    isTold = isTold && progress.networkBytes() == toldAtNetworkBytes;
    return this;
  }

  /**
   * Says whether it is still to be told that it runs, and from where, and takes it for told: once,
   * and once more after each rest before which bytes came.
   */
  boolean isNews() {
    boolean isNews = !isTold;
    if (isNews) {
      isTold = true;
      toldAtNetworkBytes = progress.networkBytes();
    }
    return isNews;
  }

  /** Notes a failed attempt, as {@link RunTries#noteFailed} says. */
  void noteFailedAttempt(boolean wasSlow) {
    if (tries.noteFailed(heldLength(), wasSlow)) {
      mirrors.broughtBytes();
    }
  }

  /** Notes of which URL's version the bytes are that are about to be delivered. */
  void noteVersion() {
    mirrors.noteVersion(versionBegun().urlFingerprint());
  }

  /** Says whether bytes are here that would be lost if another URL were asked. */
  boolean needsItsUrl() {
    return file.received().sizeBytes() > 0 && source.digests().isEmpty();
  }

  /**
   * Says whether the bytes here are of another URL than the one that leads, and a digest tells what
   * they must become: what the lead says of its version then says nothing of theirs.
   */
  boolean holdsBytesOfAnother() {
    return source.hasDigest()
        && file.received().sizeBytes() > 0
        && !versionBegun().urlFingerprint().equals(Fingerprint.of(mirrors.lead().url()));
  }

  /** Returns how many bytes of the version held are missing; 0 when its length is not known. */
  long missingBytes() {
    OptionalLong length = heldLength();
    return length.isEmpty() ? 0 : Math.max(0, length.getAsLong() - file.received().sizeBytes());
  }

  /** Says whether every byte of the version held is here, so that no server is asked for it. */
  boolean isAllHere() {
    OptionalLong length = heldLength();
    return length.isPresent() && file.received().coversAll(length.getAsLong());
  }

  /** Sets what hands out the parts of the attempt that begins. */
  void flow(PartFlow parts) {
    flow = parts;
  }

  /** Says whether what its present attempt has still to ask is asked for nothing. */
  boolean hasAttemptFailed() {
    PartFlow parts = flow;
    return parts != null && parts.failure() != null;
  }

  /** Returns a failure of its present attempt with the status of the answer that it came in. */
  Failure answered(Failure failure) {
    PartFlow parts = flow;
    return parts == null || failure.status().isPresent()
        ? failure
        : new Failure(
            failure.code(), failure.message(), parts.failedStatus(), failure.retryAfter());
  }

  /** Returns what is here and what is being fetched. */
  OpenRuns.Strip strip() {
    PartFlow parts = flow;
    return new OpenRuns.Strip(
        file.received().ranges(), parts == null ? List.of() : parts.fetching());
  }

  /**
   * Ends it on somebody's wish; its own thread notices at its next step.
   *
   * @return whether it ends: what is being delivered does not
   */
  boolean cancel() {
    synchronized (delivering) {
      TransferState state = record.state();
      boolean ends = state != TransferState.DELIVERING && !state.isTerminal();
      isCancelled |= ends;
      return ends;
    }
  }

  /**
   * Takes over what is recorded as being delivered, unless somebody wants it to end.
   *
   * @return whether it is being delivered
   */
  boolean deliver(Supplier<TransferRecord> recorded) {
    synchronized (delivering) {
      if (!isCancelled) {
        record = recorded.get();
      }
      return !isCancelled;
    }
  }

  /** Says whether somebody wants it to end. */
  boolean isCancelled() {
    return isCancelled;
  }

  /** Returns it as ended on somebody's wish; what arrived waits in its part file. */
  TransferRecord cancelled(Instant now, Function<Path, String> inTheLedger) {
    return recordNow(now)
        .withPartFile(keptAt().map(inTheLedger).orElse(null))
        .cancelled(TransferControl.REASON);
  }

  /**
   * Goes on only when nobody wants it to end.
   *
   * @throws DromedaryException {@link FailureCode#STOPPING} otherwise
   */
  void requireWanted() {
    if (isCancelled) {
      throw new DromedaryException(FailureCode.STOPPING, TransferControl.REASON);
    }
  }

  /** Removes the part file and closes it; what cannot be removed is in nobody's way. */
  void discard() {
    isDiscarded = true;
    digests.cancel();
    quietly("removed", () -> file.discard());
  }

  /** Closes the part file, which keeps its bytes; idempotent. */
  @Override
  public void close() {
    digests.cancel();
    quietly("closed cleanly", () -> file.close());
  }

  private void quietly(String what, Runnable step) {
    try {
      step.run();
    } catch (DromedaryException e) {
      LOG.warn(
          "transfer={} msg=\"part file not {}\" code={} reason=\"{}\"",
          record.id(),
          what,
          e.code().label(),
          e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("transfer={} msg=\"part file not {}\"", record.id(), what, e);
    }
  }
}
