package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.Validators;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartJournalTest {

  private SimulatedDisk disk = new SimulatedDisk();

  @BeforeEach
  void begin() {
    disk = new SimulatedDisk();
  }

  @Test
  void keepsTextsOfAnyAlphabetAndAbsence() {
    PartFacts facts =
        new PartFacts(
            "ığüşöç/İ",
            "",
            new Validators(null, "Mon, 02 Feb 2026 00:00:00 GMT", "ğ"),
            "text/plain; charset=\"ü\"",
            OptionalLong.of(0),
            Staged.NOW);
    JournalHeader header = new JournalHeader(Staged.BOOT, facts);
    assertThat(JournalHeader.decode(header.encode())).contains(header);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readsAHeaderWithoutItsLastTexts_asWrittenBefore(int texts) {
    JournalHeader header = new JournalHeader(Staged.BOOT, Staged.facts(1));
    byte[] now = header.encode();
    ByteBuffer before = ByteBuffer.allocate(now.length - texts * Integer.BYTES);
    before.put(now, 0, before.capacity() - Integer.BYTES).putInt(12, before.capacity());
    CRC32C crc = new CRC32C();
    crc.update(before.array(), 0, before.position());
    before.putInt((int) crc.getValue());

    assertThat(JournalHeader.decode(before.array())).contains(header);
  }

  @Test
  void claimsTheUnionOfSlotsAndCheckpoint() throws IOException {
    written();
    JournalImage image = parse(bytes());
    assertThat(image.live()).isEqualTo(ranges(0, 300, 500, 600));
    assertThat(image.checkpoint()).isEqualTo(ranges(0, 200, 900, 1_000));
  }

  @Property(tries = 400)
  void neverClaimsMore_whenBytesOfItAreDamaged(
      @ForAll @IntRange(min = 1, max = 4) int damages, @ForAll long seed) throws IOException {
    disk = new SimulatedDisk();
    written();
    byte[] bytes = bytes();
    Random random = new Random(seed);
    for (int i = 0; i < damages; i++) {
      bytes[interesting(random, bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    requireNoMore(bytes);
  }

  @Test
  void neverClaimsMore_whenItIsCutAnywhere() throws IOException {
    written();
    byte[] bytes = bytes();
    for (int length = 0; length <= bytes.length; length += 7) {
      requireNoMore(Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void claimsTheOlderCheckpoint_whenTheNewerIsTorn() throws IOException {
    PartJournal journal = created(ranges(0, 10));
    journal.checkpoint(ranges(0, 20), true);
    journal.checkpoint(ranges(0, 30), true);
    byte[] bytes = bytes();
    JournalLayout layout = new JournalLayout(header().encode());
    int newest = (int) layout.bankOffset(1);
    assertThat(parse(bytes).checkpoint()).isEqualTo(ranges(0, 30));
    bytes[newest + 20] ^= 1;
    assertThat(parse(bytes).checkpoint()).isEqualTo(ranges(0, 20));
  }

  @Test
  void neverReadsRecordsUnderAnotherHeader() throws IOException {
    written();
    byte[] bytes = bytes();
    byte[] other = new JournalHeader(Staged.BOOT, Staged.facts(2)).encode();
    assertThat(other).hasSameSizeAs(header().encode());
    System.arraycopy(other, 0, bytes, 0, other.length);
    JournalImage image = parse(bytes);
    assertThat(image.header().facts()).isEqualTo(Staged.facts(2));
    assertThat(image.live()).isEqualTo(ByteRanges.EMPTY);
    assertThat(image.checkpoint()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void ignoresAJournalOfAnotherFormat() throws IOException {
    written();
    byte[] bytes = bytes();
    bytes[11] = 2;
    assertThat(JournalImage.parse(bytes)).isEmpty();
  }

  @Test
  void holdsAsManyExtentsAsItSays() throws IOException {
    List<ByteRange> extents = new ArrayList<>();
    for (int i = 0; i < JournalLayout.MAX_EXTENTS; i++) {
      extents.add(new ByteRange(10L * i, 10L * i + 5));
    }
    created(ByteRanges.EMPTY).checkpoint(new ByteRanges(extents), true);
    assertThat(parse(bytes()).checkpoint().ranges()).isEqualTo(extents);
  }

  private void written() throws IOException {
    PartJournal journal = created(ByteRanges.EMPTY);
    journal.extend(0, 0, 100);
    journal.extend(0, 0, 200);
    journal.extend(7, 900, 1_000);
    journal.checkpoint(ranges(0, 200, 900, 1_000), true);
    journal.extend(0, 0, 300);
    journal.extend(7, 500, 600);
    journal.extend(7, 500, 600);
  }

  private void requireNoMore(byte[] bytes) {
    Optional<JournalImage> image = JournalImage.parse(bytes);
    ByteRanges most = ranges(0, 300, 500, 600, 900, 1_000);
    image.ifPresent(
        found -> {
          assertThat(found.header()).isEqualTo(header());
          requireWithin(found.live(), most);
          requireWithin(found.checkpoint(), most);
        });
  }

  private static void requireWithin(ByteRanges claimed, ByteRanges most) {
    for (ByteRange range : claimed.ranges()) {
      assertThat(most.frontierFrom(range.start())).isGreaterThanOrEqualTo(range.end());
    }
  }

  private static int interesting(Random random, int length) {
    JournalLayout layout = new JournalLayout(header().encode());
    int[] regions = {
      0,
      (int) layout.recordOffset(0),
      (int) layout.recordOffset(14),
      (int) layout.bankOffset(0),
      (int) layout.bankOffset(1)
    };
    return Math.min(length - 1, regions[random.nextInt(regions.length)] + random.nextInt(64));
  }

  private PartJournal created(ByteRanges checkpoint) throws IOException {
    return PartJournal.create(disk, Staged.PATHS, header(), checkpoint, true);
  }

  private byte[] bytes() throws IOException {
    return PartJournal.read(disk, Staged.PATHS.journal(Staged.ID));
  }

  private static JournalImage parse(byte[] bytes) {
    return JournalImage.parse(bytes).orElseThrow();
  }

  private static JournalHeader header() {
    return new JournalHeader(Staged.BOOT, Staged.facts(1));
  }

  private static ByteRanges ranges(long... edges) {
    List<ByteRange> ranges = new ArrayList<>();
    for (int i = 0; i < edges.length; i += 2) {
      ranges.add(new ByteRange(edges[i], edges[i + 1]));
    }
    return ByteRanges.of(ranges);
  }
}
