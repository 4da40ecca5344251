package dev.dromedary.origin;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TimeSpan;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request from just before it is sent until its body is closed; may be cancelled from any
 * thread, which ends a blocked connect or read at once.
 *
 * <p>Thread-safe.
 */
final class OpenRequest {

  private final String transferId;
  private final String url;
  private final SilenceLimits limits;
  private final Runnable cancel;
  private volatile long waitingSinceNanos;
  private volatile Waiting waiting = Waiting.FOR_HEAD;
  private volatile @Nullable FailureCode cancelledFor;

  /**
   * Creates a request.
   *
   * @param url where it goes, as a person may read it
   */
  OpenRequest(String transferId, String url, SilenceLimits limits, Runnable cancel, long nowNanos) {
    this.transferId = transferId;
    this.url = url;
    this.limits = limits;
    this.cancel = cancel;
    this.waitingSinceNanos = nowNanos;
  }

  String transferId() {
    return transferId;
  }

  /** Notes that a read of the body begins; silence counts from here. */
  void reading(long nowNanos) {
    waitingSinceNanos = nowNanos;
    waiting = Waiting.FOR_BYTES;
  }

  /** Notes that the other side owes nothing at present: we write, or wait at a rate limit. */
  void busy() {
    waiting = Waiting.FOR_NOTHING;
  }

  /** Ends the request if it waited for longer than its phase allows. */
  void cancelIfOverdue(long nowNanos) {
    Waiting now = waiting;
    long waited = nowNanos - waitingSinceNanos;
    if (now == Waiting.FOR_HEAD && waited > limits.firstByte().toNanos()) {
      cancel(FailureCode.FIRST_BYTE_TIMEOUT);
    } else if (now == Waiting.FOR_BYTES && waited > limits.stall().toNanos()) {
      cancel(FailureCode.STALLED);
    }
  }

  /** Ends the request; whoever waits for it gets an exception. The first reason stays. */
  void cancel(FailureCode why) {
    if (cancelledFor == null) {
      cancelledFor = why;
    }
    cancel.run();
  }

  /** Throws the reason of the cancellation if there was one, else the exception as it is. */
  IOException explain(IOException broken) {
    FailureCode why = cancelledFor;
    if (why != null) {
      throw new DromedaryException(why, url + ": " + told(why));
    }
    return broken;
  }

  private String told(FailureCode why) {
    return switch (why) {
      case FIRST_BYTE_TIMEOUT -> silence("an answer", limits.firstByte());
      case STALLED -> silence("a byte", limits.stall());
      default -> why.meaning();
    };
  }

  private static String silence(String expected, Duration limit) {
    return "expected " + expected + " within " + TimeSpan.format(limit) + ", found none";
  }

  private enum Waiting {
    FOR_HEAD,
    FOR_BYTES,
    FOR_NOTHING
  }
}
