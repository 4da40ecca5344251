package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.FORMER;
import static dev.dromedary.routing.TransferProperties.OUTCOME;

import dev.dromedary.component.LandedBody;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.ledger.FileStamp;
import dev.dromedary.ledger.LandedFile;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.part.Delivery;
import dev.dromedary.part.FormerFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code deliver-file}: bring the verified file next to its target, let the
 * endpoint rename it, make sure that it arrived. Thread-safe.
 */
public final class DeliverySteps {

  private static final Logger LOG = LoggerFactory.getLogger(DeliverySteps.class);

  private final TransferServices services;
  private final Delivery delivery;
  private final TransferEvents events;

  /** Creates the steps. */
  public DeliverySteps(TransferServices services, Delivery delivery, TransferEvents events) {
    this.services = services;
    this.delivery = delivery;
    this.events = events;
  }

  /**
   * Says whether the file was delivered and only the record of that is missing. What it was
   * verified against may have been edited since, by which it is not the file that is asked for.
   */
  boolean isDone(TransferRun run) {
    FileStamp stamp = run.record().delivering();
    String verifiedFor = run.record().deliveringFor();
    boolean isAsked = verifiedFor == null || verifiedFor.equals(verifiedFor(run));
    return stamp != null && isAsked && stamp.isOf(target(run));
  }

  private static String verifiedFor(TransferRun run) {
    return Fingerprint.ofLanded(run.source(), run.source().urls().get(0));
  }

  /**
   * Leaves the verified file as body, under the name it is to have; outcome READY, or DELIVERED
   * when an earlier run did all but record it.
   */
  public void prepare(Exchange exchange) throws InterruptedException {
    TransferRun run = TransferProperties.run(exchange);
    Path target = target(run);
    FileStamp delivered = run.record().delivering();
    try {
      if (delivered != null && isDone(run)) {
        adopt(run, delivered);
        readForProvenance(run, target, delivered.sizeBytes());
        exchange.setProperty(OUTCOME, "DELIVERED");
        return;
      }
      delivery.requireReplaceable(services.limits().landing(), target);
      Path sealed = sealed(run);
      Path beside =
          delivery.bringBeside(
              sealed,
              services.limits().landing(),
              target,
              run.record().id(),
              () -> services.stop().requireGoesOn(run));
      TransferRecord delivering =
          run.record()
              .delivering(FileStamp.of(beside), verifiedFor(run), run.digests().verifiedBy());
      if (!run.deliver(() -> services.ledger().advance(run.record(), delivering))) {
        if (!beside.equals(sealed)) {
          delivery.discard(services.limits().landing(), target, run.record().id());
        }
        run.requireWanted();
      }
      run.progress().state(run.record().state());
      Map<String, Object> headers =
          Map.of(
              Exchange.FILE_NAME,
              run.source().target(),
              Exchange.FILE_LOCAL_WORK_PATH,
              beside.toString());
      put(exchange, beside, headers);
      exchange.setProperty(FORMER, FormerFile.at(target));
      exchange.setProperty(OUTCOME, "READY");
    } catch (IOException e) {
      throw failed(run, target, e);
    }
  }

  /** It has landed, whether it can be read now or not. */
  private static void readForProvenance(TransferRun run, Path target, long length)
      throws InterruptedException {
    try {
      run.digests().readAnyway(target, length);
    } catch (IOException | DromedaryException e) {
      if (e instanceof DromedaryException known && known.code() == FailureCode.STOPPING) {
        throw known;
      }
      LOG.warn(
          "transfer={} msg=\"not read for its provenance\" reason=\"{}\"",
          run.record().id(),
          e.getMessage());
    }
  }

  /** What is no more what was verified is fetched anew by the next transfer, not by this one. */
  private static Path sealed(TransferRun run) {
    try {
      return run.file().seal(run.heldLength().orElseThrow());
    } catch (DromedaryException e) {
      if (e.code() == FailureCode.PART_FILE_DAMAGED) {
        run.forget();
        throw new DromedaryException(
            FailureCode.DELIVERY_FAILED, "not delivered: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Takes over what an earlier run delivered but could not record. */
  private void adopt(TransferRun run, FileStamp delivered) {
    String verifiedBy = run.record().verifiedBy();
    run.record(
        services
            .ledger()
            .advance(
                run.record(), run.record().delivering(delivered, verifiedFor(run), verifiedBy)));
    if (verifiedBy != null) {
      run.digests().verifiedBy(verifiedBy);
    }
    run.progress().begin(OptionalLong.of(delivered.sizeBytes()), delivered.sizeBytes());
    run.progress().state(run.record().state());
  }

  /**
   * Makes sure that the file is where it should be, for good, records that it landed and tells of
   * it; whatever a later step does, it has landed. A part file is still there only when the landing
   * zone is on another file system. Leaves the landed file as body; outcome LANDED.
   */
  public void confirm(Exchange exchange) throws InterruptedException {
    TransferRun run = TransferProperties.run(exchange);
    Path target = target(run);
    try {
      delivery.requireDelivered(services.limits().landing(), target);
      FileStamp stamp = FileStamp.of(target);
      FormerFile former = exchange.getProperty(FORMER, FormerFile.class);
      DeliveryProof.require(run, former, target, stamp);
      if (former != null) {
        delivery.takeOver(former, services.limits().landing(), target);
      }
      delivery.syncParents(target, services.limits().landing());
      LandedFile file =
          new LandedFile(
              run.source().target(),
              stamp,
              run.record().validators(),
              Fingerprint.ofLanded(run.source(), run.mirrors().versionUrl()),
              run.record().verifiedBy());
      run.discard();
      run.record(services.ledger().landed(run.record(), file));
      exchange.setProperty(EventBody.EVENT, events.landed(run));
      // what fails from here on is not the hand-over
      exchange.removeProperty(Exchange.TO_ENDPOINT);
      put(exchange, target, Map.of(Exchange.FILE_NAME, run.source().target()));
      exchange.setProperty(OUTCOME, "LANDED");
    } catch (NoSuchFileException e) {
      throw new DromedaryException(
          FailureCode.DELIVERY_FAILED,
          "source "
              + run.source().id()
              + ": expected the delivered file at "
              + target
              + ", where dromedary.delivery.uri has to put it; found none",
          e);
    } catch (IOException e) {
      throw failed(run, target, e);
    }
  }

  private static void put(Exchange exchange, Path file, Map<String, Object> headers) {
    exchange.getMessage().setHeaders(new HashMap<>(headers));
    exchange.getMessage().setBody(new LandedBody(file));
  }

  private Path target(TransferRun run) {
    return services.limits().landing().resolve(run.source().target());
  }

  private static DromedaryException failed(TransferRun run, Path target, IOException cause) {
    FailureCode known = FailureClassifier.classify(cause).code();
    boolean isOfDisk = known == FailureCode.DISK_FULL || known == FailureCode.PERMISSION_DENIED;
    return new DromedaryException(
        isOfDisk ? known : FailureCode.DELIVERY_FAILED,
        "source "
            + run.source().id()
            + ": cannot deliver to "
            + target
            + ": "
            + FailureClassifier.reason(cause),
        cause);
  }
}
