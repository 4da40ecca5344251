package dev.dromedary.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A value that costs something is read four times a second at most. */
class LatelyTest {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong reads = new AtomicLong();
  private final Lately value = new Lately(reads::incrementAndGet, nanos::get);

  @Test
  void isReadOnce_untilItIsTooOld() {
    assertThat(value.get()).isEqualTo(1);
    nanos.addAndGet(Lately.FRESH_NANOS - 1);
    assertThat(value.get()).isEqualTo(1);
    nanos.addAndGet(1);
    assertThat(value.get()).isEqualTo(2);
  }
}
