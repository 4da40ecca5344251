package dev.dromedary.soak;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hundreds of transfers at once against random faults, the service killed again and again. Rounds
 * until the time is over; each begins with new sources and ends when all of them have.
 */
public final class Soak {

  private static final Duration ROUND_LIMIT = Duration.ofMinutes(3);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final Set<String> ENDS = Set.of("LANDED", "UNCHANGED", "FAILED", "CANCELLED");

  private final Path directory;
  private final int sources;
  private final int kills;
  private final Random random;
  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final Verdict verdict = new Verdict();
  private volatile @Nullable Process running;

  private Soak(Path directory, int sources, int kills, long seed) {
    this.directory = directory;
    this.sources = sources;
    this.kills = kills;
    this.random = new Random(seed);
  }

  /**
   * Runs it.
   *
   * @param arguments the directory to work in, minutes, sources a round, kills a round, seed
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]).toAbsolutePath();
    long minutes = Long.parseLong(arguments[1]);
    long seed = Long.parseLong(arguments[4]);
    Soak soak =
        new Soak(directory, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), seed);
    Runtime.getRuntime().addShutdownHook(new Thread(soak::leaveNoService));
    System.out.printf("seed %d%n", seed);
    boolean isWhole = soak.rounds(System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes));
    soak.origin.close();
    soak.verdict.print();
    System.exit(isWhole && soak.verdict.isClean() ? 0 : 1);
  }

  /** Returns whether no service ended by itself. */
  private boolean rounds(long until) throws Exception {
    int round = 0;
    try {
      do {
        round(++round);
      } while (System.nanoTime() < until && verdict.isClean());
      return true;
    } catch (IllegalStateException ended) {
      System.out.printf("round %d: %s%n", round, ended.getMessage());
      return false;
    }
  }

  private void leaveNoService() {
    Process service = running;
    if (service != null) {
      service.destroyForcibly();
    }
  }

  private void round(int number) throws Exception {
    Path home = Files.createDirectories(directory.resolve("round-" + number));
    Map<String, Served> served = new HashMap<>();
    for (int i = 0; i < sources; i++) {
      Served one = Served.draw("r%d-%03d".formatted(number, i), random);
      one.serve(origin);
      served.put(one.id, one);
    }
    Path config = configure(home, served.values());
    long deadline = System.nanoTime() + ROUND_LIMIT.toNanos();
    for (int kill = 0; kill < kills; kill++) {
      Process service = start(home, config);
      long moment = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2500 + random.nextInt(4000));
      await(service, moment, () -> false);
      service.destroyForcibly().waitFor();
    }
    Process last = start(home, config);
    await(last, deadline, () -> ended(home, served.keySet()).size() == served.size());
    judge(home, served, last);
    last.destroy();
    if (!last.waitFor(15, TimeUnit.SECONDS)) {
      verdict.hung++;
      last.destroyForcibly().waitFor();
    }
    long closing = System.nanoTime() + CLOSE_LIMIT.toNanos();
    await(null, closing, () -> origin.openConnections() == 0);
    verdict.leakedConnections += origin.openConnections();
    System.out.printf("round %d: %d sources, %d kills, %s%n", number, sources, kills, verdict);
    served.values().forEach(one -> one.remove(origin));
  }

  private void judge(Path home, Map<String, Served> served, Process service) throws IOException {
    Map<String, String> states = ended(home, served.keySet());
    Set<String> kept = new TreeSet<>();
    for (Served one : served.values()) {
      Path target = home.resolve("landing").resolve(one.id);
      String state = states.get(one.id);
      if (state == null) {
        verdict.note(one.id, "has not ended", states(home).get(one.id) + ", " + one);
        if (states(home).containsKey(one.id)) {
          verdict.hung++;
        } else {
          verdict.lost++;
        }
      } else if (state.equals("LANDED") || state.equals("UNCHANGED")) {
        landed(one, target);
      } else {
        kept.add(one.id);
        refused(one, target, state);
      }
    }
    leaks(home, kept, service);
  }

  private void landed(Served one, Path target) throws IOException {
    if (one.mustFail) {
      verdict.note(one.id, "landed", "must not");
      verdict.wrong++;
    } else if (!Files.exists(target)) {
      verdict.note(one.id, "is recorded as landed", "is not there");
      verdict.lost++;
    } else if (one.first.matches(target) || one.later.matches(target)) {
      verdict.landed++;
    } else if (Files.size(target) < Math.min(one.first.lengthBytes(), one.later.lengthBytes())) {
      verdict.note(one.id, "is too short", Files.size(target) + " bytes, " + one);
      verdict.truncated++;
    } else {
      verdict.note(one.id, "is of no version", Files.size(target) + " bytes, " + one);
      verdict.mixed++;
    }
  }

  private void refused(Served one, Path target, String state) {
    if (one.mustFail && !Files.exists(target)) {
      verdict.refused++;
    } else {
      verdict.note(one.id, "is " + state + ", must have landed", one.toString());
      verdict.wrong++;
    }
  }

  /** What is open or lies about though every transfer has ended. */
  private void leaks(Path home, Set<String> kept, Process service) throws IOException {
    long closing = System.nanoTime() + CLOSE_LIMIT.toNanos();
    await(null, closing, () -> underWay() == 0 && openParts(service) == 0);
    verdict.leakedConnections += underWay();
    verdict.leakedFiles += openParts(service);
    try (Stream<Path> staged = Files.list(home.resolve("work/staging"))) {
      for (Path file : staged.toList()) {
        String name = file.getFileName().toString();
        boolean isKept = kept.stream().anyMatch(id -> name.startsWith(id + "-"));
        boolean isRejected = name.endsWith(".rejected");
        if (!isKept && !isRejected) {
          verdict.note(name, "is left in", "staging");
          verdict.leakedFiles++;
        }
      }
    }
    try (Stream<Path> landing = Files.list(home.resolve("landing"))) {
      verdict.leakedFiles +=
          landing.filter(file -> file.getFileName().toString().endsWith(".landing")).count();
    }
  }

  private long underWay() {
    return origin.requests().stream().filter(request -> request.endedAt().isEmpty()).count();
  }

  /** Counts part files the service holds open; Linux only, else none is seen. */
  private static long openParts(Process service) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + service.pid() + "/fd"))) {
      return open.filter(
              link -> {
                try {
                  return Files.readSymbolicLink(link).toString().contains("/staging/");
                } catch (IOException closed) {
                  return false;
                }
              })
          .count();
    } catch (IOException elsewhere) {
      return 0;
    }
  }

  private Process start(Path home, Path config) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("-Ddromedary.home=" + System.getProperty("dromedary.home"));
    command.addAll(List.of("dev.dromedary.cli.Dromedary", "run", "--config", config.toString()));
    File log = home.resolve("service.log").toFile();
    Process service =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    running = service;
    return service;
  }

  private static Path configure(Path home, Iterable<Served> served) throws IOException {
    StringBuilder list = new StringBuilder("defaults: {every: 1d}\nsources:\n");
    served.forEach(one -> list.append(one.entry));
    Path sources = Files.writeString(home.resolve("sources.yaml"), list);
    return Files.writeString(
        home.resolve("application.properties"),
        """
        dromedary.sources=%s
        dromedary.work=%s
        dromedary.landing=%s
        dromedary.poll.interval=500ms
        dromedary.transfer.concurrency=100
        dromedary.origin.connections=200
        dromedary.part.chunk-size=64KiB
        dromedary.http.first-byte-timeout=3s
        dromedary.http.stall-timeout=2s
        dromedary.http.min-speed=10kB
        dromedary.http.min-speed-window=3s
        dromedary.breaker.sources=0
        dromedary.retry.tries=40
        dromedary.retry.backoff=50ms
        dromedary.retry.backoff-max=500ms
        dromedary.retry.max-retry-after=2s
        """
            .formatted(sources, home.resolve("work"), home.resolve("landing")));
  }

  private static Map<String, String> ended(Path home, Set<String> ids) {
    Map<String, String> ended = new HashMap<>(states(home));
    ended.keySet().retainAll(ids);
    ended.values().removeIf(state -> !ENDS.contains(state));
    return ended;
  }

  private static Map<String, String> states(Path home) {
    Map<String, String> states = new HashMap<>();
    Path ledger = home.resolve("work/ledger.db");
    if (!Files.exists(ledger)) {
      return states;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT source_id, state FROM transfer ORDER BY id")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getString(2));
      }
    } catch (SQLException notYet) {
      return Map.of();
    }
    return states;
  }

  /** Waits until something holds, the deadline is over or the process has ended. */
  private static void await(@Nullable Process process, long deadline, BooleanSupplier condition) {
    while (System.nanoTime() < deadline && !condition.getAsBoolean()) {
      if (process != null && !process.isAlive()) {
        throw new IllegalStateException("the service ended with status " + process.exitValue());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** One source with its faults. */
  private static final class Served {
    private final String id;
    private final Content first;
    private final Content later;
    private final boolean mustFail;
    private final List<Fault> faults = new ArrayList<>();
    private String entry = "";

    private Served(String id, Content first, Content later, boolean mustFail) {
      this.id = id;
      this.first = first;
      this.later = later;
      this.mustFail = mustFail;
    }

    static Served draw(String id, Random random) {
      int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 20_000_000 : 600_000);
      Content first = new GeneratedContent(random.nextLong(), length);
      boolean changes = random.nextInt(5) == 0;
      Content later =
          changes ? new GeneratedContent(random.nextLong(), length + random.nextInt(2)) : first;
      Served served = new Served(id, first, later, random.nextInt(12) == 0);
      RandomFaults draw = new RandomFaults(random, length, Resource.of("/" + id, later));
      for (int i = random.nextInt(7); i > 0; i--) {
        served.faults.add(changes && i == 2 ? draw.change() : draw.next());
      }
      return served;
    }

    void serve(ScriptedOrigin origin) {
      origin.put(Resource.of("/" + id, first));
      origin.script("/" + id, faults.toArray(Fault[]::new));
      if (mustFail) {
        origin.clearScript("/" + id);
        origin.forever("/" + id, new Status(404));
      }
      entry = "  - {id: " + id + ", to: " + id + ", url: '" + origin.uri("/" + id) + "'}\n";
    }

    @Override
    public String toString() {
      return first.lengthBytes() + " or " + later.lengthBytes() + " bytes, " + faults;
    }

    void remove(ScriptedOrigin origin) {
      origin.remove("/" + id);
      origin.clearScript("/" + id);
    }
  }

  /** What was counted. */
  private static final class Verdict {
    private int landed;
    private int refused;
    private int wrong;
    private int lost;
    private int mixed;
    private int truncated;
    private int hung;
    private long leakedConnections;
    private long leakedFiles;

    void note(String what, String found, String more) {
      System.out.printf("  %s %s: %s%n", what, found, more);
    }

    boolean isClean() {
      return wrong + lost + mixed + truncated + hung + leakedConnections + leakedFiles == 0;
    }

    void print() {
      System.out.printf(
          "scenarios: %d landed right, %d refused right, %d wrong%n",
          landed, refused, wrong + mixed + truncated + lost);
      System.out.println(this);
    }

    @Override
    public String toString() {
      return "lost %d, mixed %d, truncated %d, hung %d, leaked connections %d, leaked files %d"
          .formatted(lost, mixed, truncated, hung, leakedConnections, leakedFiles);
    }
  }
}
