package dev.dromedary.routing;

import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.part.PartFacts;
import dev.dromedary.part.PartPaths;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the bytes that the last transfer of a source rejected for their digest for the one that
 * begins, since their digest may be corrected by now: they are held against it before any is
 * fetched. Thread-safe. Source: ADR 0024.
 */
final class RejectedBytes {

  private static final Logger LOG = LoggerFactory.getLogger(RejectedBytes.class);

  private static final Set<FailureCode> FOR_THEIR_DIGEST =
      Set.of(FailureCode.DIGEST_MISMATCH, FailureCode.REFUSED_BEFORE);

  private final Ledger ledger;
  private final PartPaths paths;
  private final Clock clock;

  RejectedBytes(Ledger ledger, PartPaths paths, Clock clock) {
    this.ledger = ledger;
    this.paths = paths;
    this.clock = clock;
  }

  /** Takes them, if there are any and nothing else is here; not where they are refused anyway. */
  void takeBack(TransferRun run) {
    boolean isWanted = run.before().refused() == null && run.file().facts().isEmpty();
    if (!isWanted || !mayBeRight(run.source())) {
      return;
    }
    try {
      factsOf(run.source()).ifPresent(run.file()::takeBack);
    } catch (DromedaryException e) {
      LOG.warn(
          "source={} msg=\"what was rejected is not held against its digest\" code={} reason=\"{}\"",
          run.source().id(),
          e.code().label(),
          e.getMessage());
    }
  }

  /** Only what the bytes themselves show can be found out without an answer to ask. */
  private boolean mayBeRight(Source source) {
    return !source.digests().isEmpty()
        && source.digestFile().isEmpty()
        && source.urls().size() == 1
        && source.guards().contentTypes().isEmpty()
        && Files.exists(paths.setAside(source.id()));
  }

  private Optional<PartFacts> factsOf(Source source) {
    return ledger
        .forOperators()
        .failure(source.id())
        .filter(letter -> letter.sourceId().equals(source.id()))
        .filter(letter -> FOR_THEIR_DIGEST.contains(letter.code()))
        .filter(letter -> letter.lengthBytes().orElse(0) > 0)
        .map(letter -> facts(source, letter));
  }

  private PartFacts facts(Source source, TransferRecord letter) {
    URI url = source.urls().get(0);
    List<AttemptRecord> attempts = ledger.attempts(letter.id());
    boolean isOfUrl =
        !attempts.isEmpty() && attempts.get(attempts.size() - 1).url().equals(MaskedUrl.of(url));
    return new PartFacts(
        source.id(),
        Fingerprint.of(url),
        isOfUrl ? letter.validators() : Validators.NONE,
        null,
        letter.lengthBytes(),
        clock.instant());
  }
}
