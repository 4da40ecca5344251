package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.origin.OpenRequests;
import dev.dromedary.origin.OriginSlots;
import dev.dromedary.plan.Sample;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

  private static final long LOOK_MILLIS = 100;

  /** A connection that breaks before it brought as much is one too many. */
  private static final long LEAST_USEFUL_BYTES = 64 * 1024;

  private final TransferRun run;
  private final OriginSlots slots;
  private final PartFailures failures;
  private final OpenRequests requests;
  private final StopSignal stop;
  private final ConnectionCount connections;
  private final PartRates rates;
  private final ReaderLoad readers;
  private final PartPicker picker;
  private final PartGuard guard;
  private final List<Part> active = new ArrayList<>();

  private OptionalLong lengthBytes;
  private boolean answered;
  private boolean single;
  private boolean ended;
  private boolean unchanged;
  private @Nullable Throwable failure;

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
    this.slots = services.slots();
    this.failures = new PartFailures(connections.most(), services);
    this.requests = services.requests();
    this.stop = services.stop();
    this.rates = new PartRates(services.nanoClock());
    this.readers = new ReaderLoad(services.nanoClock(), services.workNanos());
    this.picker = new PartPicker(run, connections, rates);
    this.ended = isComplete();
    run.server().mirrors().begin();
  }

  @Override
  public synchronized boolean hasNext() {
    return !(ended && active.isEmpty());
  }

  @Override
  public @Nullable Part next() {
    try {
      while (hasNext()) {
        String slot = SourceAddress.host(run.address().current());
        if (grant(slot)) {
          Part part = start(slot);
          if (part != null) {
            return part;
          }
          slots.release(slot, run.record().id());
        }
        await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(new DromedaryException(FailureCode.STOPPING, "transfer interrupted", e));
    } catch (RuntimeException e) {
      // thrown out of the splitter it would leave the parts that run to themselves
      end(e);
      return drained();
    }
    return null;
  }

  /** Waits until no part runs any more. */
  private synchronized @Nullable Part drained() {
    try {
      while (!active.isEmpty()) {
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** Waits its turn for the first connection; takes a further one only when it is free. */
  private boolean grant(String slot) throws InterruptedException {
    boolean isFirst;
    synchronized (this) {
      isFirst = active.isEmpty();
      if (ended || !(isFirst || wantsMore())) {
        return false;
      }
    }
    String transfer = run.record().id();
    return isFirst ? slots.acquire(slot, transfer, LOOK_MILLIS) : slots.tryAcquire(slot, transfer);
  }

  /** A part that only waits to be closed has no connection left to itself. */
  private boolean wantsMore() {
    long busy = active.stream().filter(part -> part.positionOffset() < part.endOffset()).count();
    return answered && !single && active.size() < connections.most() && busy < connections.wanted();
  }

  private synchronized @Nullable Part start(String slot) {
    if (stop.isRaised()) {
      end(new DromedaryException(FailureCode.STOPPING, "the service is stopping"));
    }
    if (run.isCancelled()) {
      end(new DromedaryException(FailureCode.STOPPING, TransferControl.REASON));
    }
    if (ended) {
      return null;
    }
    look();
    ByteRange range = picker.next(active, lengthBytes, single);
    if (range == null) {
      return null;
    }
    Part part = new Part(this, range, slot);
    active.add(part);
    rates.started(part);
    run.progress().connectionOpened();
    run.noteConnections(active.size());
    return part;
  }

  private synchronized void await() throws InterruptedException {
    if (!(ended && active.isEmpty())) {
      wait(connections.isStarting() ? rates.untilDueMillis() : LOOK_MILLIS);
    }
    look();
  }

  /** Takes a sample of the rates, and of what they say of the number of connections. */
  private void look() {
    if (!active.isEmpty() && answered && rates.isDue()) {
      rates.sample();
      Duration elapsed = Duration.ofNanos(rates.elapsedNanos());
      OptionalDouble busy = readersBusy();
      if (busy.isPresent() && !isHeldBackByUs()) {
        long receiving = active.stream().filter(part -> part.receivedBytes() > 0).count();
        connections.onSample(
            new Sample(
                elapsed,
                rates.totalBytes(),
                run.missingBytes(),
                active.size(),
                Math.toIntExact(receiving),
                busy.getAsDouble(),
                Runtime.getRuntime().availableProcessors()),
            slots.mostConnections(SourceAddress.host(run.address().current())));
      }
      lookForFasterMirror(elapsed);
    }
  }

  /** Only decrypting takes a processor's time before a connection is fast. */
  private OptionalDouble readersBusy() {
    return run.address().isEncrypted()
        ? readers.of(active.stream().map(Part::readerThreadId).filter(id -> id > 0).toList())
        : OptionalDouble.of(0);
  }

  /** Where our own limits decide the rate, it says nothing of what more connections would bring. */
  private boolean isHeldBackByUs() {
    return 2 * guard.heldBack() >= active.size();
  }

  /** Bytes of different URLs meet in a file only where a digest decides (promise I3). */
  private void lookForFasterMirror(Duration elapsed) {
    if (ended || lengthBytes.isEmpty() || !run.source().hasDigest()) {
      return;
    }
    run.server()
        .mirrors()
        .onSample(run.address().mirrorIndex(), elapsed, rates.totalBytes(), run.missingBytes())
        .ifPresent(
            index -> {
              run.server().preferMirror(index);
              end(
                  new DromedaryException(
                      FailureCode.MIRROR_CHANGED,
                      MaskedUrl.of(run.address().mirror())
                          + ": the rest may come faster from another URL of the source"));
            });
  }

  /** Is told that a host sends the body of a part. */
  void served(Part part) {
    part.served();
    slots.serves(part.host());
    synchronized (this) {
      rates.answered(part);
    }
  }

  /**
   * Is told what the first answer says of the whole.
   *
   * @param length empty when only the end of the body will tell
   * @param ranged whether the server serves ranges, so that other parts may be asked for
   */
  synchronized void answered(OptionalLong length, boolean ranged) {
    lengthBytes = length;
    answered = true;
    single = single || !ranged;
    rates.begin();
    connections.answered();
    notifyAll();
  }

  /** Says whether another part than this one runs. */
  synchronized boolean hasOthers(Part part) {
    return active.stream().anyMatch(other -> other != part);
  }

  /** Ends the attempt: the server has nothing new. */
  synchronized void endUnchanged() {
    unchanged = true;
    ended = true;
  }

  /**
   * Is told of bytes read, before they are written; throws to end the part.
   *
   * @param reachedOffset the offset in the file after the last of them
   * @param pace the limits of the connection they came on
   */
  void received(int bytes, long reachedOffset, Pace pace) {
    Throwable why = giveUpReason();
    if (why != null) {
      throw why instanceof DromedaryException known
          ? known
          : new DromedaryException(FailureCode.STOPPING, "another part failed", why);
    }
    OptionalLong held = run.heldLength();
    if (held.isPresent() && reachedOffset > held.getAsLong()) {
      throw new DromedaryException(
          FailureCode.VERSION_CHANGED,
          MaskedUrl.of(run.address().current())
              + ": expected "
              + held.getAsLong()
              + " bytes as announced before, found more in the body");
    }
    rates.received(bytes);
    run.content().received(run.file(), run.address().current());
    guard.received(bytes, reachedOffset, pace, () -> giveUpReason() == null);
  }

  private synchronized @Nullable Throwable giveUpReason() {
    if (stop.isRaised()) {
      return new DromedaryException(FailureCode.STOPPING, "the service is stopping");
    }
    if (run.isCancelled()) {
      return new DromedaryException(FailureCode.STOPPING, TransferControl.REASON);
    }
    return ended ? failure : null;
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
    if (ended) {
      return;
    }
    FailureCode code = FailureClassifier.classify(why).code();
    boolean hasOthers = hasOthers(part);
    if (!failures.costsOneConnection(part, code, hasOthers, run.server().areRangesRefused())) {
      end(why);
      return;
    }
    if (part.receivedBytes() < LEAST_USEFUL_BYTES) {
      connections.refused();
    }
  }

  private synchronized void end(Throwable why) {
    if (!ended) {
      ended = true;
      failure = why;
      Failure what = FailureClassifier.classify(why);
      requests.cancel(run.record().id(), what.code());
    }
    notifyAll();
  }

  /** Is told that a part's connection is free again, however it ended. */
  void closed(Part part) {
    synchronized (this) {
      if (!active.remove(part)) {
        return;
      }
      rates.ended(part);
      run.progress().connectionClosed();
      ended = ended || isComplete();
      notifyAll();
    }
    if (part.isServed()) {
      slots.servesNoMore(part.host());
    }
    slots.release(part.slot(), run.record().id());
  }

  private boolean isComplete() {
    return lengthBytes.isPresent() && run.file().received().coversAll(lengthBytes.getAsLong());
  }

  /** Is told the length by the end of a body that announced none. */
  synchronized void endedAt(long length) {
    lengthBytes = OptionalLong.of(length);
  }

  synchronized OptionalLong lengthBytes() {
    return lengthBytes;
  }

  synchronized boolean isUnchanged() {
    return unchanged;
  }

  /** Returns why the attempt failed; null when it did not. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }
}
