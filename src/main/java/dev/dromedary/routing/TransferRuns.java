package dev.dromedary.routing;

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
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.Validators;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes what a running transfer holds. Thread-safe. */
public final class TransferRuns {

  private static final Logger LOG = LoggerFactory.getLogger(TransferRuns.class);

  private final TransferServices services;
  private final Function<String, PartFile> partFiles;
  private final Map<String, TransferRun> running = new ConcurrentHashMap<>();

  /** Creates an empty set; {@code partFiles} opens the part file of a source id. */
  public TransferRuns(TransferServices services, Function<String, PartFile> partFiles) {
    this.services = services;
    this.partFiles = partFiles;
  }

  TransferRun open(Source source, TransferRecord claimed) {
    TransferProgress progress =
        services
            .board()
            .open(claimed.id(), source.id(), source.target(), services.clock().instant());
    TransferRun run =
        new TransferRun(
            source,
            claimed,
            new SourceAddress(source.urls(), services.limits().maxRedirects()),
            progress,
            () -> partFiles.apply(source.id()),
            landedValidators(source));
    running.put(claimed.id(), run);
    return run;
  }

  void close(TransferRun run) {
    running.remove(run.record().id());
    try {
      run.close();
    } catch (RuntimeException e) {
      LOG.warn("transfer={} msg=\"part file not closed cleanly\"", run.record().id(), e);
    }
  }

  /** Returns how many transfers run. */
  public int count() {
    return running.size();
  }

  private Validators landedValidators(Source source) {
    LandedFile landed =
        services.ledger().source(source.id()).map(SourceRecord::landed).orElse(null);
    if (landed == null || landed.stamp().modifiedAt() == null) {
      return Validators.NONE;
    }
    LandedFacts recorded =
        new LandedFacts(
            landed.validators(),
            landed.stamp().sizeBytes(),
            landed.stamp().modifiedAt(),
            landed.path(),
            Objects.equals(landed.urlFingerprint(), TransferRun.fingerprint(source)));
    Conditional decision = UnchangedPolicy.mayAsk(recorded, onDisk(source));
    if (decision instanceof Conditional.Ask ask) {
      return ask.validators();
    }
    LOG.debug("source={} msg=\"fetched anew\" why=\"{}\"", source.id(), decision);
    return Validators.NONE;
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
