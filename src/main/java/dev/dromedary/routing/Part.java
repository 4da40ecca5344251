package dev.dromedary.routing;

import dev.dromedary.component.PartDestination;
import dev.dromedary.origin.TimedBody;
import dev.dromedary.part.PartWriter;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes one request is asked for and one connection brings. Its end may be drawn in
 * while it runs, when another connection takes its tail over.
 *
 * <p>Fetched by one thread, looked at by others.
 */
final class Part implements PartDestination, ConnectionHolder {

  private static final long LEAST_USEFUL_BYTES = 64 * 1024;
  private static final long LONGEST_LEAVING_NANOS = 1_000_000_000L;

  private final PartFlow flow;
  private final ByteRange asked;
  private final Mirror mirror;
  private final long bornNanos;
  private final Thread handedOutBy;
  private volatile long endOffset;
  private boolean isDrawnIn;
  private volatile boolean hasLeft;
  private volatile long leftNanos;
  private volatile long servedNanos;
  private volatile @Nullable Closeable body;
  private volatile long receivedBytes;
  private volatile long heardNanos;
  private volatile boolean isFramed;
  private volatile long placedOffset;
  private volatile @Nullable PartWriter writer;
  private String host;
  private volatile @Nullable String slot;
  private @Nullable Pace pace;
  private boolean isRangeTurnedAway;
  private volatile boolean isServed;
  private volatile boolean isBesideOthers;
  private volatile OptionalInt status = OptionalInt.empty();

  Part(PartFlow flow, ByteRange asked, Mirror mirror, String slot, long bornNanos) {
    this.flow = flow;
    this.asked = asked;
    this.mirror = mirror;
    this.slot = slot;
    this.bornNanos = bornNanos;
    this.handedOutBy = Thread.currentThread();
    this.heardNanos = bornNanos;
    this.host = slot;
    this.endOffset = asked.end();
  }

  PartFlow flow() {
    return flow;
  }

  /** Notes that it is asked for while others run. */
  void besideOthers() {
    isBesideOthers = true;
  }

  /**
   * Says whether it was turned away, before it was served, where others ran when it was asked for:
   * they may have ended since, and the host is no worse for that.
   */
  boolean wasOneTooMany() {
    return isBesideOthers && !isServed;
  }

  /**
   * Makes sure that another thread fetches it than handed it out, which would hand out no other
   * meanwhile.
   *
   * @throws DromedaryException {@link FailureCode#NO_THREAD} when none could be started for it
   */
  void requireOwnThread() {
    if (Thread.currentThread() == handedOutBy) {
      throw new DromedaryException(
          FailureCode.NO_THREAD, "no thread could be started to fetch from " + slot);
    }
  }

  /** Returns the range that was handed out; its end is Long.MAX_VALUE for all the rest. */
  ByteRange asked() {
    return asked;
  }

  /** Returns the URL of the source it is asked of. */
  Mirror mirror() {
    return mirror;
  }

  /** Returns when it was handed out, as the flow's clock counts. */
  long bornNanos() {
    return bornNanos;
  }

  @Override
  public @Nullable String slot() {
    return slot;
  }

  @Override
  public void holds(@Nullable String ofHost) {
    slot = ofHost;
  }

  @Override
  public boolean hasOthers() {
    return flow.hasOthers(this);
  }

  /** Returns the host that is asked at present; another one than {@link #slot} after a redirect. */
  String host() {
    return host;
  }

  /** Notes which host is asked next, and the limits for what it sends. */
  void asks(String next, Pace limits) {
    closePace();
    status = OptionalInt.empty();
    host = next;
    pace = limits;
  }

  /** Notes the status its host answered with. */
  void answered(int withStatus) {
    status = OptionalInt.of(withStatus);
  }

  /** Returns the status of the answer to its present request; empty as long as there is none. */
  OptionalInt status() {
    return status;
  }

  /** Notes that its host answered the request for a range with a status. */
  void rangeTurnedAway() {
    isRangeTurnedAway = true;
  }

  boolean isRangeTurnedAway() {
    return isRangeTurnedAway;
  }

  /** Notes that its host began to send a body. */
  void served(Closeable answer, long nowNanos) {
    servedNanos = nowNanos;
    body = answer;
    isServed = true;
  }

  boolean isServed() {
    return isServed;
  }

  /** Returns for how many nanoseconds its body has been coming; 0 as long as there is none. */
  long servedForNanos(long nowNanos) {
    return body == null ? 0 : Math.max(0, nowNanos - servedNanos);
  }

  /** Returns for how many of them its reader had something to do. */
  long workedNanos(long nowNanos) {
    return body instanceof TimedBody timed
        ? Math.max(0, servedForNanos(nowNanos) - timed.waitedNanos(nowNanos))
        : 0;
  }

  /** Returns the offset of the next byte to come. */
  long positionOffset() {
    PartWriter open = writer;
    return open == null ? asked.start() : open.position();
  }

  long receivedBytes() {
    return receivedBytes;
  }

  /** Notes that bytes of it came. */
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /** Returns when bytes of it came last, or when it was handed out. */
  long heardNanos() {
    return heardNanos;
  }

  /** Says whether it brought hardly more than an answer: asking for it was of little use. */
  boolean hasBroughtLittle() {
    return receivedBytes < LEAST_USEFUL_BYTES;
  }

  /** Returns how many bytes are to come; many when its end is not known. */
  long remainingBytes() {
    return Math.max(0, endOffset - positionOffset());
  }

  /** Returns the offset after the last byte received, which may not be written yet. */
  private long receivedOffset() {
    return writer == null ? asked.start() : placedOffset + receivedBytes;
  }

  /**
   * Sets where the answer's bytes go and where they end; what was left to another part meanwhile
   * stays with that one.
   *
   * @param framed whether the end of the body is told from the end of its connection
   */
  synchronized void place(PartWriter place, long end, boolean framed) {
    placedOffset = place.position();
    isFramed = framed;
    endOffset = isDrawnIn ? Math.min(endOffset, end) : end;
    writer = place;
  }

  boolean isFramed() {
    return isFramed;
  }

  /** Leaves the bytes from {@code end} on to another part. */
  synchronized void drawIn(long end) {
    endOffset = Math.min(endOffset, end);
    isDrawnIn = true;
  }

  /** Leaves all that has not been received by now to another part. */
  synchronized void leaveRest(long nowNanos) {
    drawIn(receivedOffset());
    leftNanos = nowNanos;
    hasLeft = true;
  }

  /** Lets so many of some parts leave their rests, those that have most to come. */
  static void leaveRest(Stream<Part> parts, long most, long nowNanos) {
    parts
        .filter(part -> part.isServed() && !part.hasLeft())
        .sorted(Comparator.comparingLong(Part::remainingBytes).reversed())
        .limit(most)
        .forEach(part -> part.leaveRest(nowNanos));
  }

  /** Says whether it only has to notice that its rest is another's. */
  boolean hasLeft() {
    return hasLeft;
  }

  /** Ends its request when it left and has not noticed since: its server is silent. */
  void breakOffIfSilent(long nowNanos) {
    Closeable open = body;
    if (hasLeft && open != null && nowNanos - leftNanos > LONGEST_LEAVING_NANOS) {
      body = null;
      try {
        open.close();
      } catch (IOException gone) {
        return;
      }
    }
  }

  @Override
  public PartWriter writer() {
    PartWriter open = writer;
    if (open == null) {
      throw new IllegalStateException("part " + asked + ": no answer was placed yet");
    }
    return open;
  }

  @Override
  public long endOffset() {
    return endOffset;
  }

  @Override
  public void received(int bytes) {
    receivedBytes += bytes;
    flow.received(this, bytes, receivedOffset(), limits());
  }

  @Override
  public int mostBytes() {
    return limits().mostBytes();
  }

  private Pace limits() {
    Pace limits = pace;
    if (limits == null) {
      throw new IllegalStateException("part " + asked + ": nothing was asked for yet");
    }
    return limits;
  }

  private void closePace() {
    if (pace != null) {
      pace.close();
      pace = null;
    }
  }

  /** Closes the writer if one was opened; idempotent. */
  void close() throws IOException {
    closePace();
    PartWriter open = writer;
    if (open != null) {
      open.close();
    }
  }
}
