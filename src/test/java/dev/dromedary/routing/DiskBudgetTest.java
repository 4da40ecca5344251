package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Room is promised once, for what is missing, and comes back. */
class DiskBudgetTest {

  private final AtomicLong usable = new AtomicLong(1000);
  private final DiskBudget budget = new DiskBudget(usable::get, 100);

  @Test
  void promisesNoMoreThanThereIs() {
    budget.reserve("a", "source-a", () -> 600);
    assertThatThrownBy(() -> budget.reserve("b", "source-b", () -> 301))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL);
              assertThat(e)
                  .hasMessage(
                      "source source-b: needs 301 B more in staging, found 1000 B free, of which"
                          + " 600 B are promised to 1 other transfer and 100 B are kept free");
            });
    budget.reserve("b", "source-b", () -> 300);
    assertThat(budget.reservedBytes()).isEqualTo(900);
  }

  @Test
  void countsWhatIsStillMissing_andNotWhatHasBeenWritten() {
    AtomicLong missing = new AtomicLong(800);
    budget.reserve("a", "source-a", missing::get);
    assertThat(budget.hasRoom(101)).isFalse();
    missing.set(300);
    usable.set(500);
    assertThat(budget.hasRoom(101)).isFalse();
    assertThat(budget.hasRoom(100)).isTrue();
  }

  @Test
  void claimThatGrowsIsNoPromise_untilItIsAskedFor() {
    AtomicLong missing = new AtomicLong(100);
    budget.reserve("a", "source-a", missing::get);

    missing.set(1_000_000_000_000_000L);

    assertThat(budget.reservedBytes()).isEqualTo(100);
    budget.reserve("b", "source-b", () -> 800);
    assertThatThrownBy(() -> budget.reserve("a", "source-a", missing::get))
        .isInstanceOf(DromedaryException.class);
    assertThat(budget.reservedBytes()).isEqualTo(800);
  }

  @Test
  void aNewPromiseReplacesTheOld_andARefusedOneLeavesNone() {
    budget.reserve("a", "source-a", () -> 600);
    budget.reserve("a", "source-a", () -> 900);
    assertThatThrownBy(() -> budget.reserve("a", "source-a", () -> 901))
        .isInstanceOf(DromedaryException.class);
    assertThat(budget.reservedBytes()).isZero();
  }

  @Test
  void releasedRoomIsThereForOthers() {
    budget.reserve("a", "source-a", () -> 900);
    budget.release("a");
    budget.release("never asked");
    assertThat(budget.hasRoom(900)).isTrue();
  }

  @Test
  void aTransferThatMissesNothingNeedsNoRoom() {
    usable.set(0);
    budget.reserve("a", "source-a", () -> 0);
    assertThat(budget.hasRoom(1)).isFalse();
  }
}
