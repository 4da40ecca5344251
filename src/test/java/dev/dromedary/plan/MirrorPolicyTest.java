package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A transfer ends up at the fastest of its URLs, and does not look for it when little is left. */
class MirrorPolicyTest {

  private static final long MEBI = 1 << 20;

  @Test
  void staysWithTheOnlyUrl() {
    assertThat(visited(10_000 * MEBI, 1)).containsExactly(0);
  }

  @Test
  void triesEachOnceAndSettlesAtTheFastest() {
    assertThat(visited(10_000 * MEBI, 1, 8, 3)).containsExactly(0, 1, 2, 1);
  }

  @Test
  void staysWhereTheLastIsNotClearlySlower() {
    assertThat(visited(10_000 * MEBI, 10, 9)).containsExactly(0, 1);
  }

  @Test
  void doesNotMove_whenLittleIsLeft() {
    assertThat(visited(35 * MEBI, 1, 100)).containsExactly(0);
  }

  @Test
  void leavesTheFastest_whenItHasBecomeClearlySlower() {
    MirrorPolicy policy = new MirrorPolicy(2);
    assertThat(first(policy, 0, 5)).hasValue(1);
    assertThat(first(policy, 1, 10)).isEmpty();
    assertThat(first(policy, 1, 2)).hasValue(0);
  }

  @Property(tries = 200)
  void endsAtAUrlThatIsNotClearlySlowerThanAnother(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 1000) Integer> rates) {
    int[] perSecond = rates.stream().mapToInt(Integer::intValue).toArray();
    List<Integer> visited = visited(10_000_000 * MEBI, perSecond);
    int last = perSecond[visited.get(visited.size() - 1)];
    assertThat(rates).allMatch(rate -> last >= 0.7 * rate);
    assertThat(visited).hasSizeLessThanOrEqualTo(rates.size() + 1);
  }

  /** Fetches a file from URLs of so many MiB a second; returns which were used, in that order. */
  private static List<Integer> visited(long size, int... rates) {
    MirrorPolicy policy = new MirrorPolicy(rates.length);
    List<Integer> visited = new ArrayList<>(List.of(0));
    long missing = size;
    Duration elapsed = Duration.ZERO;
    long bytes = 0;
    policy.begin();
    for (int tick = 0; tick < 5_000 && missing > 0; tick++) {
      int current = visited.get(visited.size() - 1);
      elapsed = elapsed.plusMillis(100);
      bytes += rates[current] * MEBI / 10;
      missing -= rates[current] * MEBI / 10;
      OptionalInt next = policy.onSample(current, elapsed, bytes, missing);
      if (next.isPresent()) {
        visited.add(next.getAsInt());
        elapsed = Duration.ZERO;
        bytes = 0;
        policy.begin();
      }
    }
    return visited;
  }

  /** Samples half a minute at a URL; returns where to it moves. */
  private static OptionalInt first(MirrorPolicy policy, int current, int rate) {
    policy.begin();
    for (int second = 1; second <= 30; second++) {
      OptionalInt next =
          policy.onSample(
              current, Duration.ofSeconds(second), second * rate * MEBI, 1_000_000 * MEBI);
      if (next.isPresent()) {
        return next;
      }
    }
    return OptionalInt.empty();
  }
}
