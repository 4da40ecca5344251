package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What delivery needs of a file system beyond a rename: a verified file on the target's file
 * system, and directories synced so that the rename survives a power cut. Thread-safe.
 */
public final class Delivery {

  private static final int MOST_ASKED = 5;
  private static final int COPY_BYTES = 1 << 20;

  private final Storage storage;

  /** Creates one on the operating system's file systems. */
  public Delivery() {
    this(new DiskStorage());
  }

  /** Creates one; {@code storage} syncs its directories. */
  Delivery(Storage storage) {
    this.storage = storage;
  }

  /**
   * Makes the directories of a target below the landing zone and makes sure that a file may get its
   * name. Idempotent.
   *
   * @throws DromedaryException with {@code TARGET_UNSAFE} when a symbolic link is on the way, or is
   *     the target; with {@code DELIVERY_FAILED} when the target is a directory
   */
  public void requireReplaceable(Path root, Path target) throws IOException {
    try (LandingDirectory directory = LandingDirectory.make(root, target, storage)) {
      directory.requireReplaceable(name(target));
    }
  }

  /**
   * Makes sure that a delivered file is where it should be, and no link on the way.
   *
   * @throws DromedaryException with {@code TARGET_UNSAFE} when a link was put in the way meanwhile
   * @throws IOException when there is no file
   */
  public void requireDelivered(Path root, Path target) throws IOException {
    try (LandingDirectory directory = LandingDirectory.find(root, target)) {
      directory.requireFile(name(target));
    }
  }

  /**
   * Gives a delivered file the permissions of the one that it has replaced, and its owner and group
   * where the system lets them be given away. Nothing when it has replaced none.
   *
   * @throws DromedaryException as {@link #requireDelivered}
   */
  public void takeOver(FormerFile former, Path root, Path target) throws IOException {
    try (LandingDirectory directory = LandingDirectory.find(root, target)) {
      former.giveTo(directory.access(name(target)));
    }
  }

  /**
   * Brings a sealed part file to the file system of its target. On the same one nothing is done;
   * else it is copied to a temporary name beside the target, and synced. It gets the permissions of
   * what it is to replace before it can be read under that name.
   *
   * @param transferId names the copy: another process may bring the same target
   * @param goOn asked before each chunk of a copy; what it throws ends the copy without a trace
   * @return a file that can be renamed to {@code target}
   * @throws DromedaryException as {@link #requireReplaceable}
   */
  public Path bringBeside(Path sealed, Path root, Path target, String transferId, Runnable goOn)
      throws IOException {
    Path beside = temporary(target, transferId);
    try (LandingDirectory directory = LandingDirectory.make(root, target, storage)) {
      directory.requireReplaceable(name(target));
      FormerFile former = FormerFile.at(target);
      if (storeOf(sealed).equals(storeOf(parent(target)))) {
        if (Files.isSymbolicLink(beside)) {
          directory.remove(name(beside));
        }
        former.lendTo(access(sealed));
        return sealed;
      }
      try (FileChannel from = FileChannel.open(sealed, StandardOpenOption.READ);
          WritableByteChannel to = directory.create(name(beside))) {
        former.lendTo(directory.access(name(beside)));
        copy(from, to, goOn);
      } catch (IOException | RuntimeException e) {
        directory.remove(name(beside));
        throw e;
      }
    }
    return beside;
  }

  private static @Nullable PosixFileAttributeView access(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Where no more files can be opened, the JDK says that there is no such file system; opening the
   * file then tells why, unless another has been closed meanwhile: then it is asked again.
   */
  private static FileStore storeOf(Path path) throws IOException {
    for (int asked = 1; ; asked++) {
      try {
        return Files.getFileStore(path);
      } catch (IOException e) {
        FileChannel.open(path, StandardOpenOption.READ).close();
        if (asked == MOST_ASKED) {
          throw e;
        }
      }
    }
  }

  private static void copy(FileChannel from, WritableByteChannel to, Runnable goOn)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(COPY_BYTES);
    while (from.read(chunk) >= 0) {
      goOn.run();
      chunk.flip();
      while (chunk.hasRemaining()) {
        to.write(chunk);
      }
      chunk.clear();
    }
    if (!(to instanceof FileChannel file)) {
      throw new IOException("this file system cannot sync a file: found " + to.getClass());
    }
    file.force(true);
  }

  /**
   * Puts a file back that an earlier run had moved beside its target but not yet to it.
   *
   * @param transferId of the transfer that was being delivered
   * @param isIt recognises the file
   * @return whether there was one; without, or when it cannot be moved, it is fetched again
   */
  public boolean takeBack(Path target, String transferId, Path partFile, Predicate<Path> isIt) {
    Path beside = temporary(target, transferId);
    if (!Files.exists(partFile) && isIt.test(beside)) {
      try {
        Files.move(beside, partFile, StandardCopyOption.ATOMIC_MOVE);
        return true;
      } catch (IOException stays) {
        return false;
      }
    }
    return false;
  }

  /**
   * Removes what the delivery of a transfer that has ended left beside its target. Idempotent.
   *
   * @return whether the directory was there to look in
   * @throws DromedaryException with {@code TARGET_UNSAFE} when a symbolic link is on the way, which
   *     is not followed
   */
  public boolean discard(Path root, Path target, String transferId) throws IOException {
    try (LandingDirectory directory = LandingDirectory.find(root, target)) {
      directory.remove(name(temporary(target, transferId)));
      return true;
    } catch (NoSuchFileException noDirectory) {
      return false;
    }
  }

  /** Syncs every directory from the target's up to {@code root}, so that the name is durable. */
  public void syncParents(Path target, Path root) throws IOException {
    Path stop = root.toAbsolutePath().normalize();
    Path directory = parent(target).toAbsolutePath().normalize();
    while (directory != null && directory.startsWith(stop)) {
      storage.syncDirectory(directory);
      directory = directory.getParent();
    }
  }

  /** Returns the temporary name beside a target; the delivery endpoint uses the same. */
  static Path temporary(Path target, String transferId) {
    return parent(target).resolve("." + transferId + ".landing");
  }

  private static Path name(Path file) {
    Path name = file.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("target " + file + ": expected a file name");
    }
    return name;
  }

  private static Path parent(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("target " + target + ": expected a file in a directory");
    }
    return parent;
  }
}
