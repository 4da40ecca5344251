package dev.dromedary.operate;

import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.DeadLetter;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.UtcTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the dead letters from the ledger, also where no service runs. Thread-safe. */
public final class DeadLetters {

  private final Ledger ledger;
  private final OperatorLedger operators;

  /** Creates the reader. */
  public DeadLetters(Ledger ledger) {
    this.ledger = ledger;
    this.operators = ledger.forOperators();
  }

  Map<String, Integer> codes() {
    Map<String, Integer> codes = new TreeMap<>();
    operators.failuresByCode().forEach((code, many) -> codes.put(code.label(), many));
    return codes;
  }

  int count() {
    return operators.failuresByCode().values().stream().mapToInt(many -> many).sum();
  }

  /** Returns a page as {@link FailuresMXBean#find} tells. */
  public DeadLetterPage find(String filter, int offset, int limit) {
    int first = Math.max(0, offset);
    int size = Math.min(Math.max(1, limit), FailuresMXBean.LARGEST_PAGE);
    String words = filter.strip().toLowerCase(Locale.ROOT);
    if (words.isEmpty()) {
      return new DeadLetterPage(count(), first, letters(operators.failures(first, size).stream()));
    }
    List<TransferRecord> all = matching(words);
    return new DeadLetterPage(all.size(), first, letters(all.stream().skip(first).limit(size)));
  }

  /** Returns the ids of the sources of all that match, as {@link #find} does. */
  public List<String> sources(String filter) {
    String words = filter.strip().toLowerCase(Locale.ROOT);
    return matching(words).stream().map(TransferRecord::sourceId).toList();
  }

  private List<TransferRecord> matching(String words) {
    return ledger.failures().stream()
        .filter(record -> words.isEmpty() || has(record, words.split("\\s+")))
        .toList();
  }

  Optional<TransferRecord> record(String id) {
    return operators.failure(id);
  }

  @Nullable DeadLetter get(String id) {
    return record(id).map(this::letter).orElse(null);
  }

  private List<DeadLetter> letters(Stream<TransferRecord> records) {
    return records.map(this::letter).toList();
  }

  private static boolean has(TransferRecord record, String[] words) {
    String text =
        String.join(
                "\n",
                code(record).label(),
                record.sourceId(),
                record.target(),
                Objects.requireNonNullElse(record.reason(), ""))
            .toLowerCase(Locale.ROOT);
    return Stream.of(words).allMatch(text::contains);
  }

  private DeadLetter letter(TransferRecord record) {
    FailureCode code = code(record);
    List<AttemptRecord> attempts = ledger.attempts(record.id());
    int older = Math.max(0, attempts.size() - DeadLetter.MOST_ATTEMPTS);
    return new DeadLetter(
        record.id(),
        record.sourceId(),
        record.target(),
        code.label(),
        code.meaning(),
        code.remedyWhenGivenUp(),
        record.reason(),
        UtcTime.formatOrNull(record.endedAt()),
        record.receivedBytes(),
        record.lengthBytes().isPresent() ? (Long) record.lengthBytes().getAsLong() : null,
        SourceReport.strongest(record.validators()),
        record.partFile(),
        record.attempt(),
        attempts.stream().skip(older).map(DeadLetters::attempt).toList());
  }

  private static DeadLetter.Attempt attempt(AttemptRecord attempt) {
    FailureCode code = attempt.code();
    return new DeadLetter.Attempt(
        attempt.number(),
        UtcTime.format(attempt.startedAt()),
        UtcTime.formatOrNull(attempt.endedAt()),
        attempt.url(),
        attempt.rangeStart(),
        attempt.receivedBytes(),
        attempt.status().isPresent() ? (Integer) attempt.status().getAsInt() : null,
        code == null ? null : code.label(),
        attempt.reason());
  }

  static FailureCode code(TransferRecord record) {
    return record.code() == null ? FailureCode.BUG_FOUND : record.code();
  }
}
