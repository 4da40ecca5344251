package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.plan.NextPart.Done;
import dev.dromedary.plan.NextPart.SplitTail;
import dev.dromedary.plan.NextPart.Take;
import dev.dromedary.plan.NextPart.Wait;
import dev.dromedary.plan.PartProgress.Assignment;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Workers of random speeds that are cut at random fetch a file under the planner's orders. */
class PartPlannerSimulationTest {

  private static final double STEP_SECONDS = 0.25;

  @Property(tries = 200)
  void fetchesEveryByteExactlyOnce_whateverTheSpeedsAndCuts(
      @ForAll @LongRange(min = 1, max = 2_000_000_000L) long lengthBytes,
      @ForAll @IntRange(min = 1, max = 16) int mostConnections,
      @ForAll @DoubleRange(min = 0, max = 0.1) double cutChance,
      @ForAll long seed) {
    Simulation simulation = new Simulation(lengthBytes, mostConnections, cutChance, seed);

    simulation.run();

    assertThat(simulation.received.coversAll(lengthBytes)).isTrue();
    assertThat(simulation.received.sizeBytes()).isEqualTo(lengthBytes);
    assertThat(simulation.receivedBytes).as("bytes that came").isEqualTo(lengthBytes);
  }

  private static final class Simulation {
    private final long lengthBytes;
    private final int mostConnections;
    private final double cutChance;
    private final Random random;
    private final List<Part> parts = new ArrayList<>();
    private ByteRanges received = ByteRanges.EMPTY;
    private ByteRanges unassigned;
    private long receivedBytes;
    private double rate;

    Simulation(long lengthBytes, int mostConnections, double cutChance, long seed) {
      this.lengthBytes = lengthBytes;
      this.mostConnections = mostConnections;
      this.cutChance = cutChance;
      this.random = new Random(seed);
      this.unassigned = ByteRanges.of(List.of(new ByteRange(0, lengthBytes)));
    }

    void run() {
      for (int step = 0; step < 20_000; step++) {
        int connections = 1 + random.nextInt(mostConnections);
        NextPart next = ask(connections);
        while (next instanceof Take || next instanceof SplitTail) {
          assign(next);
          next = ask(connections);
        }
        if (next instanceof Done) {
          return;
        }
        assertThat(next).isInstanceOf(Wait.class);
        assertThat(parts).as("somebody works while others wait").isNotEmpty();
        fetch();
      }
      throw new AssertionError("not done after 20000 steps");
    }

    private NextPart ask(int connections) {
      List<Assignment> inFlight =
          parts.stream()
              .map(p -> new Assignment(p.position, p.end, p.rate, random.nextBoolean()))
              .toList();
      return PartPlanner.next(
          new PartProgress(
              unassigned.ranges(),
              inFlight,
              connections,
              mostConnections,
              new PartProgress.Path(rate, Duration.ofMillis(50), Duration.ofMillis(20))));
    }

    private void assign(NextPart next) {
      if (next instanceof Take take) {
        ByteRange range = take.range();
        assertThat(unassigned.ranges())
            .anyMatch(gap -> gap.start() <= range.start() && range.end() <= gap.end());
        unassigned = without(unassigned, range);
        parts.add(new Part(range, speed()));
      } else if (next instanceof SplitTail split) {
        Part cut = parts.get(split.assignmentIndex());
        assertThat(split.newEnd()).isStrictlyBetween(cut.position, cut.end);
        assertThat(split.tail()).isEqualTo(new ByteRange(split.newEnd(), cut.end));
        cut.end = split.newEnd();
        parts.add(new Part(split.tail(), speed()));
      }
    }

    private void fetch() {
      rate = parts.stream().mapToDouble(p -> p.rate).average().orElse(0);
      for (Part part : List.copyOf(parts)) {
        long came = Math.min(part.end - part.position, 1 + (long) (part.rate * STEP_SECONDS));
        ByteRange range = new ByteRange(part.position, part.position + came);
        assertThat(received.ranges()).noneMatch(range::overlaps);
        received = received.plus(range);
        receivedBytes += came;
        part.position += came;
        boolean isCut = part.position < part.end && random.nextDouble() < cutChance;
        if (isCut) {
          unassigned = unassigned.plus(new ByteRange(part.position, part.end));
        }
        if (isCut || part.position == part.end) {
          parts.remove(part);
        }
      }
    }

    private double speed() {
      return 1e5 * Math.pow(1000, random.nextDouble());
    }

    private ByteRanges without(ByteRanges all, ByteRange taken) {
      List<ByteRange> kept = new ArrayList<>(all.missing(lengthBytes));
      kept.add(taken);
      return ByteRanges.of(ByteRanges.of(kept).missing(lengthBytes));
    }
  }

  private static final class Part {
    private final double rate;
    private long position;
    private long end;

    Part(ByteRange range, double rate) {
      this.position = range.start();
      this.end = range.end();
      this.rate = rate;
    }
  }
}
