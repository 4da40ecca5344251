package dev.dromedary.part;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The {@link Storage} of the operating system's file systems. Thread-safe. */
public final class DiskStorage implements Storage {

  private final DirectWriting writing;

  /** Creates one that writes past the page cache where that is cheaper. */
  public DiskStorage() {
    this(DirectWriting.AUTO);
  }

  /** Creates one; {@code writing} says what of a large file is written past the page cache. */
  public DiskStorage(DirectWriting writing) {
    this.writing = writing;
  }

  @Override
  public StorageFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, READ, WRITE, CREATE, NOFOLLOW_LINKS);
    try {
      FileIdentity identity = FileIdentity.of(path);
      return new DiskFile(
          path,
          identity,
          new SteadyChannel(channel, () -> reopened(path, identity)),
          writing == DirectWriting.NO
              ? DirectWrites.none(path, identity)
              : DirectWrites.of(path, identity),
          writing == DirectWriting.AUTO ? new WriteWay() : null,
          System::nanoTime);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileChannel reopened(Path path, FileIdentity identity) throws IOException {
    return identity.reopen(() -> FileChannel.open(path, READ, WRITE, NOFOLLOW_LINKS));
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path, NOFOLLOW_LINKS);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void moveAtomically(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (directory.getFileSystem().getSeparator().equals("\\")) {
      return; // Windows opens no directories, and its file systems journal names.
    }
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public long usableBytes(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      return store.getTotalSpace() == 0 ? Long.MAX_VALUE : store.getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
