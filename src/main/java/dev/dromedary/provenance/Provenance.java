package dev.dromedary.provenance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.UtcTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a landed file came from and what vouches for it. URLs are masked: nothing here is secret.
 *
 * @param source the id of its source
 * @param target where it landed, relative to the landing zone
 * @param urls whom its bytes came from, as far as the last process knows: the URL that led first,
 *     where it led to after it, then the other URLs of the source that helped
 * @param totalBytes its length
 * @param etag the strong or weak ETag of the version, as sent
 * @param lastModified its Last-Modified, as sent
 * @param digests what was computed over the landed bytes, by algorithm, in hexadecimal
 * @param digestFile the URL of the file that told digests, masked; null without one
 * @param verifiedBy what it was verified with; {@code length} without a digest
 * @param transfer the id of the transfer
 * @param queuedAt when it was found due
 * @param landedAt when it was in the landing zone
 * @param connections the most that were open at once
 * @param failedAttempts what went wrong on the way, by time
 */
@JsonPropertyOrder({
  "source",
  "target",
  "urls",
  "totalBytes",
  "etag",
  "lastModified",
  "digests",
  "digestFile",
  "verifiedBy",
  "transfer",
  "queuedAt",
  "landedAt",
  "connections",
  "failedAttempts"
})
public record Provenance(
    String source,
    String target,
    List<String> urls,
    long totalBytes,
    @Nullable String etag,
    @Nullable String lastModified,
    Map<String, String> digests,
    @Nullable String digestFile,
    @Nullable String verifiedBy,
    String transfer,
    String queuedAt,
    String landedAt,
    int connections,
    List<Attempt> failedAttempts) {

  /** What the name of a landed file is followed by in the name of its provenance. */
  public static final String SUFFIX = ".provenance.json";

  public Provenance {
    urls = List.copyOf(urls);
    digests = new TreeMap<>(digests);
    failedAttempts = List.copyOf(failedAttempts);
  }

  /**
   * An attempt that failed.
   *
   * @param startedAt when it began
   * @param url what was asked, masked
   * @param fromByte the first byte it lacked
   * @param networkBytes how many bytes it brought
   * @param code its failure code
   * @param reason the same in words
   */
  public record Attempt(
      String startedAt,
      String url,
      long fromByte,
      long networkBytes,
      @Nullable String code,
      @Nullable String reason) {

    static Attempt of(AttemptRecord attempt) {
      return new Attempt(
          UtcTime.format(attempt.startedAt()),
          attempt.url(),
          attempt.rangeStart(),
          attempt.receivedBytes(),
          attempt.code() == null ? null : attempt.code().label(),
          attempt.reason());
    }
  }

  /** Makes it of what the ledger holds, and of what only the transfer knew. */
  public static Provenance of(
      TransferRecord landed,
      List<AttemptRecord> attempts,
      List<String> urls,
      long totalBytes,
      Map<String, String> digests,
      @Nullable String digestFile,
      int connections,
      Instant landedAt) {
    return new Provenance(
        landed.sourceId(),
        landed.target(),
        urls,
        totalBytes,
        landed.validators().etag(),
        landed.validators().lastModified(),
        digests,
        digestFile,
        landed.verifiedBy(),
        landed.id(),
        UtcTime.format(landed.createdAt()),
        UtcTime.format(landedAt),
        connections,
        attempts.stream().filter(attempt -> attempt.code() != null).map(Attempt::of).toList());
  }
}
