package dev.dromedary.routing;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The most bytes a second for all who share it, changeable while they wait for it.
 *
 * <p>A bucket holds what has come due, an eighth of a second at most. Who wants more than that
 * waits in a queue that is served by sharer and not by connection: next is the sharer that was
 * served least, so that a transfer of many connections has no more of it than one of a single
 * connection. A sharer that was away catches up no more than an eighth of a second. Source:
 * start-time fair queuing, Goyal, Vin and Cheng, SIGCOMM 1996.
 *
 * <p>Thread-safe.
 */
final class RateLimit {

  private static final int BURSTS_A_SECOND = 8;
  private static final int STEPS_A_BURST = 4;

  /** Shorter reads cost more than they smooth. */
  private static final int LEAST_READ_BYTES = 1024;

  /** Whoever waits looks so often whether it still should. */
  private static final long LOOK_NANOS = 100_000_000L;

  /** A bucket takes at most one token a nanosecond; from here on a token is a larger unit. */
  private static final long MOST_TOKENS_A_SECOND = 1_000_000_000L;

  private static final long LARGE_UNIT_BYTES = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Bucket bucket;
  private final Map<String, Share> shares = new HashMap<>();
  private final List<Ticket> waiting = new ArrayList<>();
  private long servedBytes;
  private volatile int users;
  private volatile long bytesPerSecond;

  /**
   * Creates a limit.
   *
   * @param bytesPerSecond 0 for none
   * @param nanoClock counts like {@link System#nanoTime()}
   */
  RateLimit(long bytesPerSecond, LongSupplier nanoClock) {
    this.bytesPerSecond = bytesPerSecond;
    this.bucket =
        Bucket.builder()
            .withCustomTimePrecision(new NanoMeter(nanoClock))
            .addLimit(bandwidth(bytesPerSecond))
            .build();
  }

  /** Returns the bytes a second; 0 for no limit. */
  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** Sets another limit, also for those who wait; 0 is none. */
  void set(long rate) {
    lock.lock();
    try {
      if (rate != bytesPerSecond) {
        bytesPerSecond = rate;
        bucket.replaceConfiguration(
            BucketConfiguration.builder().addLimit(bandwidth(rate)).build(),
            TokensInheritanceStrategy.RESET);
        waiting.forEach(ticket -> ticket.turn.signal());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets one more connection of a sharer in. */
  Share join(String sharer) {
    lock.lock();
    try {
      users++;
      Share share = shares.computeIfAbsent(sharer, name -> new Share(name, servedBytes));
      share.users++;
      return share;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a connection of a sharer out again. */
  void leave(Share share) {
    lock.lock();
    try {
      users--;
      if (--share.users == 0) {
        shares.remove(share.sharer);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many bytes one connection may read at once, so that together they are no burst. */
  int mostBytes() {
    long each = burst(bytesPerSecond) / Math.max(1, users);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_READ_BYTES, each));
  }

  /**
   * Counts bytes that came and waits until they fit under the limit.
   *
   * @param goesOn whether waiting still makes sense; asked often
   */
  void received(Share share, int bytes, BooleanSupplier goesOn) throws InterruptedException {
    if (bytesPerSecond == 0 || bytes <= 0) {
      return;
    }
    Ticket ticket = ask(share, bytes);
    try {
      while (goesOn.getAsBoolean() && !awaitTurn(ticket)) {
        // goesOn takes locks of its own and is therefore asked without ours
      }
    } finally {
      end(ticket);
    }
  }

  private boolean awaitTurn(Ticket ticket) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = pass(ticket);
      if (nanos > 0) {
        signalNext(ticket);
        long unused = ticket.turn.awaitNanos(Math.min(nanos, LOOK_NANOS));
      }
      return nanos == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Puts bytes into the queue. */
  Ticket ask(Share share, int bytes) {
    lock.lock();
    try {
      if (share.tickets++ == 0) {
        share.servedBytes = Math.max(share.servedBytes, servedBytes - burst(bytesPerSecond));
      }
      Ticket ticket = new Ticket(share, bytes, lock.newCondition());
      waiting.add(ticket);
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Serves a ticket as far as it is its turn.
   *
   * @return 0 when all its bytes fitted, else how many nanoseconds to wait before asking again
   */
  long pass(Ticket ticket) {
    lock.lock();
    try {
      while (bytesPerSecond > 0 && ticket.leftBytes > 0) {
        if (next() != ticket) {
          return LOOK_NANOS;
        }
        // what was read under a higher limit is no debt under this one
        long due = Math.max(LEAST_READ_BYTES, burst(bytesPerSecond));
        ticket.leftBytes = Math.min(ticket.leftBytes, due);
        long step = Math.min(ticket.leftBytes, step(bytesPerSecond));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(tokens(step));
        if (!probe.isConsumed()) {
          return probe.getNanosToWaitForRefill();
        }
        ticket.leftBytes -= step;
        servedBytes = Math.max(servedBytes, ticket.share.servedBytes);
        ticket.share.servedBytes += step;
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a ticket out of the queue, served or not. */
  void end(Ticket ticket) {
    lock.lock();
    try {
      waiting.remove(ticket);
      ticket.share.tickets--;
      signalNext(ticket);
    } finally {
      lock.unlock();
    }
  }

  private void signalNext(Ticket besides) {
    Ticket next = next();
    if (next != null && next != besides) {
      next.turn.signal();
    }
  }

  /** Returns the oldest ticket of the sharer that was served least. */
  private @Nullable Ticket next() {
    Ticket next = null;
    for (Ticket ticket : waiting) {
      if (ticket.leftBytes > 0
          && (next == null || ticket.share.servedBytes < next.share.servedBytes)) {
        next = ticket;
      }
    }
    return next;
  }

  private static long burst(long rate) {
    return Math.max(1, rate / BURSTS_A_SECOND);
  }

  private static long step(long rate) {
    return Math.max(1, burst(rate) / STEPS_A_BURST);
  }

  private static long unit(long rate) {
    return rate > MOST_TOKENS_A_SECOND ? LARGE_UNIT_BYTES : 1;
  }

  private long tokens(long bytes) {
    long unit = unit(bytesPerSecond);
    return (bytes + unit - 1) / unit;
  }

  private static Bandwidth bandwidth(long rate) {
    long unit = unit(rate);
    return Bandwidth.builder()
        .capacity(Math.max(1, burst(rate) / unit))
        .refillGreedy(Math.max(1, rate / unit), Duration.ofSeconds(1))
        .build();
  }

  /** One who shares the limit, over any number of connections. Guarded by the lock. */
  static final class Share {
    private final String sharer;
    private long servedBytes;
    private int users;
    private int tickets;

    private Share(String sharer, long servedBytes) {
      this.sharer = sharer;
      this.servedBytes = servedBytes;
    }
  }

  /** Bytes that wait. Guarded by the lock. */
  static final class Ticket {
    private final Share share;
    private final Condition turn;
    private long leftBytes;

    private Ticket(Share share, long bytes, Condition turn) {
      this.share = share;
      this.leftBytes = bytes;
      this.turn = turn;
    }
  }

  private record NanoMeter(LongSupplier nanoClock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoClock.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
