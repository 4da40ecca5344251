package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Who gets the next connection to a host. */
class OriginSlotsTest {

  private static final String HOST = "example.org:443";

  private long nowNanos = 1;
  private int most = 4;
  private final HostMemory memory = new HostMemory(() -> nowNanos);
  private final OriginSlots slots = new OriginSlots(host -> most, memory, () -> nowNanos);

  private void take(String transfer, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(slots.tryAcquire(HOST, transfer)).as("%s, %s", transfer, i).isTrue();
    }
  }

  @Test
  void grantsAsManyAsTheHostMayHave_eachHostForItself() {
    take("a", 4);
    assertThat(slots.tryAcquire(HOST, "a")).isFalse();
    assertThat(slots.tryAcquire("example.net:443", "a")).isTrue();
    slots.release(HOST, "a");
    assertThat(slots.tryAcquire(HOST, "a")).isTrue();
  }

  @Test
  void firstConnectionOfAnotherComesBeforeASecond() {
    take("greedy", 4);
    assertThat(slots.tryAcquire(HOST, "late")).isFalse();
    slots.release(HOST, "greedy");
    assertThat(slots.tryAcquire(HOST, "greedy")).isFalse();
    assertThat(slots.tryAcquire(HOST, "late")).isTrue();
  }

  @Test
  void manyShareEvenly() {
    most = 16;
    Map<String, Integer> held = new LinkedHashMap<>();
    take("a", 16);
    held.put("a", 16);
    held.put("b", 0);
    held.put("c", 0);
    for (int part = 0; part < 100; part++) {
      String ends = held.get("a") >= held.get("b") ? "a" : "b";
      slots.release(HOST, ends);
      held.merge(ends, -1, Integer::sum);
      held.replaceAll((transfer, count) -> slots.tryAcquire(HOST, transfer) ? count + 1 : count);
    }
    assertThat(held.values()).allMatch(count -> count == 5 || count == 6);
    assertThat(held.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(16);
  }

  @Test
  void whoeverAsksNoMoreIsNotWaitedFor() {
    take("a", 4);
    assertThat(slots.tryAcquire(HOST, "gone")).isFalse();
    slots.release(HOST, "a");
    nowNanos += OriginSlots.WANTS_NANOS;
    assertThat(slots.tryAcquire(HOST, "a")).isTrue();
  }

  @Test
  void amongEqualsWhoAskedFirstIsFirst() {
    take("a", 4);
    assertThat(slots.tryAcquire(HOST, "b")).isFalse();
    assertThat(slots.tryAcquire(HOST, "c")).isFalse();
    slots.release(HOST, "a");
    assertThat(slots.tryAcquire(HOST, "c")).isFalse();
    assertThat(slots.tryAcquire(HOST, "b")).isTrue();
  }

  @Test
  void refusedConnectionTakesTheNumberDownForAll_andItIsObeyedAsPartsEnd() {
    take("a", 4);
    slots.serves(HOST);
    slots.serves(HOST);
    slots.serves(HOST);
    slots.refused(HOST);
    assertThat(slots.mostConnections(HOST)).isEqualTo(2);
    slots.release(HOST, "a");
    slots.release(HOST, "a");
    assertThat(slots.tryAcquire(HOST, "b")).isFalse();
    slots.release(HOST, "a");
    assertThat(slots.tryAcquire(HOST, "b")).isTrue();
    assertThat(slots.tryAcquire(HOST, "b")).isFalse();
  }

  @Test
  void anotherNumberCountsAtOnce() {
    take("a", 4);
    most = 5;
    take("a", 1);
    most = 1;
    slots.release(HOST, "a");
    assertThat(slots.tryAcquire(HOST, "a")).isFalse();
  }

  @Test
  void waitingEndsWithTheConnectionThatIsGivenBack()
      throws InterruptedException, ExecutionException, TimeoutException {
    OriginSlots one = new OriginSlots(host -> 1, memory, System::nanoTime);
    assertThat(one.tryAcquire(HOST, "a")).isTrue();
    assertThat(one.acquire(HOST, "b", 5)).isFalse();
    CompletableFuture<Boolean> waits =
        CompletableFuture.supplyAsync(() -> acquire(one, "b", 10_000));
    await().atMost(Duration.ofSeconds(5)).until(() -> !one.tryAcquire(HOST, "a"));
    one.release(HOST, "a");
    assertThat(waits.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void connectionThatIsNotHeldCannotBeGivenBack() {
    assertThatThrownBy(() -> slots.release(HOST, "a")).isInstanceOf(IllegalStateException.class);
  }

  private static boolean acquire(OriginSlots slots, String transfer, long millis) {
    try {
      return slots.acquire(HOST, transfer, millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void hostIsForgotten_whoeverWantedItLast() {
    most = 1;
    for (int i = 0; i < 100; i++) {
      String host = "host-" + i + ":443";
      assertThat(slots.tryAcquire(host, "a")).isTrue();
      assertThat(slots.tryAcquire(host, "b")).isFalse();
      slots.release(host, "a");
      assertThat(slots.tryAcquire(host, "c")).as("after b").isFalse();
      nowNanos += OriginSlots.WANTS_NANOS;
    }
    assertThat(slots.known()).isEqualTo(1);
    assertThat(slots.tryAcquire(HOST, "a")).isTrue();
    slots.release(HOST, "a");
    assertThat(slots.known()).isZero();
  }

  @Test
  void hostIsForgotten_whenOnlyADeniedClaimIsLeft() {
    most = 1;
    assertThat(slots.tryAcquire(HOST, "a")).isTrue();
    assertThat(slots.tryAcquire(HOST, "b")).isFalse();
    slots.release(HOST, "a");
    nowNanos += OriginSlots.WANTS_NANOS - 1;
    assertThat(slots.tryAcquire(HOST, "c")).isFalse();
    nowNanos += 1;
    assertThat(slots.tryAcquire("other.example:443", "c")).isTrue();
    assertThat(slots.known()).as("c may still want one").isEqualTo(2);
    nowNanos += OriginSlots.WANTS_NANOS;
    slots.release("other.example:443", "c");
    assertThat(slots.known()).isZero();
  }

  @Test
  void hostThatIsWantedIsNotForgotten() {
    most = 1;
    take("a", 1);
    assertThat(slots.tryAcquire(HOST, "b")).isFalse();
    slots.release(HOST, "a");
    assertThat(slots.tryAcquire("other.example:443", "c")).isTrue();
    assertThat(slots.tryAcquire(HOST, "a")).as("b comes first").isFalse();
    assertThat(slots.tryAcquire(HOST, "b")).isTrue();
  }

  @Test
  void tellsWhatIsGrantedUsedAndWanted_untilNobodyIsThere() {
    assertThat(slots.uses()).isEmpty();
    take("a", 4);
    assertThat(slots.tryAcquire(HOST, "b")).isFalse();
    assertThat(slots.uses()).isEqualTo(Map.of(HOST, new OriginSlots.Use(4, 4, 1)));
    most = 2;
    assertThat(slots.uses()).isEqualTo(Map.of(HOST, new OriginSlots.Use(2, 4, 1)));
    nowNanos += OriginSlots.WANTS_NANOS;
    assertThat(slots.uses()).isEqualTo(Map.of(HOST, new OriginSlots.Use(2, 4, 0)));
    for (int i = 0; i < 4; i++) {
      slots.release(HOST, "a");
    }
    assertThat(slots.uses()).isEmpty();
  }
}
