package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the parts of one attempt, one by one, as another connection is worth having; what a
 * {@code split} in the route iterates over.
 *
 * <p>{@link #hasNext()} answers at once and stays true until the attempt is over; {@link #next()}
 * waits for a part and returns null when the attempt ended meanwhile. That is what Camel's parallel
 * streaming splitter needs: it asks {@code hasNext} before it starts the part it was just given.
 *
 * <p>An attempt is over when no part runs and everything is here, nothing changed, or something
 * failed. A part that fails while others run costs its connection, not the attempt.
 *
 * <p>Thread-safe: the splitter's thread asks, each part's thread reports.
 */
final class PartFlow implements Iterator<@Nullable Part> {

  private static final Logger LOG = LoggerFactory.getLogger(PartFlow.class);

  private static final long LOOK_MILLIS = 100;

  /** How a request ends that was broken off since its rest is another's. */
  private static final Set<FailureCode> BROKEN_OFF =
      EnumSet.of(FailureCode.CONNECTION_LOST, FailureCode.SHORT_BODY, FailureCode.STALLED);

  private final TransferRun run;
  private final RunConnections granted;
  private final PartFailures failures;
  private final AttemptEnd end;
  private final ConnectionCount connections;
  private final PartRates rates;
  private final RangeProof proof = new RangeProof();
  private final PartPicker picker;
  private final PartMirrors mirrors;
  private final LongSupplier nanoClock;
  private final PartGuard guard;
  private final PartWatch watch;
  private final List<Part> active = new ArrayList<>();

  private OptionalLong lengthBytes;
  private boolean answered;
  private boolean single;
  private boolean hasLackedMeans;

  PartFlow(
      TransferRun run,
      OptionalLong lengthBytes,
      ConnectionCount connections,
      PartGuard guard,
      TransferServices services) {
    this.run = run;
    this.lengthBytes = lengthBytes;
    this.connections = connections;
    this.guard = guard;
    this.granted = new RunConnections(run, services);
    this.failures = new PartFailures(connections.most(), services);
    this.end = new AttemptEnd(run, services);
    this.nanoClock = services.nanoClock();
    this.rates = new PartRates(nanoClock);
    this.picker = new PartPicker(run, connections, rates, proof);
    this.mirrors = new PartMirrors(run, services);
    this.watch = new PartWatch(run, connections, rates, mirrors, guard, services);
    endIfComplete();
  }

  @Override
  public synchronized boolean hasNext() {
    return !(end.isOver() && active.isEmpty());
  }

  @Override
  public @Nullable Part next() {
    try {
      while (hasNext()) {
        Part part = startFromOne();
        if (part != null) {
          return part;
        }
        await();
      }
    } catch (InterruptedException e) {
      end(new DromedaryException(FailureCode.STOPPING, "transfer interrupted", e));
      drained();
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // thrown out of the splitter it would leave the parts that run to themselves
      end(e);
      return drained();
    }
    return null;
  }

  /** Asks the first of the URLs that grants a connection; null when nothing is to be asked now. */
  private @Nullable Part startFromOne() throws InterruptedException {
    List<Mirror> order = toAsk();
    for (Mirror mirror : order) {
      String slot = mirror.currentHost();
      if (grant(slot)) {
        Part part = null;
        try {
          part = start(mirror, slot, order);
        } finally {
          if (part == null) {
            granted.giveBack(slot);
          }
        }
        return part == null && !isStill(order) ? startFromOne() : part;
      }
    }
    return null;
  }

  /** While a connection was waited for, a part may have failed, after which another is asked. */
  private synchronized boolean isStill(List<Mirror> order) {
    return end.isOver() || order.equals(mirrors.order(active, isRanged()));
  }

  /**
   * Where no URL is left to ask, and nobody fetches any more, the attempt has failed; nobody waits
   * for a connection on behalf of what nobody wants.
   */
  private synchronized List<Mirror> toAsk() {
    end.failIfUnwanted();
    List<Mirror> order = mirrors.order(active, isRanged());
    Throwable leadFailure = end.leadFailure();
    if (order.isEmpty() && active.isEmpty() && leadFailure != null) {
      end(leadFailure);
    }
    return order;
  }

  private boolean isRanged() {
    return answered && !single && !proof.isPending() && lengthBytes.isPresent();
  }

  /** Waits until no part runs any more, also where it is interrupted: none is wanted by now. */
  private synchronized @Nullable Part drained() {
    boolean isInterrupted = false;
    while (!active.isEmpty()) {
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** Waits its turn for the first connection; takes a further one only when it is free. */
  private boolean grant(String slot) throws InterruptedException {
    boolean isFirst;
    synchronized (this) {
      isFirst = active.isEmpty();
      if (end.isOver() || !(isFirst || wantsMore())) {
        return false;
      }
    }
    return isFirst ? granted.await(slot) : granted.take(slot);
  }

  /** A part that only waits to be closed has no connection left to itself. */
  private boolean wantsMore() {
    long busy = active.stream().filter(part -> part.positionOffset() < part.endOffset()).count();
    boolean isServed = answered && !single && (!proof.isPending() || proof.mayAsk());
    return isServed && active.size() < connections.most() && busy < connections.wanted();
  }

  private synchronized @Nullable Part start(Mirror mirror, String slot, List<Mirror> order) {
    end.failIfUnwanted();
    if (end.isOver() || !isStill(order)) {
      return null;
    }
    watch.look(active, answered, isRanged());
    ByteRange range = picker.next(mirror, active, lengthBytes, single);
    if (range == null && isRanged() && watch.takesFromSilent(active)) {
      range = picker.next(mirror, active, lengthBytes, single);
    }
    if (range == null) {
      return null;
    }
    Part part = new Part(this, range, mirror, slot, nanoClock.getAsLong());
    if (!active.isEmpty()) {
      part.besideOthers();
    }
    proof.asks(part);
    rates.started(part);
    run.progress().connectionOpened();
    active.add(part);
    run.noteConnections(active.size());
    return part;
  }

  private synchronized void await() throws InterruptedException {
    if (!(end.isOver() && active.isEmpty())) {
      wait(connections.isStarting() ? rates.untilDueMillis() : LOOK_MILLIS);
    }
    guard.look(!active.isEmpty());
    watch.look(active, answered, isRanged());
  }

  /**
   * Is told that a host sends the body of a part, which may be closed to end it; before {@link
   * #answered}, since what others are refused then counts beside this one.
   */
  void served(Part part, Closeable body) {
    part.served(body, nanoClock.getAsLong());
    part.mirror().served();
    granted.serves(part);
    synchronized (this) {
      rates.answered(part);
    }
  }

  /**
   * Is told what the answer to a part, which was placed, says of the whole.
   *
   * @param length empty when only the end of the body will tell
   * @param ranges whether other parts may be asked for
   */
  synchronized void answered(Part part, OptionalLong length, RangeSupport ranges) {
    lengthBytes = length;
    answered = true;
    proof.answered(part);
    switch (ranges) {
      case SHOWN -> {}
      case ANNOUNCED -> proof.begin(part);
      case NONE -> single = true;
    }
    rates.begin();
    connections.answered();
    notifyAll();
  }

  /** Says whether another part than this one runs. */
  synchronized boolean hasOthers(Part part) {
    return active.stream().anyMatch(other -> other != part);
  }

  /** Says whether another URL than the one that leads is asked for the part. */
  synchronized boolean isHelping(Part part) {
    return mirrors.isHelping(part);
  }

  /** Says whether only the range that was asked for is of use, since other bytes are here. */
  synchronized boolean mustBeRanged(Part part) {
    return hasOthers(part) || mirrors.isHelping(part);
  }

  /** Ends the attempt: the server has nothing new. */
  synchronized void endUnchanged() {
    end.unchanged();
  }

  /**
   * Is told of bytes read, before they are written; throws to end the part.
   *
   * @param part whose they are
   * @param reachedOffset the offset in the file after the last of them
   * @param pace the limits of the connection they came on
   */
  void received(Part part, int bytes, long reachedOffset, Pace pace) {
    requireGoesOn();
    OptionalLong held = run.heldLength();
    if (held.isPresent() && reachedOffset > held.getAsLong()) {
      throw new DromedaryException(
          FailureCode.VERSION_CHANGED,
          MaskedUrl.of(part.mirror().current())
              + ": expected "
              + held.getAsLong()
              + " bytes as announced before, found more in the body");
    }
    long now = nanoClock.getAsLong();
    part.heard(now);
    watch.heard(now);
    rates.received(bytes);
    run.content().received(run.file(), part.mirror().current());
    guard.received(bytes, reachedOffset, pace, () -> giveUpReason() == null);
  }

  private void requireGoesOn() {
    Throwable why = giveUpReason();
    if (why != null) {
      throw why instanceof DromedaryException known
          ? known
          : new DromedaryException(FailureCode.STOPPING, "another part failed", why);
    }
  }

  private synchronized @Nullable Throwable giveUpReason() {
    return end.giveUpReason();
  }

  /** Returns what each connection still fetches; an unknown end is Long.MAX_VALUE. */
  synchronized List<ByteRange> fetching() {
    List<ByteRange> ranges = new ArrayList<>();
    for (Part part : active) {
      long position = part.positionOffset();
      long end = part.endOffset();
      if (position < end) {
        ranges.add(new ByteRange(position, end));
      }
    }
    return ranges;
  }

  /** Is told that a part's body ended where it should. */
  synchronized void arrived() {
    failures.arrived();
  }

  /** Is told that a part failed; decides whether the others go on without it. */
  synchronized void failed(Part part, Throwable why) {
    if (end.isOver()) {
      return;
    }
    Failure failed = FailureClassifier.classify(why);
    if (part.hasLeft() && BROKEN_OFF.contains(failed.code())) {
      return;
    }
    boolean isHelping = mirrors.isHelping(part);
    boolean isProof = proof.isAskedBy(part);
    Throwable leadFailure = end.leadFailure();
    if (!(isHelping || isProof) || leadFailure == null) {
      leadFailure = why;
      end.leadFailed(why, part.status());
    }
    List<Part> others = active.stream().filter(other -> other != part).toList();
    boolean isServed = !others.isEmpty() || part.wasOneTooMany();
    failures.remember(part, failed.code(), isServed);
    if (isProof && proof.isRefuted(failed) && !others.isEmpty()) {
      single = true;
      return;
    }
    if (mirrors.isReplaced(part, failed, others, isRanged())) {
      return;
    }
    if (failures.costsOneConnection(failed.code(), isServed)) {
      if (failed.code() == FailureCode.NO_THREAD || failed.code() == FailureCode.NO_MEMORY) {
        hasMeansFor(Math.max(1, others.size()), failed.code());
      } else if (part.hasBroughtLittle() && !isHelping) {
        connections.refused();
      }
    } else if (!mirrors.isLeftOut(part, failed, others)) {
      end(leadFailure);
    }
  }

  /** That of which it is one cause is told once in an attempt. */
  private void hasMeansFor(int parts, FailureCode lacking) {
    connections.hasMeansFor(parts);
    if (hasLackedMeans) {
      return;
    }
    hasLackedMeans = true;
    LOG.warn(
        "transfer={} msg=\"goes on with fewer connections\" connections={} code={} remedy=\"{}\"",
        run.record().id(),
        parts,
        lacking.label(),
        lacking.remedy());
  }

  private synchronized void end(Throwable why) {
    end.fail(why);
    notifyAll();
  }

  /** Is told that a part's connection is free again, however it ended. */
  void closed(Part part) {
    synchronized (this) {
      if (!active.remove(part)) {
        return;
      }
      rates.ended(part);
      mirrors.ended(part);
      run.progress().connectionClosed();
      endIfComplete();
      if (end.isOver() && proof.isPending()) {
        end.breakOff(FailureCode.STOPPING);
      }
      notifyAll();
    }
    if (part.isServed()) {
      granted.servesNoMore(part);
    }
    granted.giveBack(part);
  }

  /** Is told that a part's exchange is over: one that was not closed was not fetched. */
  void ended(Part part, @Nullable Throwable why) {
    synchronized (this) {
      if (!active.contains(part)) {
        return;
      }
    }
    failed(part, why == null ? new IllegalStateException("a route did not fetch a part") : why);
    try {
      part.close();
    } catch (IOException e) {
      LOG.debug("msg=\"not closed\" reason=\"{}\"", e.toString());
    } finally {
      closed(part);
    }
  }

  /** Exchanges the connection of a part for one of the host that a redirect leads to. */
  void moveTo(String host, Part part) throws InterruptedException {
    granted.move(part, host, this::requireGoesOn);
  }

  private void endIfComplete() {
    if (lengthBytes.isPresent() && run.file().received().coversAll(lengthBytes.getAsLong())) {
      end.complete();
    }
  }

  /** Is told the length by the end of a body that announced none. */
  synchronized void endedAt(long length) {
    lengthBytes = OptionalLong.of(length);
  }

  synchronized OptionalLong lengthBytes() {
    return lengthBytes;
  }

  synchronized boolean isUnchanged() {
    return end.isUnchanged();
  }

  /** Returns why the attempt failed; null when it did not. */
  synchronized @Nullable Throwable failure() {
    return end.failure();
  }

  /** Returns the status of the answer in which the attempt failed, when there was one. */
  synchronized OptionalInt failedStatus() {
    return end.failedStatus();
  }
}
