package dev.dromedary.part;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What may be believed of a part file that is opened again.
 *
 * @param facts what its bytes belong to, when that is known
 * @param trusted the bytes that are there
 * @param synced those of them that would survive a power cut
 * @param trust the reason, for a person
 */
record Recovery(Optional<PartFacts> facts, ByteRanges trusted, ByteRanges synced, String trust) {

  /**
   * Judges what was found.
   *
   * @param journal the journal's content, when there is such a file
   * @param partSize length of the part file in bytes, when there is one
   */
  static Recovery judge(
      String sourceId, Optional<byte[]> journal, OptionalLong partSize, BootId boot) {
    if (journal.isEmpty()) {
      return nothing(partSize.isPresent() ? "nothing: no journal" : "nothing: no part file yet");
    }
    Optional<JournalImage> image = JournalImage.parse(journal.get());
    if (image.isEmpty()) {
      return nothing("nothing: the journal cannot be read");
    }
    PartFacts facts = image.get().header().facts();
    if (!facts.sourceId().equals(sourceId)) {
      return nothing("nothing: the journal is of source " + facts.sourceId());
    }
    if (partSize.isEmpty()) {
      return new Recovery(
          Optional.of(facts), ByteRanges.EMPTY, ByteRanges.EMPTY, "nothing: no part file");
    }
    return judge(image.get(), partSize.getAsLong(), boot);
  }

  private static Recovery judge(JournalImage image, long partSize, BootId boot) {
    JournalHeader header = image.header();
    boolean isSameBoot = header.boot().isSameBootAs(boot);
    ByteRanges claimed = isSameBoot ? union(image.live(), image.checkpoint()) : image.checkpoint();
    ByteRanges trusted = within(claimed, partSize);
    String reason =
        isSameBoot
            ? "all that was written: the machine was not restarted since"
            : "what was synced: the machine was restarted since, or it cannot be told";
    if (!trusted.equals(claimed)) {
      reason += "; the part file is shorter than its journal, " + partSize + " bytes";
    }
    return new Recovery(
        Optional.of(header.facts()),
        trusted,
        within(image.checkpoint(), partSize),
        ByteSize.format(trusted.sizeBytes()) + ", " + reason);
  }

  private static Recovery nothing(String trust) {
    return new Recovery(Optional.empty(), ByteRanges.EMPTY, ByteRanges.EMPTY, trust);
  }

  private static ByteRanges union(ByteRanges one, ByteRanges other) {
    return ByteRanges.of(Stream.concat(one.ranges().stream(), other.ranges().stream()).toList());
  }

  private static ByteRanges within(ByteRanges claimed, long size) {
    List<ByteRange> kept =
        claimed.ranges().stream()
            .filter(range -> range.start() < size)
            .map(range -> new ByteRange(range.start(), Math.min(range.end(), size)))
            .toList();
    return new ByteRanges(kept);
  }
}
