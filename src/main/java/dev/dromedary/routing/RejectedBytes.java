package dev.dromedary.routing;

import dev.dromedary.digest.DigestCheck;
import dev.dromedary.part.SetAside;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.Source;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the bytes that an earlier transfer of a source set aside for their digest for the one that
 * begins, when that expects the digests they have: they need not come again. Source: ADR 0024.
 */
final class RejectedBytes {

  private static final Logger LOG = LoggerFactory.getLogger(RejectedBytes.class);

  private RejectedBytes() {}

  /**
   * Takes them, if nothing else is here and what landed is not as expected already; else notes how
   * wrong they are.
   */
  static void takeBack(TransferRun run) {
    Optional<SetAside> kept = run.file().setAsideBefore();
    if (kept.isEmpty()) {
      return;
    }
    Source source = run.source();
    if (!kept.get().hasAll(source.digests())) {
      noteWrong(run, kept.get().digests());
      return;
    }
    long length = kept.get().facts().length().orElseThrow();
    boolean hasSize = source.sizeBytes().orElse(length) == length;
    if (hasSize && !run.before().isAsExpected() && run.file().received().sizeBytes() == 0) {
      takeBack(run, kept.get());
    }
  }

  private static void takeBack(TransferRun run, SetAside kept) {
    try {
      run.takeBack(kept);
    } catch (DromedaryException e) {
      LOG.warn(
          "source={} msg=\"what was rejected is fetched again\" code={} reason=\"{}\"",
          run.source().id(),
          e.code().label(),
          e.getMessage());
    }
  }

  /** When a download brings the same once more, none of it was damaged on the way. */
  private static void noteWrong(TransferRun run, List<ExpectedDigest> found) {
    List<DigestCheck.Mismatch> mismatches = DigestCheck.mismatchesOf(run.source().digests(), found);
    if (!mismatches.isEmpty()) {
      run.digests().noteWrong(mismatches);
    }
  }
}
