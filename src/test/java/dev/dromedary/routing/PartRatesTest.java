package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.origin.TimedBody;
import dev.dromedary.transfer.ByteRange;
import java.io.Closeable;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartRatesTest {

  private static final long MILLI = 1_000_000;

  private long now = 5 * MILLI;
  private PartRates rates;

  @BeforeEach
  void begin() {
    rates = new PartRates(() -> now);
  }

  @Test
  void readersAreBusyForAsLongAsTheyDoNotWait() {
    Body body = serve(part());
    now += 100 * MILLI;
    body.waitedNanos = 30 * MILLI;
    rates.sample();
    assertThat(rates.readersBusy()).isEqualTo(0.7);

    now += 100 * MILLI;
    body.waitedNanos = 130 * MILLI;
    rates.sample();
    assertThat(rates.readersBusy()).isZero();
  }

  @Test
  void partThatEndedCountsForAsLongAsItWasRead_andOneThatIsNotServedDoesNot() {
    Part ended = part();
    part();
    now += 50 * MILLI;
    Body body = serve(ended);
    now += 10 * MILLI;
    ended.heard(now);
    body.waitedNanos = MILLI;
    rates.ended(ended);
    now += 40 * MILLI;
    rates.sample();

    assertThat(rates.readersBusy()).isEqualTo(0.9);
  }

  @Test
  void nobodyIsBusy_whileNothingIsServed() {
    part();
    now += 100 * MILLI;
    rates.sample();

    assertThat(rates.readersBusy()).isZero();
  }

  /** No part here tells its flow of bytes. */
  @SuppressWarnings("NullAway")
  private Part part() {
    Mirror mirror = new Mirror(0, URI.create("http://a.example.org/f"), 5);
    Part part = new Part(null, new ByteRange(0, 1000), mirror, mirror.host(), now);
    rates.started(part);
    return part;
  }

  private Body serve(Part part) {
    Body body = new Body();
    part.served(body, now);
    return body;
  }

  private static final class Body implements Closeable, TimedBody {

    private long waitedNanos;

    @Override
    public long waitedNanos(long nowNanos) {
      return waitedNanos;
    }

    @Override
    public boolean isCut() {
      return false;
    }

    @Override
    public void close() {}
  }
}
