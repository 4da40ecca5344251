package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where no thread can be started, whoever would have started one does its work (I7). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PartThreadsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<PartThreads> made = new ArrayList<>();

  @AfterEach
  void close() {
    made.forEach(PartThreads::shutdownNow);
  }

  @Test
  void asManyTasksAsThereMayBePartsFollowEachOtherInOneThread() {
    PartThreads threads = threads(Duration.ZERO, 0);
    AtomicInteger done = new AtomicInteger();
    Runnable asksForTheNext =
        new Runnable() {
          @Override
          public void run() {
            if (done.incrementAndGet() < 100_000) {
              threads.execute(this);
            }
          }
        };

    threads.execute(asksForTheNext);

    assertThat(done).hasValue(100_000);
  }

  @Test
  void taskGoesToTheThreadThatIsAboutToBeFree() throws InterruptedException {
    PartThreads threads = threads(LONG, 1);
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch isDone = new CountDownLatch(1);
    List<Thread> ran = new ArrayList<>();
    threads.execute(
        () -> {
          ran.add(Thread.currentThread());
          awaits(isAsked);
        });
    threads.setThreadFactory(
        task -> {
          isAsked.countDown();
          throw new OutOfMemoryError("unable to create native thread");
        });

    threads.execute(
        () -> {
          ran.add(Thread.currentThread());
          isDone.countDown();
        });

    assertThat(isDone.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasSize(2).doesNotContain(Thread.currentThread());
    assertThat(ran.get(0)).isSameAs(ran.get(1));
  }

  private PartThreads threads(Duration moment, int most) {
    PartThreads threads = new PartThreads(moment);
    ThreadFactory factory = threads.getThreadFactory();
    AtomicInteger left = new AtomicInteger(most);
    threads.setThreadFactory(
        task -> {
          if (left.getAndDecrement() <= 0) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return factory.newThread(task);
        });
    made.add(threads);
    return threads;
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
