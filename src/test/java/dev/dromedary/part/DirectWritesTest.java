package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.part.DirectWrites.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that pass by the page cache are where the others are, and nobody notices. */
class DirectWritesTest {

  private static final int PAGE = DirectWrites.ALIGNMENT;
  private static final int LEAST = 256 * 1024;
  private static final Path TARGET = Path.of(System.getProperty("dromedary.home", "."), "target");
  private static final Path MEMORY = Path.of("/dev/shm");

  private Path path = Path.of("replaced");

  @BeforeEach
  void create() throws IOException {
    path = Files.createTempFile(TARGET, "direct", ".part");
  }

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(path);
  }

  /** Positions are those in the buffer; -1 for what goes through the cache as a whole. */
  @ParameterizedTest
  @CsvSource({
    // memory begins at, position, remaining, offset, from, end
    "0, 0, 262144, 0, 0, 262144",
    "0, 0, 262143, 0, -1, -1",
    "0, 0, 266239, 0, 0, 262144",
    "0, 0, 266240, 8192, 0, 266240",
    "0, 5, 300000, 5, 4096, 299008",
    "0, 4095, 262145, 4095, 4096, 266240",
    "0, 4095, 262144, 4095, -1, -1",
    "0, 0, 300000, 1, -1, -1",
    "0, 1, 300000, 0, -1, -1",
    "1, 0, 300000, 1, 4095, 299007",
    "1, 0, 300000, 0, -1, -1",
    "0, 0, 0, 0, -1, -1",
    "0, 7, 10, 7, -1, -1",
    "0, 0, 1048576, 1099511627776, 0, 1048576"
  })
  void takesWhatIsLargeAndAlignedInMemoryAsInTheFile(
      int begins, int position, int remaining, long offset, int from, int end) throws IOException {
    ByteBuffer bytes = aligned(2 << 20).position(begins).slice();
    bytes.position(position).limit(position + remaining);
    try (DirectWrites direct = supported()) {
      Span none = new Span(bytes.limit(), bytes.limit());
      assertThat(direct.span(bytes, offset)).isEqualTo(from < 0 ? none : new Span(from, end));
      assertThat(bytes.remaining()).isEqualTo(remaining);
    }
  }

  @Test
  void takesNothingFromTheHeap() throws IOException {
    try (DirectWrites direct = supported()) {
      assertThat(direct.span(ByteBuffer.allocate(1 << 20), 0))
          .isEqualTo(new Span(1 << 20, 1 << 20));
    }
  }

  @Test
  void takesNothing_whenTheFileSystemIsNotKnownToDoItWell() throws IOException {
    assumeTrue(Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).type().equals("tmpfs"));
    Path inMemory = Files.createTempFile(MEMORY, "direct", ".part");
    try (StorageFile file = new DiskStorage(DirectWriting.ALWAYS).open(inMemory);
        DirectWrites direct = DirectWrites.of(inMemory, FileIdentity.of(inMemory))) {
      assertThat(direct.span(aligned(1 << 20), 0)).isEqualTo(new Span(1 << 20, 1 << 20));
      ByteBuffer bytes = filled(aligned(1 << 20), 0);
      file.writeOutAt(bytes, 0);
      assertThat(bytes.hasRemaining()).isFalse();
      requireContent(file, 0, 1 << 20);
    } finally {
      Files.delete(inMemory);
    }
  }

  @Test
  void writesThroughTheCacheFromThenOn_whenItIsRefused() throws IOException {
    supported().close();
    Path directory = path.resolveSibling(".");
    try (DirectWrites direct = DirectWrites.of(directory, FileIdentity.of(directory));
        StorageFile file = file(path, direct)) {
      assertThat(direct.span(aligned(1 << 20), 0)).isEqualTo(new Span(0, 1 << 20));
      file.writeOutAt(filled(aligned(1 << 20), 0), 0);
      assertThat(direct.span(aligned(1 << 20), 0)).isEqualTo(new Span(1 << 20, 1 << 20));
      file.writeOutAt(filled(aligned(1 << 20), 1 << 20), 1 << 20);
      requireContent(file, 0, 2 << 20);
    }
  }

  @Property(tries = 60)
  void putsEveryByteToItsPlace_whateverTheChunksAndTheirOrder(
      @ForAll @IntRange(max = 2 * PAGE) int start, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Path own = Files.createTempFile(TARGET, "direct", ".part");
    try (DirectWrites direct = DirectWrites.of(own, FileIdentity.of(own));
        StorageFile file = file(own, direct)) {
      Span before = direct.span(aligned(LEAST), 0);
      List<Chunk> chunks = chunks(start, random);
      long end = chunks.get(chunks.size() - 1).end();
      Collections.shuffle(chunks, random);
      List<Chunk> others = new ArrayList<>(chunks.subList(chunks.size() / 2, chunks.size()));
      chunks.subList(chunks.size() / 2, chunks.size()).clear();
      FutureTask<Void> beside = new FutureTask<>(() -> write(file, others));
      new Thread(beside).start();
      write(file, chunks);
      beside.get();
      assertThat(direct.span(aligned(LEAST), 0)).as("not refused").isEqualTo(before);
      assertThat(file.size()).isEqualTo(end);
      file.sync();
      requireContent(file, start, end);
    } finally {
      Files.delete(own);
    }
  }

  @Test
  @Timeout(60)
  void leavesNothingOldInTheCache_whenTheFileIsReadMeanwhile() throws Exception {
    int size = 8 << 20;
    try (StorageFile file = new DiskStorage(DirectWriting.ALWAYS).open(path)) {
      file.writeAt(ByteBuffer.allocate(size), 0);
      AtomicBoolean isWritten = new AtomicBoolean();
      FutureTask<Void> reader =
          new FutureTask<>(
              () -> {
                Random random = new Random(1);
                while (!isWritten.get()) {
                  file.readAt(ByteBuffer.allocate(PAGE), random.nextInt(size));
                }
                return null;
              });
      new Thread(reader).start();
      for (int at = 0; at < size; at += LEAST) {
        file.writeOutAt(filled(aligned(LEAST), at), at);
      }
      isWritten.set(true);
      reader.get();
      requireContent(file, 0, size);
    }
  }

  @Test
  @Timeout(60)
  void goesOnForAllThreads_whenOneIsInterruptedAgainAndAgain() throws Exception {
    try (DirectWrites direct = supported();
        StorageFile file = file(path, direct)) {
      FutureTask<Boolean> other = writer(file, 4 << 20);
      FutureTask<Boolean> interrupted = writer(file, 0);
      new Thread(other).start();
      Thread victim = new Thread(interrupted);
      victim.start();
      while (!interrupted.isDone()) {
        victim.interrupt();
        Thread.onSpinWait();
      }
      assertThat(interrupted.get()).as("the interrupt stays pending").isTrue();
      assertThat(other.get()).isFalse();
      assertThat(direct.span(aligned(LEAST), 0)).as("not refused").isEqualTo(new Span(0, LEAST));
      requireContent(file, 0, 8 << 20);
    }
  }

  @Test
  void neverOpensTheFileAgain_afterClose() throws IOException {
    StorageFile file = new DiskStorage(DirectWriting.ALWAYS).open(path);
    file.close();
    assertThatThrownBy(() -> file.writeOutAt(filled(aligned(LEAST), 0), 0))
        .isInstanceOf(ClosedChannelException.class);
    assertThat(path).isEmptyFile();
  }

  @Test
  void fails_afterClose_whenItHasWrittenBefore() throws IOException {
    StorageFile file = new DiskStorage(DirectWriting.ALWAYS).open(path);
    file.writeOutAt(filled(aligned(LEAST), 0), 0);
    file.close();
    assertThatThrownBy(() -> file.writeOutAt(filled(aligned(LEAST), LEAST), LEAST))
        .isInstanceOf(ClosedChannelException.class);
    assertThat(path).hasSize(LEAST);
  }

  @Test
  void writesNothingDirectly_whenTheOperatorSaysSo() throws IOException {
    try (DirectWrites direct = DirectWrites.none(path, FileIdentity.of(path))) {
      assertThat(direct.span(aligned(1 << 20), 0)).isEqualTo(new Span(1 << 20, 1 << 20));
    }
  }

  private DirectWrites supported() throws IOException {
    String type = Files.getFileStore(path).type();
    assumeTrue(type.equals("ext4") || type.equals("xfs"), type);
    return DirectWrites.of(path, FileIdentity.of(path));
  }

  private static DiskFile file(Path path, DirectWrites direct) throws IOException {
    SteadyChannel.Opening opening =
        () -> FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new DiskFile(
        path,
        FileIdentity.of(path),
        new SteadyChannel(opening.open(), opening),
        direct,
        null,
        System::nanoTime);
  }

  /** Writes 4 MiB in chunks; gives whether the thread is interrupted then. */
  private static FutureTask<Boolean> writer(StorageFile file, long from) {
    return new FutureTask<>(
        () -> {
          for (long at = from; at < from + (4 << 20); at += LEAST) {
            file.writeOutAt(filled(aligned(LEAST), at), at);
          }
          return Thread.interrupted();
        });
  }

  private static Void write(StorageFile file, List<Chunk> chunks) throws IOException {
    for (Chunk chunk : chunks) {
      ByteBuffer bytes = filled(chunk.memory(), chunk.start());
      int limit = bytes.limit();
      if (chunk.isReadAgain()) {
        file.writeAt(bytes, chunk.start());
      } else {
        file.writeOutAt(bytes, chunk.start());
      }
      assertThat(bytes.position()).isEqualTo(limit);
      assertThat(bytes.limit()).isEqualTo(limit);
    }
    return null;
  }

  /** What is written at once; the memory has as many bytes remaining. */
  private record Chunk(long start, ByteBuffer memory, boolean isReadAgain) {
    private long end() {
      return start + memory.remaining();
    }
  }

  private static List<Chunk> chunks(long start, Random random) {
    List<Chunk> chunks = new ArrayList<>();
    for (long at = start; chunks.size() < 6; at = chunks.get(chunks.size() - 1).end()) {
      chunks.add(new Chunk(at, memory(at, length(random), random), random.nextInt(6) == 0));
    }
    return chunks;
  }

  private static int length(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(2 * PAGE);
      case 1 -> PAGE * random.nextInt(200);
      case 2 -> LEAST + random.nextInt(2 * PAGE) - PAGE;
      default -> random.nextInt(2 << 20);
    };
  }

  private static ByteBuffer memory(long at, int length, Random random) {
    int begin =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(PAGE);
          default -> (int) (at % PAGE);
        };
    int capacity = begin + length + random.nextInt(2 * PAGE);
    ByteBuffer memory = random.nextInt(5) == 0 ? ByteBuffer.allocate(capacity) : aligned(capacity);
    return memory.position(begin).limit(begin + length);
  }

  private static ByteBuffer aligned(int capacity) {
    return ByteBuffer.allocateDirect(capacity + 2 * PAGE).alignedSlice(PAGE).slice(0, capacity);
  }

  private static ByteBuffer filled(ByteBuffer memory, long offset) {
    memory.duplicate().put(Staged.bytes(1, offset, memory.remaining()));
    return memory;
  }

  private static void requireContent(StorageFile file, long start, long end) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) (end - start));
    while (all.hasRemaining() && file.readAt(all, start + all.position()) > 0) {
      continue;
    }
    int wrong = Arrays.mismatch(all.array(), Staged.bytes(1, start, all.capacity()));
    assertThat(wrong).as("first wrong byte of %s to %s", start, end).isEqualTo(-1);
  }
}
