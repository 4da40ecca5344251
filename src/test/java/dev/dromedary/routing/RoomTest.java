package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.routing.TransferLimits.Room;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits for room looks again and again, and no longer than it may. */
class RoomTest {

  @ParameterizedTest
  @CsvSource({
    "60, 0, 10",
    "60, 50, 10",
    "60, 55, 5",
    "4, 0, 4",
    "60, 60, 0",
    "60, 61, 0",
    "0, 0, 0"
  })
  void looksAtTheEndAtLast(int longest, int waited, int next) {
    Room room = new Room(Duration.ofSeconds(longest), Duration.ofSeconds(10));
    assertThat(room.untilNextLook(Duration.ofSeconds(waited))).isEqualTo(Duration.ofSeconds(next));
  }
}
