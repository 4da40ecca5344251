package dev.dromedary.console;

import dev.dromedary.observe.Change;
import dev.dromedary.observe.SourcePage;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.observe.SourcesMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** As many sources as a test wants, and what was asked of them. */
final class FakeSources implements SourcesMXBean {

  final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<SourceStatus> sources;

  FakeSources(List<String> first, int count) {
    List<SourceStatus> all = new ArrayList<>();
    first.forEach(id -> all.add(source(id, "landed")));
    Instant past = Instant.now().minusSeconds(500);
    all.add(source("under-way", "running", past, "t-under-way"));
    all.add(source("held", "paused", past, null));
    all.add(source("about-to-be-polled", "new", past, null));
    IntStream.range(all.size(), count)
        .forEach(
            number -> all.add(source("source-" + number, number % 9 == 0 ? "failed" : "landed")));
    sources = List.copyOf(all);
  }

  @Override
  public int getCount() {
    return sources.size();
  }

  @Override
  public int getPausedCount() {
    return 2;
  }

  @Override
  public int getFailingCount() {
    return 1;
  }

  @Override
  public Map<String, Integer> getStates() {
    return Map.of("landed", sources.size());
  }

  @Override
  public SourcePage find(String filter, int offset, int limit) {
    List<SourceStatus> found =
        sources.stream().filter(source -> source.source().contains(filter)).toList();
    int from = Math.min(offset, found.size());
    return new SourcePage(
        found.size(), from, found.subList(from, Math.min(from + limit, found.size())));
  }

  @Override
  public @Nullable SourceStatus get(String id) {
    return sources.stream().filter(source -> source.source().equals(id)).findFirst().orElse(null);
  }

  @Override
  public Change poll(String pattern) {
    return done("poll " + pattern);
  }

  @Override
  public Change pause(String pattern) {
    return done("pause " + pattern);
  }

  @Override
  public Change resume(String pattern) {
    return done("resume " + pattern);
  }

  private Change done(String command) {
    commands.add(command);
    return new Change(1, 1, List.of());
  }

  private static SourceStatus source(String id, String state) {
    return source(id, state, Instant.now().plusSeconds(9000), null);
  }

  private static SourceStatus source(
      String id, String state, Instant dueAt, @Nullable String transfer) {
    Instant now = Instant.now();
    return new SourceStatus(
        id,
        state,
        id.endsWith("7") || state.equals("paused"),
        "https://example.org/" + id,
        0,
        "in/" + id + ".tar.zst",
        "every 6h",
        "\"abc\"",
        "sha-256",
        now.minusSeconds(4000).toString(),
        (long) id.hashCode() & 0xfffffff,
        now.minusSeconds(4000).toString(),
        dueAt.toString(),
        state.equals("failed") ? 3 : 0,
        state.equals("failed") ? "E4404" : null,
        state.equals("failed") ? "404 Not Found" : null,
        transfer);
  }
}
