package dev.dromedary.routing;

import dev.dromedary.failure.RetryPolicy;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers by the dead letter of a source which version of it was fetched, twice, and did not have
 * the digest that its list names: no poll fetches that one again, as long as nothing of the source
 * is edited and its time is not over. Thread-safe. Source: ADR 0024.
 */
final class RefusedVersions {

  private final Ledger ledger;
  private final RetryPolicy retries;
  private final Clock clock;

  RefusedVersions(Ledger ledger, RetryPolicy retries, Clock clock) {
    this.ledger = ledger;
    this.retries = retries;
    this.clock = clock;
  }

  /** Returns the dead letter of a version that is not to be fetched now. */
  Optional<TransferRecord> find(Source source) {
    return ledger.refusing(source.id(), Fingerprint.ofAskedUnsigned(source), retries.wrongDigest());
  }

  /** Returns a dead letter with what the next transfer of its source has to know. */
  TransferRecord note(TransferRun run, TransferRecord letter) {
    TransferRecord before = run.before().refused();
    if (letter.code() == FailureCode.REFUSED_BEFORE && before != null) {
      return letter
          .withVersionOfSource(before.validators(), before.lengthBytes())
          .withPartFile(before.partFile());
    }
    Duration pause = retries.wrongDigest();
    return letter.code() == FailureCode.DIGEST_MISMATCH && isSure(run) && !pause.isZero()
        ? letter.refusing(clock.instant().plus(pause))
        : letter;
  }

  /** What the list says changes with the list; a digest file may follow its file late. */
  private static boolean isSure(TransferRun run) {
    Source source = run.source();
    return source.urls().size() == 1
        && !source.digests().isEmpty()
        && source.digestFile().isEmpty()
        && !run.wasMixed()
        && run.digests().isWrongTwice();
  }
}
