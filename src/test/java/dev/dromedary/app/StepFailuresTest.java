package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.failure.FailureClassifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error that a step throws is caught where an exception would be, and nobody waits (I5, I7). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StepFailuresTest {

  private final List<String> did = Collections.synchronizedList(new ArrayList<>());
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() throws Exception {
    camel.getCamelContextExtension().addInterceptStrategy(new StepFailures());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:each")
                .split(body().tokenize(","))
                .streaming()
                .parallelProcessing()
                .synchronous()
                .to("direct:part")
                .end()
                .process(exchange -> did.add("after all"));
            from("direct:part")
                .errorHandler(noErrorHandler())
                .doTry()
                .process(
                    exchange -> {
                      if ("bad".equals(exchange.getMessage().getBody(String.class))) {
                        throw new OutOfMemoryError("Cannot reserve");
                      }
                    })
                .process(exchange -> did.add("went on with " + exchange.getMessage().getBody()))
                .doCatch(Throwable.class)
                .process(exchange -> did.add("caught " + cause(exchange)))
                .doFinally()
                .process(exchange -> did.add("closed"))
                .end();
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void errorOfAStepIsCaught_andWhatFollowsItIsLeftOut() {
    camel.createProducerTemplate().sendBody("direct:part", "bad");

    assertThat(did).containsExactly("caught OutOfMemoryError: Cannot reserve", "closed");
  }

  @Test
  void splitEndsThoughAPartOfItThrewAnError() {
    camel.createProducerTemplate().sendBody("direct:each", "good,bad,good");

    assertThat(did).hasSize(7).endsWith("after all");
    assertThat(did).filteredOn("went on with good"::equals).hasSize(2);
    assertThat(did).contains("caught OutOfMemoryError: Cannot reserve");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void whatFollowsAStepIsDoneOnce_whenTheStepIsDoneAfterItReturned(
      boolean isSync, boolean isDoneSync) throws Exception {
    AtomicReference<@Nullable AsyncCallback> later = new AtomicReference<>();
    AsyncProcessor step =
        new AsyncProcessorSupport() {
          @Override
          public boolean process(Exchange exchange, AsyncCallback next) {
            later.set(next);
            return isSync;
          }
        };
    AsyncProcessor wrapped =
        (AsyncProcessor)
            new StepFailures()
                .wrapProcessorInInterceptors(camel, new ToDefinition("direct:part"), step, null);

    boolean isSyncStill =
        wrapped.process(new DefaultExchange(camel), doneSync -> did.add("went on " + doneSync));
    did.add("returned");
    Objects.requireNonNull(later.get()).done(isDoneSync);

    assertThat(isSyncStill).isEqualTo(isSync);
    assertThat(did).containsExactly("returned", "went on " + isDoneSync);
  }

  private static String cause(Exchange exchange) {
    return FailureClassifier.reason(
        Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
  }
}
