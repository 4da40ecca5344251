package dev.dromedary.part;

import dev.dromedary.transfer.ByteRanges;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a journal file says when it is read.
 *
 * @param header boot and facts
 * @param live the union of the valid records, right as long as the boot lasts
 * @param checkpoint the newest valid bank, right after a power cut too
 */
record JournalImage(JournalHeader header, ByteRanges live, ByteRanges checkpoint) {

  /** Reads a whole journal file; empty when its header cannot be used. */
  static Optional<JournalImage> parse(byte[] file) {
    return JournalHeader.decode(file).map(header -> parse(header, file));
  }

  private static JournalImage parse(JournalHeader header, byte[] file) {
    int headerBytes = ByteBuffer.wrap(file).getInt(12);
    JournalLayout layout = new JournalLayout(Arrays.copyOf(file, headerBytes));
    ByteBuffer bytes = ByteBuffer.wrap(file);
    ByteRanges checkpoint =
        IntStream.of(0, 1)
            .mapToObj(bank -> layout.decodeBank(bytes, bank))
            .flatMap(Optional::stream)
            .max(Comparator.comparingLong(JournalLayout.Bank::sequence))
            .map(JournalLayout.Bank::ranges)
            .orElse(ByteRanges.EMPTY);
    return new JournalImage(header, layout.decodeRecords(bytes), checkpoint);
  }
}
