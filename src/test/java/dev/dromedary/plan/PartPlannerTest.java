package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.plan.NextPart.Done;
import dev.dromedary.plan.NextPart.SplitTail;
import dev.dromedary.plan.NextPart.Take;
import dev.dromedary.plan.NextPart.Wait;
import dev.dromedary.plan.PartProgress.Assignment;
import dev.dromedary.plan.PartProgress.Path;
import dev.dromedary.transfer.ByteRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartPlannerTest {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final long GIB = 1024 * MIB;
  private static final Duration START_COST = Duration.ofMillis(100);
  private static final Duration LEAST_START_COST = Duration.ofMillis(5);

  @Test
  void takesEightMebibytes_whenNoRateIsKnown() {
    assertThat(next(0, GIB, 1, 0)).isEqualTo(new Take(new ByteRange(0, 8 * MIB)));
  }

  @Test
  void takesFourSecondsOfAConnection() {
    assertThat(next(5, GIB, 1, 20 * MIB)).isEqualTo(new Take(new ByteRange(5, 5 + 80 * MIB)));
  }

  @Test
  void takesFourMebibytes_whenTheConnectionIsSlow() {
    assertThat(next(0, GIB, 1, 1000)).isEqualTo(new Take(new ByteRange(0, 4 * MIB)));
  }

  @Test
  void takesHalfOfAFairShareRoundedUp_whenTheEndIsNear() {
    assertThat(next(0, 33 * MIB, 4, 10 * MIB)).isEqualTo(new Take(new ByteRange(0, 5 * MIB)));
  }

  @Test
  void takesAMebibyte_whenTheFairShareIsLess() {
    assertThat(next(0, 4 * MIB, 16, 2 * MIB)).isEqualTo(new Take(new ByteRange(0, MIB)));
  }

  @Test
  void takesATenthOfASecond_whenTheFairShareIsLess() {
    assertThat(next(0, 200 * MIB, 16, 100 * MIB)).isEqualTo(new Take(new ByteRange(0, 10 * MIB)));
  }

  @Test
  void sharesWhatIsLeftAmongThoseThatMayCome() {
    PartProgress progress =
        new PartProgress(List.of(new ByteRange(0, 256 * MIB)), List.of(), 4, 16, path(10 * MIB));

    assertThat(PartPlanner.next(progress)).isEqualTo(new Take(new ByteRange(0, 8 * MIB)));
  }

  @Test
  void takesEightRoundTrips_whenTheFairShareIsLess() {
    PartProgress distant =
        new PartProgress(
            List.of(new ByteRange(0, 64 * MIB)),
            List.of(),
            16,
            16,
            new Path(10 * MIB, START_COST, Duration.ofMillis(50)));

    assertThat(PartPlanner.next(distant)).isEqualTo(new Take(new ByteRange(0, 4 * MIB)));
  }

  @Test
  void takesNoMoreThanAFirstPart_forRoundTripsMeasuredWhileOthersMayCome() {
    PartProgress cold =
        new PartProgress(
            List.of(new ByteRange(0, 128 * MIB)),
            List.of(),
            4,
            16,
            new Path(40 * MIB, START_COST, START_COST));

    assertThat(PartPlanner.next(cold)).isEqualTo(new Take(new ByteRange(0, 8 * MIB)));
  }

  @Test
  void leavesNoSliver() {
    assertThat(next(0, 8 * MIB + 1, 1, 0)).isEqualTo(new Take(new ByteRange(0, 8 * MIB + 1)));
    assertThat(next(0, 9 * MIB, 1, 0)).isEqualTo(new Take(new ByteRange(0, 8 * MIB)));
  }

  @Test
  void staysWithinTheFirstGap() {
    PartProgress progress =
        new PartProgress(
            List.of(new ByteRange(3, 10), new ByteRange(20, GIB)), List.of(), 1, 1, path(0));

    assertThat(PartPlanner.next(progress)).isEqualTo(new Take(new ByteRange(3, 10)));
  }

  @Test
  void waits_whenAsManyAreInFlightAsThereMayBe() {
    PartProgress progress =
        new PartProgress(
            List.of(new ByteRange(50, GIB)), List.of(new Assignment(0, 50, 1)), 1, 1, path(10));

    assertThat(PartPlanner.next(progress)).isEqualTo(new Wait());
  }

  @Test
  void isDone_whenNothingIsLeftAndWhatWasInFlightIsHere() {
    assertThat(PartPlanner.next(inFlight(4, MIB, new Assignment(50, 50, 7)))).isEqualTo(new Done());
  }

  @Test
  void splitsTheTailOfThePartThatEndsLast_soThatBothEndTogether() {
    NextPart next =
        PartPlanner.next(
            inFlight(
                3,
                10 * MIB,
                new Assignment(0, 20 * MIB, 10 * MIB),
                new Assignment(100 * MIB, 200 * MIB, 10 * MIB)));

    // the fresh connection starts 0.1 s late: 50.5 MiB at 10 MiB/s are 5.05 s, 49.5 MiB 4.95 s
    assertThat(next)
        .isEqualTo(
            new SplitTail(1, 150 * MIB + MIB / 2, new ByteRange(150 * MIB + MIB / 2, 200 * MIB)));
  }

  @Test
  void takesNearlyAll_whenThePartStandsStill() {
    assertThat(PartPlanner.next(inFlight(2, 0, new Assignment(10, 10 + 8 * MIB, 0))))
        .isEqualTo(new SplitTail(0, 10 + 64 * KIB, new ByteRange(10 + 64 * KIB, 10 + 8 * MIB)));
  }

  @Test
  void leavesAShareForEachIdleWorker() {
    NextPart next = PartPlanner.next(inFlight(8, 100 * KIB, new Assignment(0, 8 * MIB, 100 * KIB)));

    // with a start of 0.1 s all eight are done after 10.33 s
    assertThat(next).isInstanceOf(SplitTail.class);
    assertThat(((SplitTail) next).tail().lengthBytes()).isBetween(1020 * KIB, 1024 * KIB);
  }

  @Test
  void asksNoMoreHelpersThanHaveSomethingToDo() {
    NextPart next =
        PartPlanner.next(inFlight(16, 10 * MIB, new Assignment(0, 13 * MIB / 4, 10 * MIB)));

    // 0.325 s are left: five helpers come after 0.1 s, and all six are done after 0.1375 s
    assertThat(((SplitTail) next).tail().lengthBytes()).isBetween(383 * KIB, 385 * KIB);
  }

  @Test
  void takesAPartThatWasAskedForJustNowToBeAsFastAsTheOthers() {
    NextPart next = PartPlanner.next(inFlight(2, MIB, new Assignment(0, 8 * MIB, 0, true)));

    assertThat(((SplitTail) next).tail().lengthBytes()).isBetween(3 * MIB, 4 * MIB);
  }

  @Test
  void leavesAPartAlone_whenItWasAskedForJustNowAndNoRateIsKnown() {
    assertThat(PartPlanner.next(inFlight(2, 0, new Assignment(0, 8 * MIB, 0, true))))
        .isEqualTo(new Wait());
  }

  @Test
  void splitsNothing_whenItIsNotWorthwhile() {
    Assignment small = new Assignment(0, 128 * KIB, 1);
    Assignment soonOver = new Assignment(0, 25 * MIB, 100 * MIB);
    PartProgress costly =
        new PartProgress(
            List.of(),
            List.of(new Assignment(0, 30 * MIB, 10 * MIB)),
            2,
            2,
            new Path(1, Duration.ofSeconds(2), Duration.ZERO));

    assertThat(PartPlanner.next(inFlight(2, MIB, small))).isEqualTo(new Wait());
    assertThat(PartPlanner.next(inFlight(2, MIB, soonOver))).isEqualTo(new Wait());
    assertThat(PartPlanner.next(costly)).isEqualTo(new Wait());
  }

  @Test
  void survivesExtremeSizesAndRates() {
    assertThat(next(0, Long.MAX_VALUE, 1, Double.MAX_VALUE))
        .isEqualTo(new Take(new ByteRange(0, Long.MAX_VALUE)));
    assertThat(
            PartPlanner.next(inFlight(2, Double.MAX_VALUE, new Assignment(0, Long.MAX_VALUE, 1))))
        .isInstanceOf(SplitTail.class);
  }

  @Test
  void refusesProgressThatCannotBe() {
    assertThatThrownBy(() -> new Assignment(5, 4, 1)).hasMessageContaining("position <= end");
    assertThatThrownBy(() -> new Assignment(5, 6, Double.NaN)).hasMessageContaining("a rate");
    assertThatThrownBy(() -> new PartProgress(List.of(), List.of(), 0, 0, path(0)))
        .hasMessageContaining("connections 0");
    assertThatThrownBy(() -> new PartProgress(List.of(), List.of(), 2, 1, path(0)))
        .hasMessageContaining("sharers 1");
    assertThatThrownBy(() -> path(-1)).hasMessageContaining("-1.0 B/s");
    assertThatThrownBy(() -> new Path(1, Duration.ZERO, START_COST))
        .hasMessageContaining("no less than the least");
  }

  private static NextPart next(long start, long end, int connections, double rate) {
    return PartPlanner.next(
        new PartProgress(
            List.of(new ByteRange(start, end)), List.of(), connections, connections, path(rate)));
  }

  private static PartProgress inFlight(int connections, double rate, Assignment... parts) {
    return new PartProgress(List.of(), List.of(parts), connections, connections, path(rate));
  }

  private static Path path(double bytesPerSecond) {
    return new Path(bytesPerSecond, START_COST, LEAST_START_COST);
  }
}
