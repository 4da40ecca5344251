package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyCopyTest {

  private static final int CHUNK = 16 << 10;
  private static final int SIZE = 3 * CHUNK + 100;

  private SimulatedDisk disk = new SimulatedDisk();
  private PartFile file = begun(disk);
  private final BodyCopy copy = new BodyCopy(Staged.SETTINGS, Staged.CLOCK);

  @BeforeEach
  void begin() {
    disk = new SimulatedDisk();
    file = begun(disk);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, SIZE - 1, SIZE})
  void keepsEveryByteThatCame_andResumesToTheSameFile_whenTheBodyBreaks(int cut)
      throws IOException {
    PartWriter writer = file.openPart(0);
    assertThatThrownBy(() -> copy.copy(new Broken(cut), writer, () -> SIZE + 1, CopyGuard.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
    assertThat(file.received()).isEqualTo(upTo(cut));

    PartFile again = Staged.open(disk, Staged.BOOT);
    assertThat(again.received()).isEqualTo(upTo(cut));
    copy.copy(body(cut, SIZE - cut), again.openPart(cut), () -> SIZE, CopyGuard.NONE);
    again.close();
    assertThat(content()).isEqualTo(Staged.bytes(1, 0, SIZE));
  }

  @Property(tries = 100)
  void copiesExactlyToTheEnd_whateverTheReads(
      @ForAll @IntRange(max = SIZE) int start,
      @ForAll @IntRange(max = SIZE) int length,
      @ForAll long seed)
      throws IOException {
    SimulatedDisk own = new SimulatedDisk();
    try (PartWriter writer = begun(own).openPart(start)) {
      InputStream body = new Ragged(body(start, SIZE), new Random(seed));
      long end = (long) start + length;
      assertThat(copy.copy(body, writer, () -> end, CopyGuard.NONE)).isEqualTo(length);
      assertThat(writer.position()).isEqualTo(end);
      assertThat(body.readNBytes(SIZE - length)).isEqualTo(Staged.bytes(1, end, SIZE - length));
    }
    assertThat(Staged.firstWrong(own.content(part()), 1, range(start, length))).isEqualTo(-1);
  }

  @Property(tries = 100)
  void copiesExactlyToTheEnd_fromAChannel(
      @ForAll @IntRange(max = SIZE) int start,
      @ForAll @IntRange(max = SIZE) int length,
      @ForAll long seed)
      throws IOException {
    SimulatedDisk own = new SimulatedDisk();
    try (PartWriter writer = begun(own).openPart(start)) {
      Channel body = new Channel(body(start, SIZE), new Random(seed));
      long end = (long) start + length;
      assertThat(copy.copy(body, writer, () -> end, CopyGuard.NONE)).isEqualTo(length);
      assertThat(writer.position()).isEqualTo(end);
      assertThat(body.bytes.readNBytes(SIZE - length))
          .isEqualTo(Staged.bytes(1, end, SIZE - length));
    }
    assertThat(Staged.firstWrong(own.content(part()), 1, range(start, length))).isEqualTo(-1);
  }

  @Test
  void givesItsMemoryBack_howeverTheCopyEnds() throws IOException {
    ChunkMemory memory = new ChunkMemory();
    ByteBuffer only = memory.take(CHUNK);
    memory.give(only);
    BodyCopy direct = new BodyCopy(() -> CHUNK, memory, Staged.CLOCK);
    PartWriter writer = file.openPart(0);
    direct.copy(new Channel(body(0, 10), new Random(1)), writer, () -> 10, CopyGuard.NONE);
    CopyGuard refusing =
        bytes -> {
          throw new DromedaryException(FailureCode.STALLED, "refused");
        };
    assertThatThrownBy(
            () ->
                direct.copy(
                    new Channel(body(10, SIZE - 10), new Random(1)), writer, () -> SIZE, refusing))
        .isInstanceOf(DromedaryException.class);
    assertThat(memory.take(CHUNK)).isSameAs(only);
  }

  @Test
  void writesNothingBeyondAnEndThatShrinksMeanwhile() throws IOException {
    AtomicLong end = new AtomicLong(SIZE);
    PartWriter writer = file.openPart(0);
    long written =
        copy.copy(body(0, SIZE), writer, end::get, bytes -> end.set(Math.min(end.get(), 700)));
    assertThat(written).isEqualTo(700);
    assertThat(content()).hasSize(700);
  }

  @Test
  void writesWhatCame_whenTheGuardEndsTheCopy() {
    PartWriter writer = file.openPart(0);
    DromedaryException stall = new DromedaryException(FailureCode.STALLED, "stalled");
    CopyGuard guard =
        bytes -> {
          throw stall;
        };
    assertThatThrownBy(() -> copy.copy(body(0, 900), writer, () -> Long.MAX_VALUE, guard))
        .isSameAs(stall);
    assertThat(writer.position()).isEqualTo(900);
  }

  @Test
  void writesAnUnfilledChunk_whenItTookMoreThanASecond() {
    AtomicLong now = new AtomicLong();
    BodyCopy slow = new BodyCopy(Staged.SETTINGS, () -> now.get() * 1_000_000);
    PartWriter writer = file.openPart(0);
    CopyGuard guard =
        bytes -> {
          assertThat(writer.position()).isEqualTo(now.get() / 1_000 * 300);
          now.addAndGet(500);
        };
    InputStream trickle = new Pieces(150);
    assertThatThrownBy(() -> slow.copy(trickle, writer, () -> 3_000, guard))
        .hasMessage("connection reset");
    assertThat(now.get()).isEqualTo(4_000);
  }

  @Test
  void tellsAFullDiskFromABrokenBody() {
    disk.limitFilesTo(CHUNK + CHUNK / 2);
    PartWriter writer = file.openPart(0);
    assertThatThrownBy(() -> copy.copy(body(0, SIZE), writer, () -> SIZE, CopyGuard.NONE))
        .isInstanceOfSatisfying(
            DromedaryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL));
    assertThat(file.received()).isEqualTo(upTo(CHUNK));
  }

  @Test
  void leavesTheBodyOpen() throws IOException {
    boolean[] closed = {false};
    InputStream body =
        new ByteArrayInputStream(Staged.bytes(1, 0, 10)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    copy.copy(body, file.openPart(0), () -> Long.MAX_VALUE, CopyGuard.NONE);
    assertThat(closed[0]).isFalse();
    assertThat(file.received()).isEqualTo(upTo(10));
  }

  @Test
  void journalsOncePerChunk() throws IOException {
    PartWriter writer = file.openPart(0);
    disk.log().clear();
    copy.copy(body(0, 3 * CHUNK), writer, () -> SIZE, CopyGuard.NONE);
    String part = "write " + part().getFileName();
    String journal = part + ".journal";
    assertThat(disk.log()).containsExactly(part, journal, part, journal, part, journal);
  }

  @Test
  void takesASmallerChunkWhenAskedTo_andALargerOneAgain() throws IOException {
    Iterator<Integer> wishes = List.of(CHUNK, CHUNK / 2, CHUNK, CHUNK).iterator();
    List<Integer> reads = new ArrayList<>();
    new BodyCopy(wishes::next, new ChunkMemory(), Staged.CLOCK)
        .copy(body(0, 5 * CHUNK / 2), file.openPart(0), () -> 5 * CHUNK / 2, reads::add);
    assertThat(reads).containsExactly(CHUNK, CHUNK / 2, CHUNK);
    assertThat(content()).isEqualTo(Staged.bytes(1, 0, 5 * CHUNK / 2));
  }

  private static PartFile begun(SimulatedDisk disk) {
    PartFile file = Staged.open(disk, Staged.BOOT);
    file.begin(Staged.facts(1));
    return file;
  }

  private byte[] content() {
    return disk.content(part());
  }

  private static Path part() {
    return Staged.PATHS.partFile(Staged.ID);
  }

  private static InputStream body(long from, int length) {
    return new ByteArrayInputStream(Staged.bytes(1, from, length));
  }

  private static ByteRanges upTo(int end) {
    return range(0, end);
  }

  private static ByteRanges range(int start, int length) {
    return length == 0
        ? ByteRanges.EMPTY
        : new ByteRanges(List.of(new ByteRange(start, start + length)));
  }

  /** Gives the bytes of the file up to an offset, then breaks. */
  private static final class Broken extends InputStream {
    private final InputStream bytes;

    private Broken(int cut) {
      bytes = body(0, cut);
    }

    @Override
    public int read() throws IOException {
      throw new IOException("read in single bytes");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = bytes.read(into, from, length);
      if (read < 0) {
        throw new IOException("connection reset");
      }
      return read;
    }
  }

  /** Gives eight pieces of a size, then breaks. */
  private static final class Pieces extends InputStream {
    private final int size;
    private int left = 8;

    private Pieces(int size) {
      this.size = size;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("read in single bytes");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left-- == 0) {
        throw new IOException("connection reset");
      }
      return size;
    }
  }

  /** Gives between nothing and all of what is asked for. */
  private static final class Ragged extends InputStream {
    private final InputStream bytes;
    private final Random random;

    private Ragged(InputStream bytes, Random random) {
      this.bytes = bytes;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return bytes.read(into, from, random.nextInt(length + 1));
    }
  }

  /** As a body without TLS: can be read without a copy, and must be. */
  private static final class Channel extends InputStream implements ReadableByteChannel {
    private final InputStream bytes;
    private final Random random;

    private Channel(InputStream bytes, Random random) {
      this.bytes = bytes;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("read as a stream");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      byte[] some = new byte[random.nextInt(into.remaining() + 1)];
      int read = bytes.read(some);
      into.put(some, 0, Math.max(0, read));
      return read;
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }
}
