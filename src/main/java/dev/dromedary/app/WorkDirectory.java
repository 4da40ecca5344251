package dev.dromedary.app;

import dev.dromedary.part.LastingDirectory;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of ledger and part files, held by one process at a time. The lock is the kernel's:
 * it ends with the process, however that ends. The lock's file names the process. Thread-safe.
 */
final class WorkDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);
  private static final String LOCK = "dromedary.lock";
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);
  private static final int LOCK_TRIES = 5;
  private static final long BETWEEN_TRIES_NANOS = 10_000_000L;

  /** Who has a work directory, and whether it is a service, which can be operated. */
  record Owner(ProcessHandle process, boolean isService) {}

  /** What stands behind the number of a process that is a service. */
  private static final String SERVICE = " service";

  private static final Pattern OWNER = Pattern.compile("([1-9]\\d{0,17})(" + SERVICE + ")?");

  private final Path directory;
  private final boolean isService;
  private FileLock lock;
  private Object key;
  private boolean isClosed;

  private WorkDirectory(Path directory, boolean isService, FileLock lock, Object key) {
    this.directory = directory;
    this.isService = isService;
    this.lock = lock;
    this.key = key;
  }

  /**
   * Makes the directory when it is missing and takes it, for something that cannot be operated.
   *
   * @throws DromedaryException as {@link #take(Path, boolean)}
   */
  static WorkDirectory take(Path directory) {
    return take(directory, false);
  }

  /**
   * Makes the directory when it is missing and takes it.
   *
   * @throws DromedaryException {@code WORK_DIRECTORY_BUSY} when another process has it, {@code
   *     PERMISSION_DENIED} when this user may not write it, {@code STAGING_FAILED} when it cannot
   *     be made
   */
  static WorkDirectory take(Path directory, boolean isService) {
    try {
      LastingDirectory.make(staging(directory));
      FileLock lock = locked(directory, isService);
      return new WorkDirectory(directory, isService, lock, key(directory));
    } catch (IOException e) {
      throw DirectoryFailure.of(
          FailureCode.STAGING_FAILED,
          "work directory " + directory + ": expected to read and write it",
          e);
    }
  }

  private static FileLock locked(Path directory, boolean isService) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = lockSoon(channel);
      if (lock != null) {
        write(channel, ProcessHandle.current().pid() + (isService ? SERVICE : "") + "\n");
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new DromedaryException(
          FailureCode.WORK_DIRECTORY_BUSY,
          "work directory "
              + directory
              + ": another instance of Dromedary"
              + owner(directory).map(owner -> ", process " + owner.process().pid() + ",").orElse("")
              + " is using it");
    }
    return lock;
  }

  /** Who looks whether it is locked, locks it for a moment. */
  private static @Nullable FileLock lockSoon(FileChannel channel) throws IOException {
    FileLock lock = tryLock(channel, 0, Long.MAX_VALUE);
    for (int tries = 1; lock == null && tries < LOCK_TRIES; tries++) {
      LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
      lock = tryLock(channel, 0, Long.MAX_VALUE);
    }
    return lock;
  }

  /**
   * Takes it again where somebody removed the file of the lock, since another instance would find
   * nobody there; makes again what else is missing.
   *
   * @return why it cannot be taken; empty when it is ours
   */
  synchronized Optional<String> whyLost() {
    if (isClosed) {
      return Optional.empty();
    }
    Optional<String> unmade = whyNotMade();
    try {
      if (!isThere()) {
        FileLock again = locked(directory, isService);
        lock.acquiredBy().close();
        lock = again;
        key = key(directory);
        LOG.warn(
            "msg=\"the lock of the work directory was gone, is taken again\" work={}", directory);
      }
    } catch (IOException | DromedaryException e) {
      return Optional.of("cannot be locked again after it was removed: " + e.getMessage());
    }
    return unmade;
  }

  private Optional<String> whyNotMade() {
    try {
      makeStaging();
      return Optional.empty();
    } catch (DromedaryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Never opens the file that is locked: to close it anywhere would unlock it. */
  private boolean isThere() throws IOException {
    try {
      return key.equals(key(directory));
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /**
   * Makes the directory of part files where somebody removed it.
   *
   * @throws DromedaryException {@code STAGING_FAILED} or {@code PERMISSION_DENIED} when it cannot
   */
  void makeStaging() {
    try {
      LastingDirectory.make(staging());
    } catch (IOException e) {
      throw DirectoryFailure.of(
          FailureCode.STAGING_FAILED, "work directory " + directory + ": expected to write it", e);
    }
  }

  /** Returns where its lock is. */
  Path lock() {
    return directory.resolve(LOCK);
  }

  /** Returns which file bears the name of the lock; its path where file systems have no keys. */
  private static Object key(Path directory) throws IOException {
    Path lock = directory.resolve(LOCK);
    Object key = Files.readAttributes(lock, BasicFileAttributes.class).fileKey();
    return key == null ? lock : key;
  }

  /** Says who has it: for whoever finds it taken, and to find a running service. */
  private static void write(FileChannel channel, String owner) throws IOException {
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
    channel.truncate(owner.length());
  }

  /**
   * Returns the process that had the directory last and may have it still: it runs, and ran already
   * when it took it, or somebody has it. Not for the process that has it.
   */
  static Optional<Owner> owner(Path directory) {
    Path file = directory.resolve(LOCK);
    try {
      Matcher text = OWNER.matcher(Files.readString(file, StandardCharsets.US_ASCII).strip());
      Instant taken = Files.getLastModifiedTime(file).toInstant();
      return text.matches()
          ? ProcessHandle.of(Long.parseLong(text.group(1)))
              .filter(process -> ranAt(process, taken) || isLocked(file))
              .map(process -> new Owner(process, text.group(2) != null))
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static boolean ranAt(ProcessHandle process, Instant taken) {
    return process
        .info()
        .startInstant()
        .map(started -> started.isBefore(taken.plus(CLOCK_TOLERANCE)))
        .orElse(true);
  }

  /** A clock that was set forward makes a process seem younger than what it wrote. */
  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel, 0, Long.MAX_VALUE) == null;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Locks bytes of a file for this process; null when somebody has one of them, we included. */
  static @Nullable FileLock tryLock(FileChannel channel, long position, long bytes)
      throws IOException {
    try {
      return channel.tryLock(position, bytes, false);
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  Path staging() {
    return staging(directory);
  }

  /** Returns where the part files of a work directory are. */
  static Path staging(Path directory) {
    return directory.resolve("staging");
  }

  Path ledger() {
    return ledger(directory);
  }

  /** Returns where the ledger of a work directory is. */
  static Path ledger(Path directory) {
    return directory.resolve("ledger.db");
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    try (Channel held = lock.acquiredBy()) {
      write((FileChannel) held, "");
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.PERMISSION_DENIED, "work directory " + directory + ": cannot unlock", e);
    }
  }
}
