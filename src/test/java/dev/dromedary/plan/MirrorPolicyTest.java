package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.plan.MirrorPolicy.Move;
import dev.dromedary.plan.MirrorPolicy.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Connections end at the fastest URLs, and none moves when little is left. */
class MirrorPolicyTest {

  private static final long MEBI = 1 << 20;
  private static final long MUCH = 1_000_000_000 * MEBI;

  @Test
  void staysWithTheOnlyUrl() {
    assertThat(new Simulated(1, 10_000 * MEBI, each(1)).run(300).moves).isEmpty();
  }

  @Test
  void onlyConnectionTriesEachUrlOnceAndSettlesAtTheFastest() {
    Simulated found = new Simulated(1, MUCH, each(1), each(8), each(3)).run(300);
    assertThat(found.moves)
        .extracting(Move::from, Move::to)
        .containsExactly(tuple(0, 1), tuple(1, 2), tuple(2, 1));
  }

  @Test
  void staysWhereTheLastIsNotClearlySlower() {
    assertThat(new Simulated(1, MUCH, each(10), each(9)).run(300).moves)
        .extracting(Move::to)
        .containsExactly(1);
  }

  @Test
  void nothingMoves_whenLittleIsLeft() {
    assertThat(new Simulated(1, 23 * MEBI, each(1), each(100)).run(300).moves).isEmpty();
  }

  @Test
  void allConnectionsMove_whenEachOfAnotherUrlIsFaster() {
    Simulated found = new Simulated(16, MUCH, each(1), each(5)).run(60);
    assertThat(found.connections).containsExactly(0, 16);
  }

  @Test
  void oneConnectionTriesWhileTheOthersGoOn() {
    Simulated found = new Simulated(16, MUCH, each(5), each(1)).run(300);
    assertThat(found.moves).extracting(Move::connections).containsExactly(1, 1);
    assertThat(found.connections).containsExactly(16, 0);
  }

  @Test
  void severalUrlsAreUsedAtOnce_whenEachServerHasSoMuchForAll() {
    Simulated found = new Simulated(8, MUCH, inAll(10), inAll(10)).run(300);
    assertThat(found.connections[0]).isBetween(3, 5);
    assertThat(found.perSecond()).isEqualTo(20);
  }

  @Test
  void leavesTheFastest_whenItHasBecomeClearlySlower() {
    Simulated found = new Simulated(4, MUCH, each(5), each(10)).run(60);
    assertThat(found.connections).containsExactly(0, 4);
    found.servers[1] = each(1);
    assertThat(found.run(60).connections).containsExactly(4, 0);
  }

  @Test
  void leavesAUrlThatBringsNothingMore() {
    Simulated found = new Simulated(2, MUCH, each(5), each(5)).run(30);
    found.servers[0] = each(0);
    assertThat(found.run(60).connections).containsExactly(0, 2);
  }

  @Test
  void asksTheNextThatHasNotBeenTried_whenOneFailed() {
    MirrorPolicy policy = new MirrorPolicy(3, 1);
    List<Use> uses = List.of(unused(true), unused(true), unused(true));
    policy.failed(1, uses);
    assertThat(policy.order(uses)).startsWith(2);
  }

  @Test
  void asksTheFastestThatIsLeft_whenOneFailedAndAllHaveBeenTried() {
    Simulated found = new Simulated(1, MUCH, each(1), each(8), each(3)).run(60);
    List<Use> uses = List.of(unused(true), unused(false), unused(true));
    found.policy.failed(1, uses);
    assertThat(found.policy.order(uses)).containsExactly(2, 0);
  }

  @Test
  void comesBackFromASlowUrl_whenTheFastOneHadNoConnectionToGive() {
    Simulated found = new Simulated(1, MUCH, each(1), each(8)).run(60);
    found.connections[0] = 1;
    found.connections[1] = 0;
    assertThat(found.run(60).connections).containsExactly(0, 1);
  }

  @Test
  void asksASlowUrlLast() {
    Simulated found = new Simulated(4, MUCH, each(1), each(8), each(9)).run(120);
    assertThat(found.policy.order(found.uses())).hasSize(3).endsWith(0);
  }

  @Test
  void noMoreConnectionsMoveThanTheOtherHostGrants() {
    Simulated found = new Simulated(16, MUCH, each(1), each(5));
    found.grants[1] = 2;
    assertThat(found.run(300).connections).containsExactly(14, 2);
    assertThat(found.moves).extracting(Move::connections).containsExactly(1, 1);
  }

  @Test
  void urlIsNotJudgedBeforeItHasBeenMeasured() {
    Simulated found = new Simulated(4, MUCH, each(1), each(5));
    found.delayedUntil = 150;
    assertThat(found.run(120).connections).containsExactly(0, 4);
  }

  @Test
  void asksOnlyThoseThatMayBeAsked() {
    MirrorPolicy policy = new MirrorPolicy(3, 0);
    assertThat(policy.order(List.of(unused(false), unused(true), unused(false))))
        .containsExactly(1);
    assertThat(policy.order(List.of(unused(false), unused(false), unused(false)))).isEmpty();
  }

  @Property(tries = 200)
  void endsAtAUrlThatIsNotClearlySlowerThanAnother(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 1000) Integer> rates,
      @ForAll @IntRange(min = 1, max = 16) int connections) {
    Server[] servers = rates.stream().map(MirrorPolicyTest::each).toArray(Server[]::new);
    Simulated found = new Simulated(connections, MUCH, servers).run(600);
    int best = rates.stream().mapToInt(Integer::intValue).max().orElseThrow();
    assertThat(IntStream.range(0, servers.length).filter(i -> found.connections[i] > 0))
        .allMatch(i -> rates.get(i) >= 0.7 * best);
    assertThat(found.moves).hasSizeLessThanOrEqualTo(rates.size() * 7);
  }

  private static Tuple tuple(int from, int to) {
    return Tuple.tuple(from, to);
  }

  private static Use unused(boolean isUsable) {
    return new Use(isUsable, 0, 100, 0, Duration.ZERO);
  }

  /** A server that gives each connection so many MiB a second. */
  private static Server each(int rate) {
    return connections -> rate;
  }

  /** A server that gives all connections together so many MiB a second. */
  private static Server inAll(int rate) {
    return connections -> (double) rate / connections;
  }

  private interface Server {
    double perConnection(int connections);
  }

  /** A transfer with so many connections, each of which is exchanged as soon as it is drawn in. */
  private static final class Simulated {
    private final MirrorPolicy policy;
    private final Server[] servers;
    private final int[] connections;
    private final double[] bytes;
    private final double[] seconds;
    private final List<Move> moves = new ArrayList<>();
    private final int[] grants;
    private double missing;
    private int ticks;

    /** Until this tick a connection that moves is not opened, but missing. */
    private int delayedUntil;

    private int delayed = -1;

    Simulated(int connections, long size, Server... servers) {
      this.policy = new MirrorPolicy(servers.length, 0);
      this.servers = servers;
      this.connections = new int[servers.length];
      this.connections[0] = connections;
      this.bytes = new double[servers.length];
      this.seconds = new double[servers.length];
      this.grants = new int[servers.length];
      Arrays.fill(grants, 100);
      this.missing = size;
    }

    Simulated run(int forSeconds) {
      for (int end = ticks + forSeconds * 10; ticks < end && missing > 0; ticks++) {
        if (ticks == delayedUntil && delayed >= 0) {
          connections[delayed]++;
        }
        for (int i = 0; i < servers.length; i++) {
          double received = connections[i] == 0 ? 0 : perSecond(i) * MEBI / 10;
          bytes[i] += received;
          missing -= received;
          seconds[i] += connections[i] / 10.0;
        }
        policy
            .onSample(Duration.ofMillis(100L * ticks), uses(), (long) missing)
            .ifPresent(this::move);
      }
      return this;
    }

    double perSecond() {
      return IntStream.range(0, servers.length).mapToDouble(this::perSecond).sum();
    }

    private double perSecond(int server) {
      int open = connections[server];
      return open == 0 ? 0 : open * servers[server].perConnection(open);
    }

    private void move(Move move) {
      moves.add(move);
      connections[move.from()] -= move.connections();
      for (int i = 0; i < move.connections(); i++) {
        int next = policy.order(uses()).get(0);
        if (ticks < delayedUntil) {
          delayed = next;
        } else {
          connections[next]++;
        }
      }
    }

    private List<Use> uses() {
      return IntStream.range(0, servers.length)
          .mapToObj(
              i ->
                  new Use(
                      true,
                      connections[i],
                      Math.max(0, grants[i] - connections[i]),
                      (long) bytes[i],
                      Duration.ofNanos((long) (seconds[i] * 1e9))))
          .toList();
    }

    @Override
    public String toString() {
      return Arrays.toString(connections) + " after " + moves;
    }
  }
}
