package dev.dromedary.routing;

import dev.dromedary.digest.DigestCheck;
import dev.dromedary.ledger.FileStamp;
import dev.dromedary.ledger.LandedFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds what landed against digests that its source names since, so that the same bytes are not
 * fetched for them. What does not match is fetched.
 */
final class LandedCheck {

  private final Path landing;

  LandedCheck(Path landing) {
    this.landing = landing;
  }

  /**
   * Goes on when there is nothing to compare or what landed has the digests of its source.
   *
   * @throws DromedaryException {@link FailureCode#LANDED_UNFIT} when it has not, cannot be read or
   *     was written meanwhile; {@link FailureCode#STOPPING} when the service stops or an operator
   *     wants it to end
   */
  void require(TransferRun run) throws InterruptedException {
    LandedFile landed = run.before().toCompare();
    if (landed == null) {
      return;
    }
    run.progress().state(TransferState.VERIFYING);
    Path file = landing.resolve(landed.path());
    try {
      FileStamp before = FileStamp.of(file);
      List<DigestCheck.Mismatch> mismatches = run.digests().mismatches(file, before.sizeBytes());
      if (before.sizeBytes() != landed.stamp().sizeBytes() || !before.isOf(file)) {
        throw anew(run, "it was written meanwhile");
      }
      if (!mismatches.isEmpty()) {
        run.digests().noteWrong(mismatches);
        throw anew(run, mismatches.stream().map(String::valueOf).collect(Collectors.joining("; ")));
      }
    } catch (IOException e) {
      throw anew(run, "it cannot be read: " + e.getMessage());
    } catch (DromedaryException e) {
      if (e.code() == FailureCode.STAGING_FAILED || e.code() == FailureCode.PART_FILE_DAMAGED) {
        throw anew(run, "it cannot be read: " + e.getMessage());
      }
      throw e;
    }
    if (!run.digests().expected().isEmpty()) {
      run.digests().verified();
    }
  }

  /** Returns what landed with what it has been held against by now. */
  static LandedFile asCompared(TransferRun run, LandedFile landed) {
    return new LandedFile(
        landed.path(),
        landed.stamp(),
        landed.validators(),
        Fingerprint.ofLanded(run.source(), run.mirrors().lead().url()),
        run.digests().expected().isEmpty() ? landed.verifiedBy() : run.digests().verifiedBy());
  }

  private static DromedaryException anew(TransferRun run, String why) {
    run.mirrors().forgetKnown();
    return new DromedaryException(
        FailureCode.LANDED_UNFIT,
        "source " + run.source().id() + ": the landed file is fetched anew: " + why);
  }
}
