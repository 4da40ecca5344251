package dev.dromedary.operate;

import dev.dromedary.ledger.LandedFile;
import dev.dromedary.ledger.SourceRecord;
import dev.dromedary.ledger.SourceStanding;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.source.DuePolicy;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TimeSpan;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.UtcTime;
import dev.dromedary.transfer.Validators;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts together what is told of a source. Pure. */
final class SourceReport {

  private final DuePolicy policy;

  /** Creates the report of a service that began to look at {@code since}. */
  SourceReport(Instant since) {
    this.policy = new DuePolicy(since, Duration.ZERO);
  }

  SourceStatus of(
      Source source, @Nullable SourceRecord record, @Nullable TransferRecord active, Instant now) {
    TransferState activeState = active == null ? null : active.state();
    SourceStanding standing =
        record == null
            ? new SourceStanding(false, 0, null, activeState)
            : new SourceStanding(
                record.pausedAt() != null,
                record.consecutiveFailures(),
                record.lastOutcome(),
                activeState);
    LandedFile landed = record == null ? null : record.landed();
    Instant polled = record == null ? null : record.lastPolledAt();
    TransferRecord waiting = active == null || active.nextAttemptAt() == null ? null : active;
    FailureCode code = record == null ? null : record.lastCode();
    String reason = record == null ? null : record.lastReason();
    if (waiting != null) {
      code = waiting.code();
      reason = waiting.reason();
    }
    return new SourceStatus(
        source.id(),
        SourceState.of(standing),
        standing.isPaused(),
        MaskedUrl.of(source.url()),
        source.urls().size() - 1,
        source.target(),
        words(source.schedule()),
        landed == null ? null : strongest(landed.validators()),
        landed == null ? null : landed.verifiedBy(),
        record == null ? null : UtcTime.formatOrNull(record.landedAt()),
        landed == null ? null : (Long) landed.stamp().sizeBytes(),
        UtcTime.formatOrNull(polled),
        UtcTime.formatOrNull(policy.nextDue(source.schedule(), polled, now).orElse(null)),
        standing.failuresInARow(),
        code == null ? null : code.label(),
        reason,
        active == null ? null : active.id());
  }

  /** Returns the validator that says most; null without any. */
  static @Nullable String strongest(Validators validators) {
    return validators.etag() == null ? validators.lastModified() : validators.etag();
  }

  private static String words(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      return "cron " + cron.expression() + " " + cron.zone();
    }
    return "every " + TimeSpan.exact(((Schedule.Every) schedule).interval());
  }
}
