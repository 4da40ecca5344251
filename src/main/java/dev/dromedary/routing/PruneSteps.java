package dev.dromedary.routing;

import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.part.KeptFile;
import dev.dromedary.part.PartPaths;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of the route {@code prune-records}: what ended long ago is forgotten, dead letters that
 * are too old or keep too much are given up with what they keep. Thread-safe.
 */
public final class PruneSteps {

  private static final Logger LOG = LoggerFactory.getLogger(PruneSteps.class);

  private static final int ALL = Integer.MAX_VALUE;

  /** Sources that are forgotten in one transaction: others wait for as long. */
  private static final int AT_ONCE = 500;

  private final TransferServices services;
  private final OperatorLedger letters;
  private final LeftCopies copies;
  private final PartPaths paths;
  private final Keeping keeping;

  /** Creates the step. */
  public PruneSteps(TransferServices services, Keeping keeping) {
    this.services = services;
    this.letters = services.ledger().forOperators();
    this.copies = new LeftCopies(services.limits().landing());
    this.paths = new PartPaths(services.limits().staging());
    this.keeping = keeping;
  }

  /**
   * How long what is kept.
   *
   * @param records of transfers that ended well
   * @param failures dead letters with their part files
   * @param failuresBytes what dead letters keep together at most, 0 for no limit
   * @param sources what is known of those that left the list
   */
  public record Keeping(
      Duration records, Duration failures, long failuresBytes, Duration sources) {}

  /** Forgets what need not be kept any more; leaves as body how many records that were. */
  public void prune(Exchange exchange) {
    Instant now = services.clock().instant();
    Instant oldest = now.minus(keeping.failures());
    long keptBytes = 0;
    int given = 0;
    List<TransferRecord> newestFirst = letters.failures(0, ALL);
    for (TransferRecord letter : newestFirst) {
      keptBytes += kept(letter).sizeBytes();
      Instant ended = letter.endedAt() == null ? letter.updatedAt() : letter.endedAt();
      boolean isTooMuch = keeping.failuresBytes() > 0 && keptBytes > keeping.failuresBytes();
      if ((ended.isBefore(oldest) || isTooMuch) && giveUp(letter, ended)) {
        given++;
      }
    }
    int freed = freeAbandoned(oldest) + freeRejected(oldest);
    Instant forgottenUntil = now.minus(keeping.records());
    removeCopies(oldest.isAfter(forgottenUntil) ? oldest : forgottenUntil);
    int forgotten = services.ledger().prune(forgottenUntil);
    Instant silentSince = now.minus(keeping.sources());
    int left = forgetLeft(silentSince.isBefore(oldest) ? silentSince : oldest);
    exchange.getMessage().setBody(given + forgotten);
    if (given + freed + forgotten + left > 0) {
      LOG.info(
          "msg=pruned deadLetters={} partFiles={} records={} sources={}",
          given,
          freed,
          forgotten,
          left);
    }
  }

  /** What a source left on the disk is found by what is known of it, so that goes first. */
  private int forgetLeft(Instant silentSince) {
    List<String> left =
        letters.silentSince(silentSince).stream()
            .filter(id -> services.catalog().find(id).isEmpty() && hasLeftNothing(id))
            .toList();
    int forgotten = 0;
    for (int done = 0; done < left.size(); done += AT_ONCE) {
      List<String> some = left.subList(done, Math.min(left.size(), done + AT_ONCE));
      forgotten += letters.forget(some, silentSince);
    }
    return forgotten;
  }

  private boolean hasLeftNothing(String sourceId) {
    return Stream.of(paths.partFile(sourceId), paths.setAside(sourceId))
        .map(KeptFile::new)
        .noneMatch(KeptFile::exists);
  }

  /**
   * What is left of a source is of use only as long as the list has it, whichever of its transfers
   * left it: one that was cancelled while it waited, or whose dead letter was discarded, names
   * none.
   */
  private int freeAbandoned(Instant oldest) {
    int freed = 0;
    for (String sourceId : letters.idleSince(oldest)) {
      boolean isAbandoned = services.catalog().find(sourceId).isEmpty();
      if (isAbandoned
          && free(sourceId, oldest, paths.partFile(sourceId), paths.setAside(sourceId))) {
        freed++;
      }
    }
    return freed;
  }

  /** What was rejected is of use as long as its dead letter, or as one would be kept. */
  private int freeRejected(Instant oldest) {
    Set<Path> stillNamed =
        letters.failures(0, ALL).stream()
            .map(letter -> path(letter).normalize())
            .collect(Collectors.toSet());
    int freed = 0;
    for (Source source : services.catalog().sources()) {
      Path rejected = paths.setAside(source.id());
      if (!stillNamed.contains(rejected.normalize()) && free(source.id(), oldest, rejected)) {
        freed++;
      }
    }
    return freed;
  }

  private boolean free(String sourceId, Instant unlessWrittenSince, Path... files) {
    List<KeptFile> left = Stream.of(files).map(KeptFile::new).filter(KeptFile::exists).toList();
    return !left.isEmpty()
        && letters.whileIdle(
            sourceId,
            () ->
                left.stream().filter(file -> delete(sourceId, file, unlessWrittenSince)).count()
                    > 0);
  }

  private static boolean delete(String sourceId, KeptFile kept, Instant unlessWrittenSince) {
    try {
      return kept.deleteUnlessWrittenSince(unlessWrittenSince);
    } catch (IOException e) {
      LOG.warn(
          "source={} msg=\"what it kept was not pruned\" reason=\"{}\"", sourceId, e.toString());
      return false;
    }
  }

  /** Nobody looks for a copy again once its transfer is forgotten. */
  private void removeCopies(Instant oldest) {
    for (TransferRecord ended : letters.endedWithWhole(oldest)) {
      letters.whileIdle(ended.sourceId(), () -> copies.remove(ended));
    }
  }

  private boolean giveUp(TransferRecord letter, Instant ended) {
    return delete(letter, ended.plusSeconds(1)) && letters.prune(letter);
  }

  /** A source whose next transfer is under way goes on with these bytes. */
  private boolean delete(TransferRecord letter, Instant unlessWrittenSince) {
    return letters.whileIdle(
        letter.sourceId(),
        () -> {
          boolean isDeleted = delete(letter.sourceId(), kept(letter), unlessWrittenSince);
          if (isDeleted) {
            copies.remove(letter);
          }
          return isDeleted;
        });
  }

  private KeptFile kept(TransferRecord letter) {
    return new KeptFile(path(letter));
  }

  private Path path(TransferRecord letter) {
    String file = letter.partFile() == null ? "staging/none" : letter.partFile();
    return services.limits().staging().resolveSibling("").resolve(file);
  }
}
