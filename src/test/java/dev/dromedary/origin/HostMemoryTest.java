package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What hosts have shown is remembered for a while, and not for ever. */
class HostMemoryTest {

  private static final String HOST = "example.org:443";

  private long nowNanos = 1;
  private final HostMemory memory = new HostMemory(() -> nowNanos);

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }

  @Test
  void refusalOfRangesIsForgottenAfterAnHour() {
    memory.rangesRefused(HOST);
    assertThat(memory.areRangesRefused(HOST)).isTrue();
    assertThat(memory.areRangesRefused("example.net:443")).isFalse();
    pass(HostMemory.EXPIRY.minusSeconds(1));
    assertThat(memory.areRangesRefused(HOST)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(memory.areRangesRefused(HOST)).isFalse();
  }

  @Test
  void rangeThatIsServedClearsTheHost() {
    memory.rangesRefused(HOST);
    memory.rangesServed(HOST);
    assertThat(memory.areRangesRefused(HOST)).isFalse();
  }

  @Test
  void refusedConnectionHalvesTheNumber() {
    assertThat(memory.mostConnections(HOST)).isEqualTo(Integer.MAX_VALUE);
    memory.connectionRefused(HOST, 7);
    assertThat(memory.mostConnections(HOST)).isEqualTo(4);
  }

  @Test
  void numberGrowsSlowly_butNotToWhatWasRefused() {
    memory.connectionRefused(HOST, 7);
    pass(HostMemory.GROWTH);
    assertThat(memory.mostConnections(HOST)).isEqualTo(5);
    pass(HostMemory.GROWTH.multipliedBy(50));
    assertThat(memory.mostConnections(HOST)).isEqualTo(7);
    pass(HostMemory.EXPIRY);
    assertThat(memory.mostConnections(HOST)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void refusalsWhileTheSurplusEndsAreOne() {
    memory.connectionRefused(HOST, 7);
    memory.connectionRefused(HOST, 6);
    memory.connectionRefused(HOST, 5);
    assertThat(memory.mostConnections(HOST)).isEqualTo(4);
    memory.connectionRefused(HOST, 3);
    assertThat(memory.mostConnections(HOST)).isEqualTo(2);
  }

  @Test
  void lastConnectionIsNeverTaken() {
    memory.connectionRefused(HOST, 1);
    assertThat(memory.mostConnections(HOST)).isEqualTo(1);
    memory.connectionRefused(HOST, 1);
    assertThat(memory.mostConnections(HOST)).isEqualTo(1);
  }

  @Test
  void refusalWhileNothingIsServedSaysNothingOfTheNumber() {
    memory.connectionRefused(HOST, 0);
    assertThat(memory.mostConnections(HOST)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void hostsLeastAskedForAreForgotten() {
    memory.rangesRefused(HOST);
    memory.rangesRefused("second.test:80");
    for (int i = 2; i < HostMemory.MOST_HOSTS; i++) {
      memory.rangesRefused("h" + i + ".test:80");
    }
    assertThat(memory.areRangesRefused(HOST)).isTrue();
    memory.rangesRefused("one.more.test:80");
    assertThat(memory.areRangesRefused(HOST)).isTrue();
    assertThat(memory.areRangesRefused("second.test:80")).isFalse();
  }
}
