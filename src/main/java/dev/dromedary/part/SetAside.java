package dev.dromedary.part;

import dev.dromedary.transfer.ExpectedDigest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is noted beside a part file that was set aside whole, so that it need not come again once
 * these are the digests that are expected. Source: ADR 0024, docs/part-journal.md.
 *
 * @param facts what its bytes belong to, with their length
 * @param digests those its bytes have
 */
public record SetAside(PartFacts facts, List<ExpectedDigest> digests) {

  private static final int LENGTH_AT = 12;
  private static final String BETWEEN = " ";

  public SetAside {
    digests = List.copyOf(digests);
  }

  /** Says whether its bytes have every digest of some, one or more. */
  public boolean hasAll(List<ExpectedDigest> expected) {
    return !expected.isEmpty() && digests.containsAll(expected);
  }

  /** Returns the note as it stands in its file. */
  byte[] encode(BootId boot) {
    byte[] header = new JournalHeader(boot, facts).encode();
    byte[] words =
        digests.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(BETWEEN))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer note = ByteBuffer.allocate(header.length + words.length + 2 * Integer.BYTES);
    note.put(header).putInt(words.length).put(words);
    return note.putInt(JournalHeader.crc(note.array(), note.position())).array();
  }

  /** Reads a note; empty when it is torn, damaged or of another version. */
  static Optional<SetAside> decode(byte[] file) {
    Optional<JournalHeader> header = JournalHeader.decode(file);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer note = ByteBuffer.wrap(file);
    int at = note.getInt(LENGTH_AT);
    int body = file.length - Integer.BYTES;
    if (body - at < Integer.BYTES
        || note.getInt(at) != body - at - Integer.BYTES
        || note.getInt(body) != JournalHeader.crc(file, body)) {
      return Optional.empty();
    }
    String words =
        new String(file, at + Integer.BYTES, body - at - Integer.BYTES, StandardCharsets.UTF_8);
    return Optional.of(
        new SetAside(
            header.get().facts(),
            Arrays.stream(words.split(BETWEEN)).map(ExpectedDigest::parse).toList()));
  }
}
