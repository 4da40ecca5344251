package dev.dromedary.part;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where slots and banks stand in a journal, and their bytes. Big-endian; {@code S} is the length of
 * the header rounded up to 4096.
 *
 * <pre>
 * S + 64 i + 32 j         live slot i, 0 to 255, its record j, 0 or 1: the extent of one writer;
 *                         the two are written in turn, both hold
 *    0  8  offset of its first byte
 *    8  8  offset after its last written byte
 *   16 12  zero
 *   28  4  CRC32C of the header's CRC, 2 i + j (4 bytes) and bytes 0 to 27
 * S + 16384 + 69632 k     checkpoint bank k, 0 or 1: everything that was synced
 *    0  8  sequence number, from 1; the higher valid bank holds
 *    8  4  number of extents n, 0 to 4096
 *   12 16n offsets of first byte and after last byte, ascending, disjoint
 *    …  4  CRC32C of the header's CRC, k (4 bytes) and everything before in the bank
 * </pre>
 *
 * <p>The header's CRC in every other CRC ties slots and banks to it: none can be read under the
 * header of another version of the source.
 *
 * @param header the header's bytes
 */
record JournalLayout(byte[] header) {

  static final int SLOTS = 256;
  static final int MAX_EXTENTS = 4096;

  /** Two for each slot. */
  static final int RECORDS = 2 * SLOTS;

  static final int RECORD_BYTES = 32;
  static final int RECORDS_BYTES = RECORDS * RECORD_BYTES;

  private static final int PAGE_BYTES = 4096;
  private static final int RECORD_BODY_BYTES = 28;
  private static final int BANK_BYTES = 17 * PAGE_BYTES;
  private static final int BANK_HEAD_BYTES = 12;
  private static final int EXTENT_BYTES = 16;

  /** What a bank says. */
  record Bank(int index, long sequence, ByteRanges ranges) {}

  long recordOffset(int record) {
    return recordsOffset() + (long) record * RECORD_BYTES;
  }

  long bankOffset(int bank) {
    return recordsOffset() + RECORDS_BYTES + (long) bank * BANK_BYTES;
  }

  /** Writes one record into {@code out}, from its position on. */
  void encodeRecord(ByteBuffer out, int record, long start, long end) {
    int from = out.position();
    out.putLong(start).putLong(end).putLong(0).putInt(0);
    out.putInt(crc(record, out.array(), from, RECORD_BODY_BYTES));
  }

  byte[] encodeBank(int bank, long sequence, ByteRanges ranges) {
    List<ByteRange> extents = ranges.ranges();
    if (extents.size() > MAX_EXTENTS) {
      throw new IllegalArgumentException(
          "journal bank: " + extents.size() + " extents, expected up to " + MAX_EXTENTS);
    }
    int body = BANK_HEAD_BYTES + extents.size() * EXTENT_BYTES;
    ByteBuffer out = ByteBuffer.allocate(body + Integer.BYTES);
    out.putLong(sequence).putInt(extents.size());
    extents.forEach(extent -> out.putLong(extent.start()).putLong(extent.end()));
    out.putInt(crc(bank, out.array(), 0, body));
    return out.array();
  }

  /** Reads all records; those that are empty, torn or damaged are left out. */
  ByteRanges decodeRecords(ByteBuffer file) {
    List<ByteRange> live = new ArrayList<>();
    for (int record = 0; record < RECORDS; record++) {
      int at = (int) recordOffset(record);
      if (at + RECORD_BYTES <= file.limit()) {
        long start = file.getLong(at);
        long end = file.getLong(at + Long.BYTES);
        int crc = file.getInt(at + RECORD_BODY_BYTES);
        if (start >= 0 && end > start && crc == crc(record, file.array(), at, RECORD_BODY_BYTES)) {
          live.add(new ByteRange(start, end));
        }
      }
    }
    return ByteRanges.of(live);
  }

  /** Reads one bank; empty when it is torn, damaged or was never written. */
  Optional<Bank> decodeBank(ByteBuffer file, int bank) {
    int at = (int) bankOffset(bank);
    if (at + BANK_HEAD_BYTES > file.limit()) {
      return Optional.empty();
    }
    long sequence = file.getLong(at);
    int count = file.getInt(at + Long.BYTES);
    int body = BANK_HEAD_BYTES + count * EXTENT_BYTES;
    if (sequence < 1
        || count < 0
        || count > MAX_EXTENTS
        || at + body + Integer.BYTES > file.limit()
        || file.getInt(at + body) != crc(bank, file.array(), at, body)) {
      return Optional.empty();
    }
    List<ByteRange> extents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int extent = at + BANK_HEAD_BYTES + i * EXTENT_BYTES;
      extents.add(new ByteRange(file.getLong(extent), file.getLong(extent + Long.BYTES)));
    }
    return Optional.of(new Bank(bank, sequence, ByteRanges.of(extents)));
  }

  private int recordsOffset() {
    return (header.length + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
  }

  private int crc(int index, byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(header, header.length - Integer.BYTES, Integer.BYTES);
    crc.update(index >>> 24);
    crc.update(index >>> 16);
    crc.update(index >>> 8);
    crc.update(index);
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
