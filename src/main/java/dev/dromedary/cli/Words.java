package dev.dromedary.cli;

import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TimeSpan;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How states, rates and outcomes are put into words, the same everywhere. */
final class Words {

  /** Less than this would be told as 0.0s. */
  private static final Duration NOW = Duration.ofMillis(50);

  private Words() {}

  /** Returns {@code 1 connection}, {@code 2 connections}. */
  static String many(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns {@code 12.3 MiB/s}. */
  static String rate(long bytesPerSecond) {
    return ByteSize.format(bytesPerSecond) + "/s";
  }

  /** Returns code, reason and remedy of a failed transfer or attempt in one harmless line. */
  static String failure(TransferEvent event) {
    return failure("", event);
  }

  /** Returns the same with its source. */
  static String failureOfSource(TransferEvent event) {
    return failure(event.sourceId() + ": ", event);
  }

  private static String failure(String prefix, TransferEvent event) {
    FailureCode code = event.code() == null ? FailureCode.BUG_FOUND : event.code();
    String remedy = event.remedy() == null ? code.remedyWhenGivenUp() : event.remedy();
    return why(code, prefix, event.reason()) + " (" + remedy + ")";
  }

  private static String why(FailureCode code, String prefix, @Nullable String reason) {
    String what = reason == null || reason.isBlank() ? code.meaning() : reason;
    return code.label() + " " + TerminalText.escape(prefix + what);
  }

  /** Returns when a transfer is tried again, and why it has to be. */
  private static String again(TransferEvent event) {
    Instant next = event.nextAttemptAt();
    Duration left = next == null ? Duration.ZERO : Duration.between(event.at(), next);
    String when = left.compareTo(NOW) < 0 ? "now" : "in " + TimeSpan.format(left);
    // a line before it told what starts over; whether it stays wrong, the end tells in full
    String why =
        event.code() == FailureCode.DIGEST_MISMATCH
            ? why(FailureCode.DIGEST_MISMATCH, "", null)
            : failure(event);
    return "again " + when + "  " + why;
  }

  private static String verified(@Nullable String by) {
    if (by == null) {
      return "";
    }
    return by.equals("nothing")
        ? ", not verified: neither length nor digest was told"
        : ", verified by " + TerminalText.escape(by);
  }

  /** Returns what became of a transfer in one harmless line, without its name. */
  static String outcome(TransferEvent event) {
    StringBuilder line = new StringBuilder(event.state().word());
    if (event.state() == TransferState.LANDED) {
      line.append("  ").append(ByteSize.format(event.receivedBytes()));
      line.append(fetched(event)).append(" in ").append(TimeSpan.format(event.took()));
      line.append(", ").append(rate(event.averageBytesPerSecond()));
      line.append(event.attempts() > 1 ? ", " + event.attempts() + " attempts" : "");
      line.append(verified(event.verifiedBy()));
    } else if (event.state() == TransferState.UNCHANGED) {
      line.append(verified(event.verifiedBy()));
    } else if (event.state() == TransferState.RETRYING && event.code() != null) {
      line.append(", ").append(again(event));
    } else if (event.code() != null) {
      line.append("  ").append(failure(event));
    } else if (event.reason() != null) {
      line.append("  ").append(TerminalText.escape(event.reason()));
    } else if (event.state() == TransferState.QUEUED && event.receivedBytes() > 0) {
      return "set down, " + ByteSize.format(event.receivedBytes()) + " kept";
    } else if (event.state() == TransferState.RUNNING && event.receivedBytes() > 0) {
      line.append(", resumes with ").append(ByteSize.format(event.receivedBytes()));
      event.totalBytes().ifPresent(all -> line.append(" of ").append(ByteSize.format(all)));
      line.append(" here");
    }
    return line.toString();
  }

  /**
   * Returns what came over the network where that is other than what is here; the seconds and the
   * rate are of it. What was here before is told at the resume and is not the difference of the
   * two, since bytes may come twice.
   */
  static String fetched(TransferEvent event) {
    String all = ByteSize.format(event.receivedBytes());
    String fetched = ByteSize.format(event.networkBytes());
    if (all.equals(fetched)) {
      return "";
    }
    boolean isResumed = event.networkBytes() < event.receivedBytes();
    return (isResumed ? ", resumed, " : ", ") + fetched + " fetched";
  }

  /**
   * Returns the same, but of a failure not what to do about it: for where a table tells that later.
   */
  static String inBrief(TransferEvent event) {
    return event.state() == TransferState.FAILED && event.code() != null
        ? event.state().word() + "  " + why(event.code(), "", event.reason())
        : outcome(event);
  }

  /** Returns the same, but of a failure the code alone: for where the table is the next line. */
  static String byCode(TransferEvent event) {
    return event.state() == TransferState.FAILED && event.code() != null
        ? event.state().word() + "  " + why(event.code(), "", null)
        : outcome(event);
  }

  /** Returns that a transfer starts over, why, and what that costs, in one harmless line. */
  static String startOver(StartOver startOver) {
    return "starts over, "
        + TerminalText.escape(startOver.reason())
        + "; "
        + ByteSize.format(startOver.givenUpBytes())
        + " given up";
  }

  /** Returns seconds with one decimal. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
