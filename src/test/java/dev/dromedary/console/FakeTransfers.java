package dev.dromedary.console;

import dev.dromedary.observe.Change;
import dev.dromedary.observe.DeadLetter;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.ByteRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A few transfers and dead letters, and what was asked of them. */
final class FakeTransfers implements TransfersMXBean {

  /** The digest of what damaged.bin brought instead of what is expected. */
  static final String FOUND = "d9".repeat(32);

  final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> ids;

  FakeTransfers(List<String> ids) {
    this.ids = List.copyOf(ids);
  }

  @Override
  public int getRunningCount() {
    return ids.size();
  }

  @Override
  public List<TransferStatus> getRunning() {
    return ids.stream().map(id -> status(id, "running")).toList();
  }

  @Override
  public List<TransferStatus> getWaiting() {
    return List.of(status("later.bin", "retrying"));
  }

  @Override
  public List<TransferStatus> getQueued() {
    return List.of();
  }

  @Override
  public int getRecentCount() {
    return getRecent().size();
  }

  @Override
  public List<TransferStatus> getRecent() {
    return List.of(status("done.bin", "landed"), status("broken.bin", "failed"));
  }

  @Override
  public @Nullable TransferStatus get(String id) {
    return null;
  }

  @Override
  public Change cancel(String id) {
    commands.add("cancel " + id);
    return new Change(1, 1, List.of());
  }

  @Override
  public Change retry(String id) {
    commands.add("retry " + id);
    return new Change(1, 1, List.of());
  }

  private static TransferStatus status(String id, String state) {
    long total = 1L << 30;
    boolean isOpen = state.equals("running") || state.equals("retrying");
    Instant now = Instant.now();
    return new TransferStatus(
        "t-" + id,
        id,
        "in/" + id,
        state,
        state.equals("landed") ? total : 412L << 20,
        total,
        state.equals("landed") ? 100 : 40,
        412L << 20,
        state.equals("running") ? 0 : 100 << 20,
        isOpen ? 38L << 20 : 0,
        35L << 20,
        isOpen ? 17L : null,
        4,
        state.equals("retrying") ? 3 : 1,
        now.minusSeconds(12).toString(),
        isOpen ? null : now.minusSeconds(2).toString(),
        state.equals("landed") ? "sha-256" : null,
        isOpen && !state.equals("retrying") || state.equals("landed") ? null : "E1005",
        isOpen && !state.equals("retrying") || state.equals("landed")
            ? null
            : "the connection broke after 100 MiB",
        state.equals("retrying") ? now.plusSeconds(40).toString() : null,
        List.of(
            new ByteRange(0, 240 << 20),
            new ByteRange(256 << 20, 330 << 20),
            new ByteRange(512 << 20, 610 << 20)),
        isOpen
            ? List.of(
                new ByteRange(240 << 20, 256 << 20),
                new ByteRange(330 << 20, 512 << 20),
                new ByteRange(610 << 20, 700 << 20))
            : List.of());
  }

  /** The dead letters beside them. */
  static final class Failures implements FailuresMXBean {

    final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> letters;

    Failures(List<String> ids) {
      letters = ids.stream().map(Failures::letter).toList();
    }

    @Override
    public int getCount() {
      return letters.size();
    }

    @Override
    public Map<String, Integer> getCodes() {
      return Map.of("E4404", letters.size());
    }

    @Override
    public DeadLetterPage find(String filter, int offset, int limit) {
      return new DeadLetterPage(letters.size(), 0, letters);
    }

    @Override
    public String export(String filter) {
      return "sources: []\n";
    }

    @Override
    public @Nullable DeadLetter get(String id) {
      return null;
    }

    @Override
    public Change retry(String id) {
      return done("retry " + id);
    }

    @Override
    public Change retryAll() {
      return done("retryAll");
    }

    @Override
    public Change retryByCode(String code) {
      return done("retryByCode " + code);
    }

    @Override
    public Change discard(String id) {
      return done("discard " + id);
    }

    private Change done(String command) {
      commands.add(command);
      return new Change(1, 0, List.of("x: it runs already"));
    }

    private static String reason(String id) {
      return id.equals("damaged.bin")
          ? "source damaged.bin: sha-256: expected "
              + "1f".repeat(32)
              + ", found "
              + FOUND
              + "; the bytes are kept at /srv/landing/.dromedary/staging/t-damaged.bin.part.rejected"
          : "404 Not Found for https://example.org/" + "long/".repeat(40) + id;
    }

    private static DeadLetter letter(String id) {
      return new DeadLetter(
          "t-" + id,
          id,
          "in/" + id,
          "E4404",
          "there is nothing at this URL",
          "check the credentials of the source; if a page is right, give contentType: text/html",
          reason(id),
          Instant.now().minusSeconds(200).toString(),
          0,
          null,
          null,
          null,
          1,
          List.of());
    }
  }
}
