package dev.dromedary.routing;

import dev.dromedary.digest.DigestCheck;
import dev.dromedary.ledger.FileStamp;
import dev.dromedary.part.FormerFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what has the name of a target after the hand-over is what was verified, whatever
 * endpoint it was handed to (promise I1). A file that was renamed is known by its stamp, and not
 * read again.
 */
final class DeliveryProof {

  private DeliveryProof() {}

  /**
   * Goes on only with what was verified.
   *
   * @param former what had the name before; null when an earlier run had handed the file over
   * @throws DromedaryException {@link FailureCode#DELIVERY_FAILED} otherwise; {@link
   *     FailureCode#STOPPING} when the service stops or an operator wants it to end meanwhile
   */
  static void require(TransferRun run, @Nullable FormerFile former, Path target, FileStamp found)
      throws IOException, InterruptedException {
    if (former != null && former.isStillThere()) {
      throw refused(
          run,
          "what stood at "
              + target
              + " before is still there; delivery.uri has to put the file in its place");
    }
    FileStamp verified = run.record().delivering();
    if (verified == null || verified.equals(found)) {
      return;
    }
    if (verified.sizeBytes() != found.sizeBytes()) {
      throw refused(
          run,
          "delivered were "
              + found.sizeBytes()
              + " bytes, expected the "
              + verified.sizeBytes()
              + " that were verified");
    }
    List<DigestCheck.Mismatch> mismatches = run.digests().mismatches(target, found.sizeBytes());
    if (!mismatches.isEmpty()) {
      throw refused(
          run,
          "what was delivered to "
              + target
              + " is not what was verified: "
              + mismatches.stream().map(String::valueOf).collect(Collectors.joining("; ")));
    }
  }

  private static DromedaryException refused(TransferRun run, String why) {
    return new DromedaryException(
        FailureCode.DELIVERY_FAILED, "source " + run.source().id() + ": " + why);
  }
}
