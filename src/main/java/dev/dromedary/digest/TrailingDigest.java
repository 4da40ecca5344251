package dev.dromedary.digest;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes digests of a file on a thread of its own while the file still arrives, in one pass from
 * the first byte to the last.
 *
 * <p>It reads what is there without a gap and waits where there is one; a file that was partly
 * there before is digested from its beginning meanwhile. Bytes that are written just where it
 * stands it may be handed from memory, and then it does not read them. Its heap is one piece. Used
 * once: {@link #start()}, then {@link #finish} or {@link #cancel()}, each from any thread.
 */
public final class TrailingDigest {

  /** One that is digested, and one that waits: the digest is never idle then. */
  private static final int MOST_HANDED = 2;

  /** Whoever writes waits while what is left to read takes no longer than this. */
  private static final long WORTH_WAITING_NANOS = 250_000_000;

  /** How long a byte takes before one was read: from memory, by a processor that is not new. */
  private static final double SUPPOSED_NANOS_PER_BYTE = 1;

  /** So much counts how long the last piece took, against all before it. */
  private static final double LAST_PIECE = 0.125;

  /** Bytes that are still in memory; {@code done} gives their memory back. */
  private record Handed(ByteBuffer bytes, Runnable done) {}

  private final Frontier frontier;
  private final Bytes bytes;
  private final Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);
  private final int pieceBytes;
  private final LongSupplier nanoClock;
  private final Thread thread;
  private final Object lock = new Object();
  private final Deque<Handed> handed = new ArrayDeque<>();

  /** Where the next bytes would begin: after those digested and those handed over. */
  private long handedEnd;

  private double nanosPerByte = SUPPOSED_NANOS_PER_BYTE;
  private boolean isExpecting;
  private boolean isReading;
  private boolean isWaiting;
  private boolean isCancelled;
  private boolean isOver;
  private long target = Long.MAX_VALUE;
  private @Nullable Throwable failure;
  private volatile long position;

  /**
   * Prepares the digests; nothing runs before {@link #start()}.
   *
   * @param algorithms which digests, one or more
   * @param pieceBytes how much is read at once, 64 KiB or more for speed
   */
  public TrailingDigest(
      Frontier frontier, Bytes bytes, Set<DigestAlgorithm> algorithms, int pieceBytes) {
    this(frontier, bytes, algorithms, pieceBytes, System::nanoTime);
  }

  TrailingDigest(
      Frontier frontier,
      Bytes bytes,
      Set<DigestAlgorithm> algorithms,
      int pieceBytes,
      LongSupplier nanoClock) {
    if (algorithms.isEmpty() || pieceBytes < 1) {
      throw new IllegalArgumentException(
          "digests "
              + algorithms
              + " in pieces of "
              + pieceBytes
              + " bytes: expected one or more of each");
    }
    this.frontier = frontier;
    this.bytes = bytes;
    this.pieceBytes = pieceBytes;
    this.nanoClock = nanoClock;
    algorithms.forEach(algorithm -> digests.put(algorithm, messageDigest(algorithm)));
    this.thread = new Thread(this::run, "trailing-digest");
    this.thread.setDaemon(true);
  }

  /** Begins with the first byte. */
  public void start() {
    thread.start();
  }

  /** Says whether it computes what is to be compared with the expected digest. */
  public boolean covers(ExpectedDigest expected) {
    return digests.containsKey(expected.algorithm());
  }

  /** Returns how many bytes have been digested. */
  public long position() {
    return position;
  }

  /**
   * Waits until exactly the bytes {@code [0, length)} are digested; the file must be readable until
   * then.
   *
   * @return a digest for each algorithm
   * @throws DromedaryException PART_FILE_DAMAGED when the file has fewer bytes than its frontier or
   *     more were digested than {@code length}, STAGING_FAILED when it cannot be read or no more
   *     bytes come, NO_MEMORY when there was too little to read it
   * @throws InterruptedException when the caller is; the digest goes on
   */
  public Map<DigestAlgorithm, byte[]> finish(long length) throws InterruptedException {
    synchronized (lock) {
      target = length;
      wake();
    }
    thread.join();
    synchronized (lock) {
      if (failure instanceof DromedaryException known) {
        throw new DromedaryException(known.code(), String.valueOf(known.getMessage()), known);
      }
      if (failure != null) {
        throw new DromedaryException(
            failure instanceof OutOfMemoryError
                ? FailureCode.NO_MEMORY
                : FailureCode.STAGING_FAILED,
            "digest: cannot read at " + position + ": " + failure,
            failure);
      }
    }
    if (position != length) {
      throw new DromedaryException(
          position > length ? FailureCode.PART_FILE_DAMAGED : FailureCode.STAGING_FAILED,
          "digest: covers " + position + " bytes, expected " + length);
    }
    Map<DigestAlgorithm, byte[]> results = new EnumMap<>(DigestAlgorithm.class);
    digests.forEach((algorithm, digest) -> results.put(algorithm, digest.digest()));
    return results;
  }

  /** Says whether it ended without a result; then nothing else will come of it. */
  public boolean hasFailed() {
    synchronized (lock) {
      return failure != null;
    }
  }

  /** Ends it without a result, soon; harmless when it has ended. */
  public void cancel() {
    synchronized (lock) {
      isCancelled = true;
      wake();
    }
  }

  /**
   * Says whether the bytes from an offset on are the next it needs, and nobody else was told so.
   * When they are, it does not read them but waits for {@link #take} or {@link #withdraw}, one of
   * which has to follow. Waits while it is about to have read all before them: a writer that went
   * on would stay ahead, and all that comes had to be read again.
   *
   * @param offset before which nothing is missing
   */
  public boolean expects(long offset) {
    synchronized (lock) {
      awaitReadUpTo(offset);
      if (isExpecting) {
        return false;
      }
      isExpecting = !isOver && !isCancelled && !isReading && offset == handedEnd;
      return isExpecting;
    }
  }

  /**
   * Takes the bytes it expects from memory; waits while enough others are not digested yet.
   *
   * @param done run once, when what remains in the buffer is not needed any more
   */
  public void take(ByteBuffer bytes, Runnable done) {
    Handed next = new Handed(bytes, done);
    boolean isTaken;
    synchronized (lock) {
      boolean isInterrupted = false;
      while (handed.size() >= MOST_HANDED && !isOver) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
      isTaken = !isOver;
      if (isTaken) {
        handed.add(next);
        handedEnd += bytes.remaining();
      }
      isExpecting = false;
      lock.notifyAll();
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!isTaken) {
      done.run();
    }
  }

  /** Is told that the bytes it expects do not come. */
  public void withdraw() {
    synchronized (lock) {
      isExpecting = false;
      lock.notifyAll();
    }
  }

  private void awaitReadUpTo(long offset) {
    try {
      while (isAboutToReach(offset)) {
        lock.wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isAboutToReach(long offset) {
    long left = offset - handedEnd;
    boolean isWorthWaiting = left * nanosPerByte <= WORTH_WAITING_NANOS;
    return left > 0 && isWorthWaiting && !isExpecting && !isOver && !isCancelled;
  }

  private void run() {
    try {
      byte[] piece = new byte[pieceBytes];
      while (hasNext()) {
        Handed next = nextHanded();
        if (next != null) {
          digest(next.bytes(), piece);
          finished(next);
        } else if (!read(piece)) {
          return;
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      synchronized (lock) {
        failure = e;
      }
    } finally {
      end();
    }
  }

  private boolean hasNext() {
    synchronized (lock) {
      return !isCancelled && position < target;
    }
  }

  /** Returns what was handed over; null when nothing is or will be at the moment. */
  private @Nullable Handed nextHanded() {
    synchronized (lock) {
      while (handed.isEmpty() && isExpecting && !isCancelled) {
        try {
          lock.wait();
        } catch (InterruptedException woken) {
          continue;
        }
      }
      return handed.peek();
    }
  }

  private void finished(Handed digested) {
    synchronized (lock) {
      handed.remove();
      lock.notifyAll();
    }
    digested.done().run();
  }

  /** Reads and digests what is there without a gap; false when there will be no more. */
  private boolean read(byte[] piece) throws IOException {
    synchronized (lock) {
      if (isCancelled || position >= target || isExpecting || !handed.isEmpty()) {
        return true;
      }
      isWaiting = true;
    }
    OptionalLong reached = await();
    long until;
    synchronized (lock) {
      isWaiting = false;
      boolean wasWoken = Thread.interrupted() || reached.isEmpty();
      until = Math.min(reached.orElse(position), target);
      if (isExpecting || !handed.isEmpty() || isCancelled) {
        return true;
      }
      if (until <= position) {
        return wasWoken;
      }
      isReading = true;
    }
    int length = (int) Math.min(piece.length, until - position);
    long begun = nanoClock.getAsLong();
    try {
      digest(piece, length);
    } finally {
      double took = (double) (nanoClock.getAsLong() - begun) / length;
      synchronized (lock) {
        nanosPerByte += (took - nanosPerByte) * LAST_PIECE;
        isReading = false;
        handedEnd = position;
        lock.notifyAll();
      }
    }
    return true;
  }

  private void end() {
    List<Handed> left;
    synchronized (lock) {
      isOver = true;
      left = List.copyOf(handed);
      handed.clear();
      lock.notifyAll();
    }
    left.forEach(unused -> unused.done().run());
  }

  private OptionalLong await() {
    try {
      return OptionalLong.of(frontier.awaitBeyond(position));
    } catch (InterruptedException e) {
      return OptionalLong.empty();
    }
  }

  private void digest(byte[] piece, int wanted) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(piece, 0, wanted);
    while (buffer.hasRemaining()) {
      if (bytes.readAt(buffer, position + buffer.position()) < 0) {
        throw new DromedaryException(
            FailureCode.PART_FILE_DAMAGED,
            "digest: the file ended at "
                + (position + buffer.position())
                + " of "
                + (position + wanted));
      }
    }
    update(piece, wanted);
  }

  private void digest(ByteBuffer bytesInMemory, byte[] piece) {
    ByteBuffer left = bytesInMemory.duplicate();
    while (left.hasRemaining()) {
      int wanted = Math.min(piece.length, left.remaining());
      left.get(piece, 0, wanted);
      update(piece, wanted);
    }
  }

  private void update(byte[] piece, int length) {
    digests.values().forEach(digest -> digest.update(piece, 0, length));
    position += length;
  }

  /** An interrupt reaches the thread only while it waits, never while it reads. */
  private void wake() {
    lock.notifyAll();
    if (isWaiting) {
      thread.interrupt();
    }
  }

  private static MessageDigest messageDigest(DigestAlgorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.jcaName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform here has " + algorithm.label(), e);
    }
  }
}
