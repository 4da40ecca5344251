package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of chunks so large that one half is filled while the other is written (I1, I4). */
class BodyCopyBesideTest {

  private static final int CHUNK = 512 << 10;
  private static final int HALF = CHUNK / 2;
  private static final int FIRST = 64 << 10;
  private static final int SIZE = 5 * HALF + 4_321;
  private static final Path PART = Staged.PATHS.partFile(Staged.ID);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final PartFile file = begun(disk);
  private final ChunkMemory pool = new ChunkMemory();

  @Property(tries = 60)
  void copiesExactlyToTheEnd_whateverTheReadsAndTheChunks(
      @ForAll @IntRange(max = 10_000) int start,
      @ForAll @IntRange(max = SIZE) int length,
      @ForAll boolean isChannel,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    SimulatedDisk own = new SimulatedDisk();
    ChunkMemory memory = new ChunkMemory();
    try (PartWriter writer = begun(own).openPart(start)) {
      Body body = body(start, SIZE, isChannel, random);
      long end = (long) start + length;
      long copied = copy(memory, sizes(random)).copy(body, writer, () -> end, CopyGuard.NONE);
      assertThat(copied).isEqualTo(length);
      assertThat(writer.position()).isEqualTo(end);
      assertThat(body.at).isEqualTo(end);
    }
    requireContent(own, start, length);
    assertThat(memory.chunksInUse()).isZero();
  }

  @Property(tries = 60)
  void keepsEveryByteThatCame_whereverItBreaks(
      @ForAll @IntRange(max = SIZE) int cut,
      @ForAll boolean isChannel,
      @ForAll boolean isGuard,
      @ForAll long seed) {
    Random random = new Random(seed);
    SimulatedDisk own = new SimulatedDisk();
    ChunkMemory memory = new ChunkMemory();
    try (PartWriter writer = begun(own).openPart(0)) {
      Body body = body(0, isGuard ? SIZE : cut, isChannel, random);
      body.isBroken = true;
      CopyGuard guard =
          bytes -> {
            if (isGuard && body.at >= cut) {
              throw new DromedaryException(FailureCode.STALLED, "stalled");
            }
          };
      assertThatThrownBy(
              () -> copy(memory, sizes(random)).copy(body, writer, () -> SIZE + 1, guard))
          .isInstanceOf(isGuard ? DromedaryException.class : IOException.class);
      assertThat(writer.position()).isEqualTo(body.at).isGreaterThanOrEqualTo(cut);
      requireContent(own, 0, (int) body.at);
    }
    assertThat(memory.chunksInUse()).isZero();
  }

  @Test
  void writesInTheReadersThread_whereTheSystemHasNoneToGive() throws IOException {
    SimulatedDisk own = new SimulatedDisk();
    ChunkMemory memory = new ChunkMemory();
    PartFile scarce =
        PartFile.open(
            Staged.PATHS,
            Staged.ID,
            own,
            Staged.SETTINGS,
            Staged.BOOT,
            Staged.CLOCK,
            Runnable::run,
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    scarce.begin(Staged.facts(1));
    try (PartWriter writer = scarce.openPart(0)) {
      Body body = body(0, SIZE, true, new Random(1));

      long copied = copy(memory, () -> CHUNK).copy(body, writer, () -> SIZE, CopyGuard.NONE);

      assertThat(copied).isEqualTo(SIZE);
    }
    requireContent(own, 0, SIZE);
    assertThat(memory.chunksInUse()).isZero();
  }

  @Property(tries = 40)
  void writesNothingBeyondAnEndThatShrinks(
      @ForAll @IntRange(max = SIZE) int when, @ForAll @IntRange(max = SIZE) int to)
      throws IOException {
    SimulatedDisk own = new SimulatedDisk();
    ChunkMemory memory = new ChunkMemory();
    AtomicLong end = new AtomicLong(SIZE);
    try (PartWriter writer = begun(own).openPart(0)) {
      Body body = body(0, SIZE, true, new Random(when));
      copy(memory, () -> CHUNK)
          .copy(
              body,
              writer,
              end::get,
              bytes -> {
                if (body.at >= when && end.get() == SIZE) {
                  end.set(Math.max(to, lastChunkEnd(body.at)));
                }
              });
      assertThat(writer.position()).isEqualTo(Math.min(end.get(), SIZE));
    }
    requireContent(own, 0, (int) end.get());
    assertThat(own.content(PART)).hasSize((int) end.get());
    assertThat(memory.chunksInUse()).isZero();
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(ints = {0, 1, FIRST, HALF - 1, HALF, HALF + 1, 448 << 10, 3 * HALF + 5, SIZE - 1})
  void tellsAFullDisk_andKeepsWhatIsBelowIt(int limit) {
    disk.limitFilesTo(limit);
    PartWriter writer = file.openPart(0);
    assertThatThrownBy(
            () ->
                copy(pool, () -> CHUNK)
                    .copy(
                        body(0, SIZE, true, new Random(limit)), writer, () -> SIZE, CopyGuard.NONE))
        .isInstanceOfSatisfying(
            DromedaryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL));
    assertThat(writer.position()).isEqualTo(lastChunkEnd(limit));
    requireContent(disk, 0, lastChunkEnd(limit));
    assertThat(pool.chunksInUse()).isZero();
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void writesNothingInThePlaceOfBytesThatCouldNotBeWritten(int failing) {
    AtomicInteger writes = new AtomicInteger();
    Runnable fullForOneWrite =
        () -> disk.limitFilesTo(writes.getAndIncrement() == failing ? 0 : Long.MAX_VALUE);
    try (PartFile own = Staged.open(new Watching(disk, fullForOneWrite), Staged.BOOT)) {
      own.begin(Staged.facts(1));
      writes.set(0);
      PartWriter writer = own.openPart(0);
      assertThatThrownBy(
              () ->
                  copy(pool, () -> CHUNK)
                      .copy(
                          body(0, SIZE, true, new Random(failing)),
                          writer,
                          () -> SIZE,
                          CopyGuard.NONE))
          .isInstanceOf(DromedaryException.class);
      disk.limitFilesTo(Long.MAX_VALUE);
      requireContent(disk, 0, (int) writer.position());
    }
    assertThat(pool.chunksInUse()).isZero();
  }

  @Test
  @Timeout(60)
  void writesOnAnotherThread() throws IOException {
    Set<String> threads = Collections.synchronizedSet(new TreeSet<>());
    try (PartFile own =
        Staged.open(
            new Watching(disk, () -> threads.add(Thread.currentThread().getName())), Staged.BOOT)) {
      own.begin(Staged.facts(1));
      threads.clear();
      copy(pool, () -> CHUNK)
          .copy(
              body(0, 4 * HALF, true, new Random(1)),
              own.openPart(0),
              () -> 4 * HALF,
              CopyGuard.NONE);
      assertThat(threads).contains("part-write");
    }
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(ints = {16 << 10, CHUNK})
  void writesNoByteTwice_whenMemoryForTheNextChunkCannotBeHad(int chunk) {
    AtomicInteger asked = new AtomicInteger();
    IntSupplier chunks =
        () -> {
          if (asked.incrementAndGet() == 3) {
            throw new IllegalStateException("no memory");
          }
          return chunk;
        };
    PartWriter writer = file.openPart(0);
    assertThatThrownBy(
            () ->
                copy(pool, chunks)
                    .copy(body(0, SIZE, true, new Random(1)), writer, () -> SIZE, CopyGuard.NONE))
        .hasMessage("no memory");
    requireContent(disk, 0, (int) writer.position());
    assertThat(disk.content(PART)).hasSize((int) writer.position());
    assertThat(pool.chunksInUse()).isZero();
  }

  private static IntSupplier sizes(Random random) {
    return () ->
        switch (random.nextInt(6)) {
          case 0 -> 1 << 20;
          case 1 -> 128 << 10;
          default -> CHUNK;
        };
  }

  private static BodyCopy copy(ChunkMemory pool, IntSupplier chunkBytes) {
    return new BodyCopy(chunkBytes, pool, Staged.CLOCK);
  }

  private static PartFile begun(SimulatedDisk disk) {
    PartFile file = Staged.open(disk, Staged.BOOT);
    file.begin(Staged.facts(1));
    return file;
  }

  private static void requireContent(SimulatedDisk disk, int start, int length) {
    ByteRanges written =
        length == 0
            ? ByteRanges.EMPTY
            : new ByteRanges(List.of(new ByteRange(start, start + length)));
    assertThat(Staged.firstWrong(disk.content(PART), 1, written)).isEqualTo(-1);
    try (PartFile again = Staged.open(disk.afterKill(), Staged.BOOT)) {
      assertThat(again.received()).isEqualTo(written);
    }
  }

  private static Body body(long from, int length, boolean isChannel, Random random) {
    return isChannel ? new Channel(from, length, random) : new Body(from, length, random);
  }

  /** Where the last chunk ends that lies before an offset: they double until they are halves. */
  private static int lastChunkEnd(long offset) {
    int end = 0;
    for (int chunk = FIRST; end + chunk <= offset; chunk = Math.min(2 * chunk, HALF)) {
      end += chunk;
    }
    return end;
  }

  /** Gives the bytes of the file in pieces of any size, then ends or breaks. */
  private static class Body extends InputStream {
    private final long end;
    private final Random random;
    private boolean isBroken;
    private long at;

    private Body(long from, int length, Random random) {
      this.at = from;
      this.end = from + length;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("read in single bytes");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = next(length);
      if (count > 0) {
        System.arraycopy(Staged.bytes(1, at, count), 0, into, from, count);
        at += count;
      }
      return count;
    }

    int next(int most) throws IOException {
      if (at == end && isBroken) {
        throw new IOException("connection reset");
      }
      int some = random.nextInt(4) == 0 ? random.nextInt(most + 1) : most;
      return at == end ? -1 : (int) Math.min(some, end - at);
    }

    byte[] take(int count) {
      byte[] bytes = Staged.bytes(1, at, count);
      at += count;
      return bytes;
    }
  }

  private static final class Channel extends Body implements ReadableByteChannel {
    private Channel(long from, int length, Random random) {
      super(from, length, random);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      throw new IOException("read as a stream");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int count = next(into.remaining());
      into.put(take(Math.max(0, count)));
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /** Tells of each write to the part file. */
  private record Watching(Storage storage, Runnable onWrite) implements Storage {
    @Override
    public StorageFile open(Path path) throws IOException {
      StorageFile opened = storage.open(path);
      return path.equals(PART) ? new WatchedFile(opened, onWrite) : opened;
    }

    @Override
    public boolean exists(Path path) {
      return storage.exists(path);
    }

    @Override
    public void delete(Path path) throws IOException {
      storage.delete(path);
    }

    @Override
    public void moveAtomically(Path from, Path to) throws IOException {
      storage.moveAtomically(from, to);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      storage.syncDirectory(directory);
    }

    @Override
    public long usableBytes(Path directory) {
      return storage.usableBytes(directory);
    }
  }

  private record WatchedFile(StorageFile file, Runnable onWrite) implements StorageFile {
    @Override
    public void writeAt(ByteBuffer bytes, long offset) throws IOException {
      onWrite.run();
      file.writeAt(bytes, offset);
    }

    @Override
    public int readAt(ByteBuffer bytes, long offset) throws IOException {
      return file.readAt(bytes, offset);
    }

    @Override
    public void sync() throws IOException {
      file.sync();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void truncate(long length) throws IOException {
      file.truncate(length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
