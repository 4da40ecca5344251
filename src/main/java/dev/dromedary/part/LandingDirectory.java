package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a target, entered from the landing zone on, one name after another, without
 * following a symbolic link. The landing zone itself may be one: that is the operator's choice.
 *
 * <p>Where the system can open relative to a directory that is open (Linux, macOS), it is held open
 * and what is asked of it cannot be led elsewhere meanwhile; else each name is looked at before it
 * is used. For one thread.
 */
final class LandingDirectory implements AutoCloseable {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path path;
  private final DirectoryStream<Path> stream;

  private LandingDirectory(Path path, DirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
  }

  /**
   * Enters the directory of {@code target}, which lies below {@code root}; what is missing on the
   * way is made, the root and what is above it so that it {@linkplain LastingDirectory lasts}.
   *
   * @throws DromedaryException with {@code TARGET_UNSAFE} when a symbolic link is on the way
   * @throws IOException when a directory cannot be made or entered
   */
  static LandingDirectory make(Path root, Path target, Storage storage) throws IOException {
    LastingDirectory.make(root, storage);
    return enter(root, target, true);
  }

  /** Enters the directory of {@code target} as it is; as {@link #make} otherwise. */
  static LandingDirectory find(Path root, Path target) throws IOException {
    return enter(root, target, false);
  }

  private static LandingDirectory enter(Path root, Path target, boolean makes) throws IOException {
    Path from = root.toAbsolutePath().normalize();
    Path below = from.relativize(target.toAbsolutePath().normalize());
    if (below.startsWith("..") || below.toString().isEmpty()) {
      throw new IllegalArgumentException("target " + target + ": expected it below " + root);
    }
    LandingDirectory at = new LandingDirectory(from, Files.newDirectoryStream(from));
    try {
      for (int i = 0; i < below.getNameCount() - 1; i++) {
        at = at.step(below.getName(i), makes);
      }
      return at;
    } catch (IOException | RuntimeException e) {
      at.close();
      throw e;
    }
  }

  /** Goes one directory down; this one is closed then. */
  private LandingDirectory step(Path name, boolean makes) throws IOException {
    Path next = path.resolve(name);
    if (makes && attributes(name) == null) {
      try {
        Files.createDirectory(next);
      } catch (FileAlreadyExistsException sinceThen) {
        // Another transfer made it, or what it is now is found out below.
      }
    }
    refuseLink(name);
    DirectoryStream<Path> below;
    try {
      below =
          stream instanceof SecureDirectoryStream<Path> secure
              ? secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)
              : Files.newDirectoryStream(next);
    } catch (FileSystemException e) {
      refuseLink(name);
      throw e;
    }
    close();
    return new LandingDirectory(next, below);
  }

  /**
   * Makes sure that a name is not taken by something a file must not replace.
   *
   * @throws DromedaryException with {@code TARGET_UNSAFE} for a symbolic link, with {@code
   *     DELIVERY_FAILED} for a directory
   */
  void requireReplaceable(Path name) throws IOException {
    refuseLink(name);
    BasicFileAttributes found = attributes(name);
    if (found != null && !found.isRegularFile()) {
      throw new DromedaryException(
          FailureCode.DELIVERY_FAILED,
          "target "
              + path.resolve(name)
              + (found.isDirectory() ? " is a directory" : " is no plain file"));
    }
  }

  /** Makes sure that a name is a plain file in this directory. */
  void requireFile(Path name) throws IOException {
    requireReplaceable(name);
    if (attributes(name) == null) {
      throw new NoSuchFileException(path.resolve(name).toString());
    }
  }

  /** Creates a file that is not there; what has its name is removed, never written through. */
  WritableByteChannel create(Path name) throws IOException {
    remove(name);
    return stream instanceof SecureDirectoryStream<Path> secure
        ? secure.newByteChannel(name, NEW)
        : Files.newByteChannel(path.resolve(name), NEW);
  }

  /** Returns the permissions of a name; null where the file system knows none. */
  @Nullable PosixFileAttributeView access(Path name) {
    return stream instanceof SecureDirectoryStream<Path> secure
        ? secure.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        : Files.getFileAttributeView(
            path.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Removes a name, the link itself if it is one; nothing when there is none. */
  void remove(Path name) throws IOException {
    try {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        secure.deleteFile(name);
      } else {
        Files.delete(path.resolve(name));
      }
    } catch (NoSuchFileException gone) {
      // That is what was wanted.
    }
  }

  private void refuseLink(Path name) throws IOException {
    BasicFileAttributes found = attributes(name);
    if (found != null && found.isSymbolicLink()) {
      throw new DromedaryException(
          FailureCode.TARGET_UNSAFE,
          "expected no symbolic link below the landing zone, found " + path.resolve(name));
    }
  }

  private @Nullable BasicFileAttributes attributes(Path name) throws IOException {
    try {
      return stream instanceof SecureDirectoryStream<Path> secure
          ? secure
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes()
          : Files.readAttributes(
              path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException absent) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
