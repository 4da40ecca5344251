package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.plan.ConnectionPolicy.Decision;
import dev.dromedary.plan.ConnectionPolicy.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPolicyTest {

  private static final double MB = 1e6;
  private static final DoubleUnaryOperator AT_ONCE = age -> 1;

  @ParameterizedTest
  @ValueSource(doubles = {110, 300, 390, 500, 2000})
  void neverHasMoreThanTwo_whenOneIsFastAndMoreBringNothing(double totalMb) {
    Path path = new Path(totalMb * MB, Double.MAX_VALUE, AT_ONCE);

    path.run(20, 16);

    assertThat(path.counts.get(path.counts.size() - 1)).isLessThanOrEqualTo(2);
    assertThat(path.counts).allMatch(count -> count <= 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 12.5, 50, 90})
  void settlesAtTwoOrLess_whenMoreConnectionsBringNothing(double totalMb) {
    Path path = new Path(totalMb * MB, Double.MAX_VALUE, AT_ONCE);

    path.run(28, 16);

    assertThat(path.last()).isLessThanOrEqualTo(2);
    assertThat(path.counts).allMatch(count -> count <= 8);
  }

  @Test
  void triesWithFewer_onlyWhenItMay() {
    Path path = new Path(125 * MB, 70 * MB, age -> Math.min(1, age / 2));
    path.policy.mayTryFewer(false);
    path.run(15, 16);
    int before = path.last();
    assertThat(before).isGreaterThan(4);

    path.policy.mayTryFewer(true);
    path.run(28, 16);

    assertThat(path.last()).isLessThan(before);
  }

  @Test
  void hasOpenedSixteenAfterATenthOfASecond_whenEachConnectionIsSlow() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);

    path.run(0.1, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void hasOpenedSixteenAfterATenthOfASecond_whenEachConnectionBeginsWithABurst() {
    Path path = new Path(1000 * MB, 20 * MB, age -> age < 0.051 ? 4 : 1);

    path.run(0.1, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void isNotMisledByAFastBurst() {
    Path path = new Path(1000 * MB, 20 * MB, age -> age < 0.051 ? 6 : 1);

    path.run(0.15, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void waitsForTheOthersBeforeItOpensMore_whenSomeHaveBegun() {
    ConnectionPolicy policy = new ConnectionPolicy();

    assertThat(policy.onSample(atTick(1, 1, 1), 16).connections()).isEqualTo(4);
    assertThat(policy.onSample(atTick(2, 4, 3), 16).connections()).isEqualTo(4);
    assertThat(policy.onSample(atTick(3, 4, 4), 16).connections()).isEqualTo(4);
  }

  @Test
  void opensMore_whenNoneOfTheOthersHasBegunWithinATick() {
    ConnectionPolicy policy = new ConnectionPolicy();

    assertThat(policy.onSample(atTick(1, 1, 1), 16).connections()).isEqualTo(4);
    assertThat(policy.onSample(atTick(2, 4, 1), 16).connections()).isEqualTo(16);
  }

  @Test
  void takesALateLookForABusyMachine() {
    ConnectionPolicy policy = new ConnectionPolicy();

    assertThat(policy.onSample(atTick(2, 1, 1), 16).connections()).isEqualTo(1);
    assertThat(policy.onSample(atTick(3, 1, 1), 16).connections()).isEqualTo(4);
  }

  @Test
  void isNotMisledByALookBetweenTwoBursts() {
    ConnectionPolicy policy = new ConnectionPolicy();

    assertThat(policy.onSample(atTick(1, 1, 1, 2_000_000), 16).connections()).isEqualTo(4);
    assertThat(policy.onSample(atTick(2, 4, 4, 2_500_000), 16).connections()).isEqualTo(4);
    assertThat(policy.onSample(atTick(3, 4, 4, 3_000_000), 16).connections()).isEqualTo(4);
    assertThat(policy.onSample(atTick(4, 4, 4, 11_000_000), 16).connections()).isEqualTo(16);
  }

  @Test
  void opensNoMore_whenTheFirstFewBringNothingForAQuarterOfASecond() {
    ConnectionPolicy policy = new ConnectionPolicy();

    policy.onSample(atTick(1, 1, 1), 16);
    for (int tick = 2; tick <= 9; tick++) {
      assertThat(policy.onSample(atTick(tick, 4, 4), 16))
          .isEqualTo(new Decision(4, Phase.STARTING));
    }

    assertThat(policy.onSample(atTick(10, 4, 4), 16)).isEqualTo(new Decision(4, Phase.MEASURING));
  }

  /** A sample of a path that brings a megabyte in each tick, however many receive. */
  private static Sample atTick(int tick, int active, int receiving) {
    return atTick(tick, active, receiving, tick * 1_000_000L);
  }

  private static Sample atTick(int tick, int active, int receiving, long totalBytes) {
    return new Sample(
        FastStart.TICK.multipliedBy(tick), totalBytes, Long.MAX_VALUE, active, receiving, 0, 2);
  }

  @Test
  void hasOpenedSixteenAfterATenthOfASecond_whenThePathIsLong() {
    Path path = new Path(125 * MB, 60 * MB, age -> Math.min(1, Math.pow(2, 20 * (age - 0.5))));
    path.silence = 0.1;

    path.run(0.1, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(doubles = {20, 30, 70, 125})
  void givesBackWhatALongTransferDoesNotNeed(double connectionMb) {
    Path path = new Path(125 * MB, connectionMb * MB, age -> Math.min(1, age / 2));

    path.run(28, 16);

    assertThat(path.last()).isLessThanOrEqualTo((int) Math.ceil(2 * 125 / connectionMb));
    assertThat(path.rate).isGreaterThanOrEqualTo(0.95 * 125 * MB);
  }

  @Test
  void staysAtWhatItHas_whenTheRestIsShort() {
    Path path = new Path(125 * MB, 70 * MB, age -> Math.min(1, age / 2));
    path.missingBytes = (long) (20 * 125 * MB);

    path.run(15, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void opensNoOther_whenOneIsDoneWithinHalfASecond() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.missingBytes = (long) (10 * MB);

    path.run(0.8, 16);

    assertThat(path.counts).allMatch(count -> count == 1);
  }

  @Test
  void opensNoOtherInTheFirstHalfSecond_whenOneIsFast() {
    Path path = new Path(2400 * MB, 600 * MB, AT_ONCE);

    path.run(0.5, 16);

    assertThat(path.counts).allMatch(count -> count == 1);
  }

  @Test
  void staysAlone_whenOneFastConnectionFillsThePath() {
    Path path = new Path(600 * MB, 600 * MB, AT_ONCE);

    path.run(100, 16);

    assertThat(path.last()).isEqualTo(1);
    assertThat(path.counts).allMatch(count -> count <= 2);
  }

  @Test
  void reachesTheCapWithinThreeSeconds_whenEachConnectionIsSlow() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.missingBytes = (long) (5000 * MB);

    path.run(3, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 8, 12, 14.3, 20, 30, 60, 80, 200})
  void fillsTheLink_whenConnectionsRampUpSlowly(double connectionMb) {
    Path path = new Path(125 * MB, connectionMb * MB, age -> Math.min(1, age / 2));

    path.run(25, 32);

    assertThat(path.rate).isGreaterThanOrEqualTo(0.9 * 125 * MB);
  }

  @ParameterizedTest
  @ValueSource(doubles = {8, 12, 30, 80})
  void fillsTheLink_whenConnectionsRampUpExponentially(double connectionMb) {
    Path path =
        new Path(125 * MB, connectionMb * MB, age -> Math.min(1, Math.pow(2, 6 * (age - 1.5))));

    path.run(25, 32);

    assertThat(path.rate).isGreaterThanOrEqualTo(0.9 * 125 * MB);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void settlesWithoutOscillating_whenRatesAreNoisy(long seed) {
    Path path = new Path(100 * MB, 20 * MB, age -> Math.min(1, age));
    path.noise = new Random(seed);

    path.run(35, 16);

    assertThat(path.counts).allMatch(count -> count <= 16);
    assertThat(changes(path.counts.subList(300, 580))).isLessThanOrEqualTo(2);
    assertThat(path.last()).isBetween(4, 12);
  }

  @Test
  void staysBelowWhatTheHostRefused() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.refusedAt = 4;

    path.run(120, 16);

    assertThat(path.counts.stream().filter(count -> count >= 4).count())
        .as("samples at 4 or more, which is the one that was refused")
        .isEqualTo(1);
    assertThat(path.policy.ceiling()).isEqualTo(3);
    assertThat(path.last()).isEqualTo(3);
  }

  @Test
  void halvesOnce_whenSeveralConnectionsAreRefusedTogether() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.missingBytes = (long) (5000 * MB);
    path.run(3, 16);

    path.policy.onRefused();
    path.policy.onRefused();
    Decision decision = path.policy.onRefused();

    assertThat(decision).isEqualTo(new Decision(8, Phase.SETTLED));
    assertThat(path.policy.ceiling()).isEqualTo(15);
  }

  @Test
  void halvesAgain_whenTheHalfIsRefusedToo() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.missingBytes = (long) (5000 * MB);
    path.run(3, 16);

    path.policy.onRefused();
    path.run(1, 16);
    Decision decision = path.policy.onRefused();

    assertThat(decision.connections()).isEqualTo(4);
  }

  @Test
  void keepsOneConnection_whenEvenThatIsRefused() {
    ConnectionPolicy policy = new ConnectionPolicy();

    assertThat(policy.onRefused().connections()).isEqualTo(1);
    assertThat(policy.ceiling()).isEqualTo(1);
  }

  @Test
  void followsTheCapDownAtOnceAndUpAgainSoon() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.run(4, 16);
    path.run(2, 3);
    assertThat(path.last()).isEqualTo(3);

    path.run(6, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void staysAtOne_whileTheMachineIsAtItsLimit() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.busy = seconds -> 0.7;

    path.run(20, 16);

    assertThat(path.counts).allMatch(count -> count == 1);
  }

  @Test
  void hasOpenedSixteenAQuarterOfASecondAfterTheMachineWasBusy() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.busy = seconds -> seconds < 0.3 ? 0.9 : 0.05;

    path.run(0.55, 16);

    assertThat(path.last()).isEqualTo(16);
    assertThat(path.counts.subList(0, 5)).allMatch(count -> count == 1);
  }

  @Test
  void goesOn_whenTheMachineWasBusyForLong() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.busy = seconds -> seconds < 5 ? 0.9 : 0.05;

    path.run(15, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void opensMore_whenReadersAreBusyButThereAreManyProcessors() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE);
    path.busy = seconds -> 0.9;
    path.processors = 32;

    path.run(0.25, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void startsBelowTheCeilingSeenEarlier() {
    Path path = new Path(1000 * MB, 20 * MB, AT_ONCE, new ConnectionPolicy(3));

    path.run(60, 16);

    assertThat(path.counts).allMatch(count -> count <= 3);
  }

  @Test
  void triesOneMoreStepAfterHalfAMinute() {
    Path path = new Path(40 * MB, 20 * MB, AT_ONCE);
    path.run(25, 16);
    assertThat(path.last()).isEqualTo(2);
    path.linkBytesPerSecond = 1000 * MB;

    path.run(25, 16);

    assertThat(path.last()).isEqualTo(16);
  }

  @Test
  void opensMoreWithinSeconds_whenEachConnectionBecomesTenTimesSlower() {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.run(15, 16);
    assertThat(path.last()).isEqualTo(1);
    path.connectionBytesPerSecond = 12 * MB;

    path.run(8, 16);

    assertThat(path.last()).isGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 2, 2.5, 3, 3.3, 3.6, 4, 4.5})
  void opensMoreWithinSeconds_whenEachConnectionBecomesSlowerWhileMoreAreTried(double seconds) {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.run(seconds, 16);
    path.connectionBytesPerSecond = 12 * MB;

    path.run(10, 16);

    assertThat(path.last()).isGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 2, 2.5, 3, 3.3, 3.6, 4, 4.5})
  void settlesAtTwoOrLess_whenTheLinkBecomesSlowerWhileMoreAreTried(double seconds) {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.run(seconds, 16);
    path.linkBytesPerSecond = 12 * MB;

    path.run(25, 16);

    assertThat(path.counts).allMatch(count -> count <= 4);
    assertThat(path.last()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 5, 10, 30})
  void givesBackWhatItTried_whenTheLinkBecameSlowerAndMoreBringNothing(double linkMb) {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.run(15, 16);
    path.linkBytesPerSecond = linkMb * MB;

    path.run(15, 16);

    assertThat(path.last()).isEqualTo(1);
    assertThat(path.counts).allMatch(count -> count <= 2);
  }

  @Test
  void endsWithFewer_whenTheLinkThatManyFilledBecomesSlower() {
    Path path = new Path(160 * MB, 20 * MB, AT_ONCE);
    path.run(25, 16);
    int before = path.last();
    assertThat(before).isGreaterThanOrEqualTo(8);
    path.linkBytesPerSecond = 20 * MB;

    path.run(25, 16);

    assertThat(path.last()).isLessThan(before);
  }

  @Test
  void measuresOnlyOnce_afterACollapse() {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.run(15, 16);
    path.linkBytesPerSecond = 5 * MB;
    path.run(8, 16);
    int from = path.counts.size();

    path.run(15, 16);

    assertThat(changes(path.counts.subList(from, path.counts.size()))).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void staysAtTwoOrLess_whenAFullLinkDipsAgainAndAgain(long seed) {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.noise = new Random(seed);
    path.run(15, 16);

    for (int dip = 0; dip < 6; dip++) {
      path.linkBytesPerSecond = 10 * MB;
      path.run(2 + 0.5 * dip, 16);
      path.linkBytesPerSecond = 120 * MB;
      path.run(10, 16);
    }

    assertThat(path.counts).allMatch(count -> count <= 8);
    assertThat(path.last()).isLessThanOrEqualTo(2);
  }

  @Test
  void aPauseOfTheServerIsNoCollapse() {
    Path path = new Path(120 * MB, 120 * MB, AT_ONCE);
    path.run(15, 16);
    path.linkBytesPerSecond = 0;
    path.run(5, 16);
    path.linkBytesPerSecond = 120 * MB;
    int from = path.counts.size();

    path.run(8, 16);

    assertThat(path.counts.subList(from, path.counts.size())).allMatch(count -> count == 1);
  }

  @Test
  void theEndOfAFileIsNoCollapse_whereFewConnectionsHaveWorkLeft() {
    Path path = new Path(160 * MB, 20 * MB, AT_ONCE);
    path.run(25, 32);
    int before = path.last();
    path.withWork = 1;
    int from = path.counts.size();

    path.run(5, 32);

    assertThat(path.counts.subList(from, path.counts.size())).allMatch(count -> count == before);
  }

  @Test
  void addsNothing_whenNothingComes() {
    Path path = new Path(0, 20 * MB, AT_ONCE);

    path.run(60, 16);

    assertThat(path.counts).allMatch(count -> count == 1);
  }

  @Test
  void refusesACeilingBelowOne() {
    assertThatThrownBy(() -> new ConnectionPolicy(0)).hasMessageContaining("expected 1 or more");
  }

  private static long changes(List<Integer> counts) {
    long changes = 0;
    for (int i = 1; i < counts.size(); i++) {
      changes += counts.get(i).equals(counts.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  /** A link shared by connections that ramp up with age; ten samples a second. */
  private static final class Path {
    private static final double STEP_SECONDS = 0.05;

    private final ConnectionPolicy policy;
    private final DoubleUnaryOperator ramp;
    private final List<Double> born = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private double linkBytesPerSecond;
    private double connectionBytesPerSecond;
    private @Nullable Random noise;
    private double silence;
    private DoubleUnaryOperator busy = seconds -> 0;
    private int processors = 2;
    private long missingBytes = Long.MAX_VALUE;
    private int refusedAt = Integer.MAX_VALUE;
    private int withWork = Integer.MAX_VALUE;
    private double rate;
    private double bytes;
    private int steps;

    Path(double link, double connection, DoubleUnaryOperator ramp) {
      this(link, connection, ramp, new ConnectionPolicy());
    }

    Path(double link, double connection, DoubleUnaryOperator ramp, ConnectionPolicy policy) {
      this.linkBytesPerSecond = link;
      this.connectionBytesPerSecond = connection;
      this.ramp = ramp;
      this.policy = policy;
      born.add(0.0);
    }

    void run(double seconds, int cap) {
      for (int i = 0; i < Math.round(seconds / STEP_SECONDS); i++) {
        steps++;
        double now = steps * STEP_SECONDS;
        double wanted =
            born.stream()
                .mapToDouble(
                    b ->
                        now - b < silenceOf(b)
                            ? 0
                            : connectionBytesPerSecond * ramp.applyAsDouble(now - b))
                .sum();
        rate = Math.min(linkBytesPerSecond, wanted);
        double factor = noise == null ? 1 : 0.8 + 0.4 * noise.nextDouble();
        bytes += rate * factor * STEP_SECONDS;
        Decision decision =
            policy.onSample(
                new Sample(
                    Duration.ofMillis(steps * 50L),
                    (long) bytes,
                    Math.max(0, missingBytes - (long) bytes),
                    born.size(),
                    (int) born.stream().filter(b -> now - b >= silenceOf(b)).count(),
                    busy.applyAsDouble(now),
                    processors),
                cap);
        counts.add(decision.connections());
        if (decision.connections() >= refusedAt) {
          decision = policy.onRefused();
        }
        int working = Math.min(withWork, decision.connections());
        while (born.size() < working) {
          born.add(now);
        }
        while (born.size() > working) {
          born.remove(born.size() - 1);
        }
      }
    }

    /** The first connection is the one whose first answer begins the time. */
    private double silenceOf(double bornAt) {
      return bornAt == 0 ? 0 : silence;
    }

    int last() {
      return counts.get(counts.size() - 1);
    }
  }
}
