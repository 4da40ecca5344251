package dev.dromedary.routing;

import dev.dromedary.guard.Expected;
import dev.dromedary.ledger.FileStamp;
import dev.dromedary.ledger.LandedFile;
import dev.dromedary.ledger.SourceRecord;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferProgress;
import dev.dromedary.part.PartFile;
import dev.dromedary.plan.Conditional;
import dev.dromedary.plan.FileFacts;
import dev.dromedary.plan.LandedFacts;
import dev.dromedary.plan.UnchangedPolicy;
import dev.dromedary.response.KnownVersion;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes what a running transfer holds. Thread-safe. */
public final class TransferRuns {

  private static final Logger LOG = LoggerFactory.getLogger(TransferRuns.class);

  private final TransferServices services;
  private final Function<String, PartFile> partFiles;
  private final OpenRuns open;
  private final TransferEvents events;
  private final RefusedVersions refusedVersions;

  /** Creates an empty set; {@code partFiles} opens the part file of a source id. */
  public TransferRuns(
      TransferServices services,
      Function<String, PartFile> partFiles,
      OpenRuns open,
      TransferEvents events) {
    this.services = services;
    this.partFiles = partFiles;
    this.open = open;
    this.events = events;
    this.refusedVersions =
        new RefusedVersions(services.ledger(), services.retries(), services.clock());
  }

  TransferRun open(Source source, TransferRecord claimed) {
    TransferProgress progress =
        services
            .board()
            .open(claimed.id(), source.id(), source.target(), services.clock().instant());
    SourceRecord known = services.ledger().source(source.id()).orElse(null);
    LandedFile landed = known == null ? null : known.landed();
    KnownBefore before =
        refusedVersions
            .find(source)
            .map(KnownBefore::refused)
            .orElseGet(() -> landed(source, landed));
    TransferRun run =
        new TransferRun(
            source,
            claimed,
            before,
            new Mirrors(
                source.urls(),
                landed == null ? 0 : mirrorOf(source, landed),
                services.limits().maxRedirects(),
                before.version()),
            new ContentWatch(Expected.of(source, sizeOf(landed))),
            progress,
            () -> partFiles.apply(source.id()),
            services.stop());
    if (services.limits().digestsAll()) {
      run.digests().computeAnyway();
    }
    RejectedBytes.takeBack(run);
    run.file()
        .facts()
        .ifPresent(
            held -> {
              run.mirrors().resumed();
              run.mirrors().leadWith(url -> Fingerprint.of(url).equals(held.urlFingerprint()));
            });
    return run;
  }

  private static OptionalLong sizeOf(@Nullable LandedFile landed) {
    return landed == null ? OptionalLong.empty() : OptionalLong.of(landed.stamp().sizeBytes());
  }

  /** Lets go of a run; requests that are still open, since its route was stopped, end with it. */
  void close(TransferRun run) {
    services.requests().cancel(run.record().id(), FailureCode.STOPPING);
    services.disk().release(run.record().id());
    String host = run.mirrors().lead().host();
    services.breakers().abandoned(host, run.record().id());
    open.closed(run);
    try {
      if (run.isCancelled() && !run.record().state().isTerminal()) {
        cancelled(run);
      }
    } finally {
      run.close();
    }
  }

  /** Lets operators reach a run that a worker begins, or goes on with. */
  void begun(TransferRun run) {
    open.opened(run);
  }

  /** Records that it ended on an operator's wish. */
  private void cancelled(TransferRun run) {
    Instant now = services.clock().instant();
    TransferRecord cancelled = run.cancelled(now, services.limits()::partFile);
    run.close();
    run.record(services.ledger().cancelled(run.record(), cancelled));
    events.ended(run);
  }

  /** What landed from a mirror is asked for there again: a validator means nothing elsewhere. */
  private static int mirrorOf(Source source, LandedFile landed) {
    for (int i = 0; i < source.urls().size(); i++) {
      if (Fingerprint.isServedAlike(landed.urlFingerprint(), source, source.urls().get(i))) {
        return i;
      }
    }
    return 0;
  }

  /** Says whether the server may be asked about what landed, which has to be there untouched. */
  private Conditional mayAsk(Source source, @Nullable LandedFile landed) {
    if (landed == null || landed.stamp().modifiedAt() == null) {
      return new Conditional.FetchAnew("nothing has landed");
    }
    LandedFacts recorded =
        new LandedFacts(
            landed.validators(),
            landed.stamp().sizeBytes(),
            landed.stamp().modifiedAt(),
            landed.path(),
            basis(source, landed));
    Conditional decision = UnchangedPolicy.mayAsk(recorded, onDisk(source));
    if (decision instanceof Conditional.FetchAnew anew) {
      LOG.debug("source={} msg=\"fetched anew\" why=\"{}\"", source.id(), anew.why());
    }
    return decision;
  }

  private static LandedFacts.Basis basis(Source source, LandedFile landed) {
    URI url = source.urls().get(mirrorOf(source, landed));
    if (Fingerprint.ofLanded(source, url).equals(landed.urlFingerprint())) {
      return LandedFacts.Basis.SAME;
    }
    long size = landed.stamp().sizeBytes();
    return Fingerprint.isServedAlike(landed.urlFingerprint(), source, url)
            && source.sizeBytes().orElse(size) == size
        ? LandedFacts.Basis.OTHER_DIGESTS
        : LandedFacts.Basis.OTHER;
  }

  private KnownBefore landed(Source source, @Nullable LandedFile landed) {
    Conditional mayAsk = mayAsk(source, landed);
    if (mayAsk instanceof Conditional.Ask ask) {
      return new KnownBefore(new KnownVersion(ask.validators(), sizeOf(landed)), null, null);
    }
    return mayAsk instanceof Conditional.AskAndCompare ask
        ? new KnownBefore(new KnownVersion(ask.validators(), sizeOf(landed)), null, landed)
        : new KnownBefore(KnownVersion.NONE, null, null);
  }

  private @Nullable FileFacts onDisk(Source source) {
    Path target = services.limits().landing().resolve(source.target());
    try {
      FileStamp stamp = FileStamp.of(target);
      return stamp.modifiedAt() == null
          ? null
          : new FileFacts(source.target(), stamp.sizeBytes(), stamp.modifiedAt());
    } catch (IOException absent) {
      return null;
    }
  }
}
