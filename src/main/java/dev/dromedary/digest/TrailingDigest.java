package dev.dromedary.digest;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes digests of a file on a thread of its own while the file still arrives, in one pass from
 * the first byte to the last.
 *
 * <p>It reads what is there without a gap and waits where there is one; a file that was partly
 * there before is digested from its beginning meanwhile. Its heap is one chunk. Used once: {@link
 * #start()}, then {@link #finish} or {@link #cancel()}, each from any thread.
 */
public final class TrailingDigest {

  private final Frontier frontier;
  private final Bytes bytes;
  private final Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);
  private final int chunkSizeBytes;
  private final Thread thread;
  private final Object lock = new Object();
  private boolean isWaiting;
  private boolean isCancelled;
  private long target = Long.MAX_VALUE;
  private @Nullable Exception failure;
  private volatile long position;

  /**
   * Prepares the digests; nothing runs before {@link #start()}.
   *
   * @param algorithms which digests, one or more
   * @param chunkSizeBytes how much is read at once, 64 KiB or more for speed
   */
  public TrailingDigest(
      Frontier frontier, Bytes bytes, Set<DigestAlgorithm> algorithms, int chunkSizeBytes) {
    if (algorithms.isEmpty() || chunkSizeBytes < 1) {
      throw new IllegalArgumentException(
          "digests "
              + algorithms
              + " in chunks of "
              + chunkSizeBytes
              + " bytes: expected one or more of each");
    }
    this.frontier = frontier;
    this.bytes = bytes;
    this.chunkSizeBytes = chunkSizeBytes;
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
   *     bytes come
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
            FailureCode.STAGING_FAILED,
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

  /** Ends it without a result, soon; harmless when it has ended. */
  public void cancel() {
    synchronized (lock) {
      isCancelled = true;
      wake();
    }
  }

  private void run() {
    try {
      byte[] chunk = new byte[chunkSizeBytes];
      for (long until = next(); until > position; until = next()) {
        digest(chunk, until);
      }
    } catch (IOException | RuntimeException e) {
      synchronized (lock) {
        failure = e;
      }
    }
  }

  /** Returns up to where to digest; not beyond the position when it is over. */
  private long next() {
    while (true) {
      synchronized (lock) {
        if (isCancelled || position >= target) {
          return position;
        }
        isWaiting = true;
      }
      OptionalLong reached = await();
      synchronized (lock) {
        isWaiting = false;
        boolean wasWoken = Thread.interrupted() || reached.isEmpty();
        if (!wasWoken || reached.isPresent() && reached.getAsLong() > position) {
          return isCancelled ? position : Math.min(reached.orElse(position), target);
        }
      }
    }
  }

  private OptionalLong await() {
    try {
      return OptionalLong.of(frontier.awaitBeyond(position));
    } catch (InterruptedException e) {
      return OptionalLong.empty();
    }
  }

  private void digest(byte[] chunk, long until) throws IOException {
    int wanted = (int) Math.min(chunk.length, until - position);
    ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, wanted);
    while (buffer.hasRemaining()) {
      if (bytes.readAt(buffer, position + buffer.position()) < 0) {
        throw new DromedaryException(
            FailureCode.PART_FILE_DAMAGED,
            "digest: the file ended at " + (position + buffer.position()) + " of " + until);
      }
    }
    digests.values().forEach(digest -> digest.update(chunk, 0, wanted));
    position += wanted;
  }

  /** An interrupt reaches the thread only while it waits, never while it reads. */
  private void wake() {
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
