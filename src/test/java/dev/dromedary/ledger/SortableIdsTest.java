package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ids are unique and sort by the time they were made. */
class SortableIdsTest {

  private final SettableClock clock = new SettableClock();

  @Test
  void sortsByTime_evenWhenTheClockStandsStillOrStepsBack() {
    SortableIds ids = new SortableIds(clock, new Random(3));
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      made.add(ids.next());
      clock.advance(Duration.ofMillis(i % 3 - 1));
    }

    assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-z]{18}"));
  }

  @Test
  void differsFromAnotherProcessInTheSameMillisecond() {
    assertThat(new SortableIds(clock, new Random(1)).next())
        .isNotEqualTo(new SortableIds(clock, new Random(2)).next());
  }
}
