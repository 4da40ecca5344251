package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.TimeSpan;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a running service tells, as rows of text and as fields of JSON. */
final class ServiceText {

  /** What stands on the left of a fact, in cells. */
  private static final int HEAD = 11;

  /** What a narrow terminal does without, the first first. */
  private static final List<String> SPARE =
      List.of("TRANSFER", "TRY", "CONN", "BYTES", "STATE", "ETA", "RATE");

  private static final String QUEUED = TransferState.QUEUED.word();

  private ServiceText() {}

  /** Returns everything {@code status} tells, field by field. */
  static Map<String, Object> fields(ServiceConnection connection) {
    ServiceMXBean service = connection.service();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", service.getVersion());
    fields.put("pid", service.getPid());
    fields.put("startedAt", service.getStartedAt());
    fields.put("uptimeSeconds", service.getUptimeSeconds());
    fields.put("workDirectory", service.getWorkDirectory());
    fields.put("landingZone", service.getLandingZone());
    fields.put("draining", service.isDraining());
    fields.put("queueDepth", service.getQueueDepth());
    fields.put("inFlight", service.getInFlight());
    fields.put("bytesPerSecond", service.getBytesPerSecond());
    fields.put("networkBytes", service.getNetworkBytes());
    fields.put("landed", service.getLandedCount());
    fields.put("unchanged", service.getUnchangedCount());
    fields.put("failed", service.getFailedCount());
    fields.put("cancelled", service.getCancelledCount());
    fields.put("diskFreeBytes", service.getDiskFreeBytes());
    fields.put("diskReservedBytes", service.getDiskReservedBytes());
    fields.put("restingHosts", service.getRestingHosts());
    fields.put("lostFiles", service.getLostFiles());
    fields.put("pollFailure", service.getPollFailure());
    fields.put("refusedFiles", service.getRefusedFiles());
    fields.put("ledgerBytes", service.getLedgerBytes());
    fields.put("logLevel", service.getLogLevel());
    SourcesMXBean sources = connection.sources();
    fields.put("sourceCount", sources.getCount());
    fields.put("sourceStates", sources.getStates());
    fields.put("deadLetterCount", connection.failures().getCount());
    fields.put("limits", LimitText.fields(connection.limits()));
    fields.put("running", connection.transfers().getRunning());
    WaitingTransfers waiting = WaitingTransfers.of(connection.transfers(), service.getQueueDepth());
    fields.put("waiting", waiting.some());
    fields.put("waitingCount", waiting.all());
    return fields;
  }

  /**
   * Returns what {@code status} shows at a time, harmless and as the terminal can show it; whole,
   * where there is none.
   */
  static StatusRows status(ServiceConnection connection, Terminal terminal, Instant now) {
    List<String> facts = facts(connection);
    if (terminal.isInteractive()) {
      int width = terminal.size().get().columns();
      facts = facts.stream().flatMap(fact -> folded(fact, width).stream()).toList();
    }
    List<TransferStatus> running = connection.transfers().getRunning();
    List<String> transfers =
        new ArrayList<>(running.isEmpty() ? List.of() : transfers(running, terminal, now));
    List<String> waiting =
        WaitingTransfers.of(connection.transfers(), connection.service().getQueueDepth())
            .lines(terminal, now);
    if (!transfers.isEmpty() && !waiting.isEmpty()) {
      transfers.add("");
    }
    transfers.addAll(waiting);
    return new StatusRows(facts, transfers);
  }

  /** Folds a fact so that what it is about stands alone on the left; a long word is broken. */
  static List<String> folded(String fact, int width) {
    if (TerminalText.width(fact) <= width || width <= 2 * HEAD) {
      return List.of(TerminalText.head(fact, width));
    }
    List<String> rows = new ArrayList<>();
    String head = fact.substring(0, HEAD);
    for (String row : TerminalText.wrap(fact.substring(HEAD), width - HEAD)) {
      String rest = row;
      do {
        String piece = TerminalText.head(rest, width - HEAD);
        rows.add(head + piece);
        rest = rest.substring(piece.length());
        head = " ".repeat(HEAD);
      } while (!rest.isEmpty());
    }
    return rows;
  }

  private static List<String> facts(ServiceConnection connection) {
    ServiceMXBean service = connection.service();
    List<String> lines = new ArrayList<>();
    lines.add(
        "dromedary "
            + service.getVersion()
            + ", process "
            + service.getPid()
            + ", up "
            + TimeSpan.format(Duration.ofSeconds(service.getUptimeSeconds()))
            + (service.isDraining() ? ", draining" : ""));
    lines.add("work       " + service.getWorkDirectory());
    lines.add("landing    " + service.getLandingZone());
    lines.add(
        "now        "
            + service.getInFlight()
            + " running, "
            + service.getQueueDepth()
            + " queued, "
            + Words.rate(service.getBytesPerSecond()));
    lines.add(
        "ended      "
            + service.getLandedCount()
            + " landed, "
            + service.getUnchangedCount()
            + " unchanged, "
            + service.getFailedCount()
            + " failed, "
            + service.getCancelledCount()
            + " cancelled, "
            + ByteSize.format(service.getNetworkBytes())
            + " received, since its start");
    lines.add(
        "sources    "
            + connection.sources().getCount()
            + counts(connection.sources().getStates())
            + "; "
            + Words.many(connection.failures().getCount(), "dead letter"));
    lines.add(
        "disk       "
            + ByteSize.format(service.getDiskFreeBytes())
            + " free, "
            + ByteSize.format(service.getDiskReservedBytes())
            + " needed, ledger "
            + ByteSize.format(service.getLedgerBytes()));
    service
        .getRestingHosts()
        .forEach((host, until) -> lines.add("resting    " + host + " until " + until));
    service.getLostFiles().forEach((file, why) -> lines.add("lost       " + file + " " + why));
    if (!service.getPollFailure().isEmpty()) {
      lines.add("polls      fail: " + service.getPollFailure());
    }
    service
        .getRefusedFiles()
        .forEach(
            (file, why) ->
                lines.add(
                    "refused    " + file + ", it holds as it was: " + why.replace("\n", " | ")));
    String head = "limits     ";
    for (String limit : LimitText.lines(connection.limits())) {
      lines.add(head + limit);
      head = " ".repeat(head.length());
    }
    lines.replaceAll(TerminalText::escape);
    return lines;
  }

  /** Returns transfers as a table, as the terminal can show it; whole, where there is none. */
  static List<String> transfers(List<TransferStatus> transfers, Terminal terminal, Instant now) {
    return table(transfers, terminal.glyphs(), now).lines(terminal, SPARE);
  }

  private static TextTable table(List<TransferStatus> transfers, Glyphs glyphs, Instant now) {
    TextTable table =
        new TextTable(
            glyphs,
            "TRANSFER",
            "SOURCE",
            "STATE",
            "DONE",
            "BYTES",
            "RATE",
            "ETA",
            "CONN",
            "TRY",
            "WHY");
    for (TransferStatus transfer : transfers) {
      boolean hasEnded = transfer.endedAt() != null;
      Long eta = transfer.etaSeconds();
      table.add(
          transfer.transfer(),
          transfer.source(),
          transfer.state(),
          transfer.percent() == null ? null : transfer.percent() + "%",
          size(transfer.receivedBytes(), transfer.totalBytes()),
          Words.rate(hasEnded ? transfer.averageBytesPerSecond() : transfer.bytesPerSecond()),
          eta == null ? null : TimeSpan.format(Duration.ofSeconds(eta)),
          transfer.connections(),
          transfer.attempts(),
          why(transfer, now));
    }
    return table;
  }

  private static String why(TransferStatus transfer, Instant now) {
    boolean waits = transfer.nextAttemptAt() != null || transfer.state().equals(QUEUED);
    if (waits) {
      String code = transfer.code() == null ? "" : transfer.code() + ", ";
      return code + again(transfer, now);
    }
    String code = transfer.code() == null ? "" : transfer.code() + " ";
    boolean isWhole = transfer.endedAt() != null || transfer.code() == null;
    return isWhole && transfer.reason() != null ? code + transfer.reason() : "";
  }

  private static String again(TransferStatus waiting, Instant now) {
    return WaitingTransfers.isInTurn(waiting, now)
        ? "in turn"
        : "again at " + Instant.parse(waiting.nextAttemptAt()).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String size(long received, @Nullable Long total) {
    return total == null || total == received
        ? ByteSize.format(received)
        : ByteSize.format(received) + "/" + ByteSize.format(total);
  }

  private static String counts(Map<String, Integer> states) {
    return states.isEmpty()
        ? ""
        : states.entrySet().stream()
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
