package dev.dromedary.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that can be killed at any operation, lose power, fill up and fail to sync.
 *
 * <p>Each file keeps its writes since its last sync; the directory keeps its changes since its last
 * sync. A power cut keeps any part of the former, torn at sectors, and any part of the latter.
 */
final class SimulatedDisk implements Storage {

  static final class Killed extends Error {}

  private static final int SECTOR_BYTES = 512;

  private final Map<Path, Inode> names = new HashMap<>();
  private final List<Runnable> unsyncedNames = new ArrayList<>();
  private final Map<Path, Inode> durableNames = new HashMap<>();
  private int operationsLeft = Integer.MAX_VALUE;
  private long capacityBytes = Long.MAX_VALUE;
  private Predicate<Path> failingSyncs = path -> false;
  private Predicate<Path> refusedOpens = path -> false;
  private Predicate<Path> deniedSyncs = path -> false;
  private Runnable beforeSync = () -> {};
  private Runnable afterSize = () -> {};
  private final List<String> log = new ArrayList<>();

  /** Lets so many more operations happen; the one after is done by half, none follow. */
  void killAfter(int operations) {
    operationsLeft = operations;
  }

  void failSyncsOf(Predicate<Path> paths) {
    failingSyncs = paths;
  }

  /** Lets files not be opened, as where too many are open. */
  void refuseOpensOf(Predicate<Path> paths) {
    refusedOpens = paths;
  }

  /** Lets directories be ones that may not be read. */
  void denySyncsOf(Predicate<Path> paths) {
    deniedSyncs = paths;
  }

  void beforeEachSync(Runnable action) {
    beforeSync = action;
  }

  /** Lets something happen once, after a size was looked up and before the caller has it. */
  void afterNextSize(Runnable action) {
    afterSize =
        () -> {
          afterSize = () -> {};
          action.run();
        };
  }

  void limitFilesTo(long bytes) {
    capacityBytes = bytes;
  }

  List<String> log() {
    return log;
  }

  byte[] content(Path path) {
    Inode inode = names.get(path);
    return inode == null ? new byte[0] : Arrays.copyOf(inode.bytes, inode.size);
  }

  void overwrite(Path path, byte[] bytes) {
    Inode inode = new Inode();
    inode.bytes = bytes.clone();
    inode.size = bytes.length;
    names.put(path, inode);
  }

  /** Returns the disk as another process finds it: everything that was done is there. */
  SimulatedDisk afterKill() {
    SimulatedDisk next = new SimulatedDisk();
    names.forEach((path, inode) -> next.put(path, inode.current()));
    return next;
  }

  /** Returns the disk as it may be after a power cut. */
  SimulatedDisk afterPowerCut(Random random) {
    boolean all = random.nextBoolean();
    unsyncedNames.stream().filter(change -> all || random.nextBoolean()).forEach(Runnable::run);
    SimulatedDisk next = new SimulatedDisk();
    Map<Inode, Inode> survivors = new HashMap<>();
    durableNames.forEach(
        (path, inode) ->
            next.put(path, survivors.computeIfAbsent(inode, i -> i.afterPowerCut(random))));
    return next;
  }

  private void put(Path path, Inode inode) {
    names.put(path, inode);
    durableNames.put(path, inode);
  }

  private synchronized boolean step(String what, Path path) {
    if (operationsLeft < 0) {
      throw new Killed();
    }
    log.add(what + " " + path.getFileName());
    return operationsLeft-- == 0;
  }

  private void finish(boolean killed) {
    if (killed) {
      throw new Killed();
    }
  }

  private synchronized void rename(Runnable durably) {
    unsyncedNames.add(durably);
  }

  @Override
  public StorageFile open(Path path) throws IOException {
    if (refusedOpens.test(path)) {
      throw new FileSystemException(path.toString(), null, "Too many open files");
    }
    Inode inode = names.get(path);
    if (inode == null) {
      finish(step("create", path));
      Inode created = new Inode();
      names.put(path, created);
      rename(() -> durableNames.put(path, created));
      inode = created;
    }
    return new Handle(path, inode);
  }

  @Override
  public boolean exists(Path path) {
    return names.containsKey(path);
  }

  @Override
  public void delete(Path path) {
    if (names.containsKey(path)) {
      finish(step("delete", path));
      names.remove(path);
      rename(() -> durableNames.remove(path));
    }
  }

  @Override
  public void moveAtomically(Path from, Path to) throws IOException {
    Inode inode = names.get(from);
    if (inode == null) {
      throw new NoSuchFileException(from.toString());
    }
    finish(step("move", to));
    names.remove(from);
    names.put(to, inode);
    rename(
        () -> {
          durableNames.remove(from);
          durableNames.put(to, inode);
        });
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    finish(step("syncDirectory", directory));
    if (failingSyncs.test(directory)) {
      throw new IOException("Input/output error");
    }
    if (deniedSyncs.test(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
    unsyncedNames.forEach(Runnable::run);
    unsyncedNames.clear();
  }

  @Override
  public long usableBytes(Path directory) {
    return capacityBytes;
  }

  private final class Handle implements StorageFile {
    private final Path path;
    private final Inode inode;
    private volatile boolean closed;

    private Handle(Path path, Inode inode) {
      this.path = path;
      this.inode = inode;
    }

    @Override
    public void writeAt(ByteBuffer bytes, long offset) throws IOException {
      requireOpen();
      boolean killed = step("write", path);
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      boolean full = offset + all.length > capacityBytes;
      byte[] written = killed || full ? Arrays.copyOf(all, all.length / 2) : all;
      inode.apply(new Write((int) offset, written));
      finish(killed);
      if (full) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public int readAt(ByteBuffer bytes, long offset) throws IOException {
      requireOpen();
      return inode.read(bytes, (int) offset);
    }

    @Override
    public void sync() throws IOException {
      requireOpen();
      beforeSync.run();
      finish(step("sync", path));
      if (failingSyncs.test(path)) {
        throw new IOException("Input/output error");
      }
      inode.sync();
    }

    @Override
    public long size() throws IOException {
      requireOpen();
      long size = inode.size;
      afterSize.run();
      return size;
    }

    @Override
    public void truncate(long length) throws IOException {
      requireOpen();
      finish(step("truncate", path));
      inode.apply(new Write((int) length, null));
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
    }
  }

  /** A write, or without bytes a cut to the length {@code at}. */
  private record Write(int at, byte @Nullable [] bytes) {}

  private static final class Inode {
    private byte[] bytes = new byte[0];
    private int size;
    private byte[] synced = new byte[0];
    private final List<Write> unsynced = new ArrayList<>();

    synchronized void apply(Write write) {
      run(write);
      unsynced.add(write);
    }

    private void run(Write write) {
      byte[] some = write.bytes();
      if (some == null) {
        if (write.at() < size) {
          Arrays.fill(bytes, write.at(), size, (byte) 0);
          size = write.at();
        }
        return;
      }
      int end = write.at() + some.length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      System.arraycopy(some, 0, bytes, write.at(), some.length);
      size = Math.max(size, end);
    }

    synchronized int read(ByteBuffer into, int offset) {
      int count = Math.min(into.remaining(), size - offset);
      if (count <= 0) {
        return -1;
      }
      into.put(bytes, offset, count);
      return count;
    }

    synchronized void sync() {
      synced = Arrays.copyOf(bytes, size);
      unsynced.clear();
    }

    synchronized Inode current() {
      Inode copy = new Inode();
      copy.bytes = Arrays.copyOf(bytes, size);
      copy.size = size;
      copy.synced = copy.bytes.clone();
      return copy;
    }

    synchronized Inode afterPowerCut(Random random) {
      Inode after = new Inode();
      after.bytes = synced.clone();
      after.size = synced.length;
      boolean all = random.nextInt(4) == 0;
      for (Write write : unsynced) {
        for (Write sector : sectors(write)) {
          if (all || random.nextBoolean()) {
            after.run(sector);
          }
        }
      }
      after.synced = Arrays.copyOf(after.bytes, after.size);
      return after;
    }

    private static List<Write> sectors(Write write) {
      byte[] some = write.bytes();
      if (some == null) {
        return List.of(write);
      }
      List<Write> sectors = new ArrayList<>();
      int from = 0;
      while (from < some.length) {
        int at = write.at() + from;
        int to = Math.min(some.length, from + SECTOR_BYTES - at % SECTOR_BYTES);
        sectors.add(new Write(at, Arrays.copyOfRange(some, from, to)));
        from = to;
      }
      return sectors;
    }
  }
}
