package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classifies a failure of a transfer and decides what comes after it. Thread-safe: what belongs to
 * one transfer is in its {@link TransferRun}.
 */
final class FailureJudge {

  /** While delivering, the codes of what the endpoint does not accept, whatever it is like. */
  private static final Set<FailureCode> OF_ENDPOINT =
      Set.of(
          FailureCode.BUG_FOUND,
          FailureCode.STAGING_FAILED,
          FailureCode.CERTIFICATE_REFUSED,
          FailureCode.URL_REFUSED);

  /** The thousands of the codes of network and server. */
  private static final Set<Integer> NETWORK = Set.of(1, 2);

  private final TransferServices services;
  private final TransferEvents events;
  private final Shortages shortages;

  FailureJudge(TransferServices services, TransferEvents events, Shortages shortages) {
    this.services = services;
    this.events = events;
    this.shortages = shortages;
  }

  /** Says what a failure is, once, by what was being done and whether anybody wanted it to end. */
  Failure classify(@Nullable Throwable thrown, @Nullable TransferRun run) {
    Failure failure =
        FailureClassifier.classify(thrown == null ? new IllegalStateException("no cause") : thrown);
    if (run != null && run.isCancelled()) {
      return new Failure(FailureCode.STOPPING, TransferControl.REASON);
    }
    if (services.stop().isRaised()) {
      return new Failure(FailureCode.STOPPING, "the service is stopping");
    }
    Failure known =
        failure.code() == FailureCode.STOPPING
            ? new Failure(FailureCode.CONNECTION_LOST, failure.message())
            : failure;
    return run != null && run.record().state() == TransferState.DELIVERING
        ? delivering(run, thrown, known)
        : known;
  }

  /** No server of the source is asked while its file is delivered, whatever the failure is like. */
  private static Failure delivering(TransferRun run, @Nullable Throwable thrown, Failure failure) {
    FailureCode code = failure.code();
    boolean isLikeAServers = NETWORK.contains(code.number() / 1000);
    if (thrown == null || !(OF_ENDPOINT.contains(code) || isLikeAServers)) {
      return failure;
    }
    return new Failure(
        isLikeAServers ? FailureCode.DELIVERY_UNREACHED : FailureCode.DELIVERY_FAILED,
        "source "
            + run.source().id()
            + ": cannot deliver to "
            + run.source().target()
            + ": "
            + FailureClassifier.reason(thrown));
  }

  /**
   * Decides what is done about a failure, and prepares it: whom the next attempt asks, and that it
   * starts over.
   */
  FailureDecision decide(TransferRun run, Failure failure) {
    return atOnceIfEdited(run, decideAsItIsListed(run, failure));
  }

  private FailureDecision decideAsItIsListed(TransferRun run, Failure failure) {
    FailureCode code = failure.code();
    run.tries().awaitsNoRest();
    if (Shortages.isOne(code)) {
      return shortages.await(run, failure);
    }
    run.tries().lacksNothing();
    if (code == FailureCode.HOST_RESTING) {
      return awaitHost(run, failure);
    }
    if (code == FailureCode.SOURCE_EDITED) {
      return new FailureDecision(failure, true, Duration.ZERO);
    }
    if (code == FailureCode.LANDED_UNFIT) {
      return startOver(run, failure);
    }
    if (code == FailureCode.DIGEST_MISMATCH && run.mirrors().leadWithAnotherAlone()) {
      run.tries().noteStartOver(code);
      return startOver(run, failure);
    }
    if (code == FailureCode.DIGEST_MISMATCH && run.digests().isWrongTwice()) {
      return new FailureDecision(failure, false, Duration.ZERO);
    }
    boolean slow = code == FailureCode.TOO_SLOW || code == FailureCode.STALLED;
    run.noteFailedAttempt(slow);
    boolean isAnotherFile = code == FailureCode.VERSION_CHANGED && run.holdsBytesOfAnother();
    boolean lacksFile =
        isAnotherFile || (code.action() == FailureAction.SOURCE_OWNER && !run.isAllHere());
    if ((isAnotherFile || isTheServers(code, run)) && run.mirrors().leadWithNext(lacksFile)) {
      return new FailureDecision(failure, true, Duration.ZERO);
    }
    boolean startsOver =
        code.action() == FailureAction.START_OVER
            && !(isAnotherFile && run.mirrors().mayHaveFile());
    int startOvers = startsOver ? run.tries().noteStartOver(code) : 0;
    int idle = run.tries().withoutProgress();
    boolean otherMayHaveIt =
        lacksFile && run.mirrors().mayHaveFile() && services.retries().hasTriesLeft(idle);
    if (!otherMayHaveIt && !services.retries().mayRetry(code, idle, startOvers)) {
      return new FailureDecision(failure, false, Duration.ZERO);
    }
    if (startsOver) {
      restart(run, code, startOvers);
    }
    Duration delay = startsOver && startOvers == 0 ? Duration.ZERO : pause(run, failure, idle);
    return new FailureDecision(failure, true, delay);
  }

  /** Whose host has just begun to rest is not asked before that is over. */
  private Duration pause(TransferRun run, Failure failure, int idle) {
    Duration own = services.retries().delay(idle, failure.retryAfter(), services.random());
    if (run.isAllHere()) {
      return own;
    }
    Duration rest = leadWithSoonest(run, idle);
    if (rest.compareTo(own) <= 0) {
      return own;
    }
    if (failure.retryAfter() == null) {
      run.tries().awaitsRestOf(run.mirrors().lead().host());
    }
    return rest;
  }

  /**
   * A host that rests is asked as soon as its rest is over, by one for all. To meet a rest is no
   * try, since nobody was asked; but it is given up after as many rests in a row as there are
   * tries.
   */
  private FailureDecision awaitHost(TransferRun run, Failure failure) {
    String host = run.mirrors().lead().host();
    int rests = run.tries().metRest(host, services.breakers().rests(host));
    if (!isPatient(run, rests) && run.mirrors().leadWithNext(false)) {
      return new FailureDecision(failure, true, Duration.ZERO);
    }
    boolean mayWait = services.retries().hasTriesLeft(rests);
    Duration left = leadWithSoonest(run, rests);
    if (left.isZero()) {
      int idle = run.tries().withoutProgress();
      Duration own = services.retries().delay(idle, null, services.random());
      return new FailureDecision(failure, mayWait, own);
    }
    run.tries().awaitsRestOf(run.mirrors().lead().host());
    return new FailureDecision(failure, mayWait, left);
  }

  /** Lets the URL lead whose host rests for the shortest time; returns how long that is. */
  private Duration leadWithSoonest(TransferRun run, int inVain) {
    if (!isPatient(run, inVain)) {
      run.mirrors().leadWithSoonest(mirror -> services.breakers().left(mirror.host()));
    }
    return services.breakers().left(run.mirrors().lead().host());
  }

  /** Says whether to stay with a URL whose bytes would be lost, as long as it was asked in vain. */
  private boolean isPatient(TransferRun run, int inVain) {
    return run.needsItsUrl() && services.retries().isWorthStaying(inVain);
  }

  private FailureDecision startOver(TransferRun run, Failure failure) {
    restart(run, failure.code(), 0);
    return new FailureDecision(failure, true, Duration.ZERO);
  }

  /** A pause, or to be given up, is earned by what was asked for, which may be another by now. */
  private FailureDecision atOnceIfEdited(TransferRun run, FailureDecision decision) {
    boolean isWanted = decision.failure().code() != FailureCode.STOPPING;
    return isWanted && services.catalog().asksOtherwise(run.source())
        ? new FailureDecision(decision.failure(), true, Duration.ZERO)
        : decision;
  }

  /**
   * Another server may do better where this one brings nothing more or has nothing. Not where every
   * byte is here: what failed is then the digest file, which belongs to the first URL.
   */
  private boolean isTheServers(FailureCode code, TransferRun run) {
    int idle = run.tries().withoutProgress();
    boolean gotStuck = idle > 0 && !isPatient(run, idle);
    boolean mayHelp =
        (code.action() == FailureAction.RETRY && gotStuck)
            || code.action() == FailureAction.SOURCE_OWNER;
    return mayHelp && !isOurs(code) && !run.isAllHere();
  }

  /**
   * Nothing of what is here may meet what comes next. Where each answer names another version, as
   * content networks with tokens do, only one stream is sure to be of one.
   */
  private void restart(TransferRun run, FailureCode code, int startOversBefore) {
    boolean isNeverTheSame = code == FailureCode.VERSION_CHANGED && startOversBefore > 0;
    if (code == FailureCode.RANGE_MISMATCH || isNeverTheSame) {
      run.mirrors().lead().refuseRanges();
    }
    events.startsOver(run, code.meaning());
    run.forget();
  }

  /** Says whether our own disk, ledger or system is in the way, and no server. */
  static boolean isOurs(FailureCode code) {
    return Shortages.isOne(code) || code == FailureCode.NO_THREAD || code == FailureCode.NO_MEMORY;
  }
}
