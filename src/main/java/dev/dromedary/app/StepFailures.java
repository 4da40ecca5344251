package dev.dromedary.app;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Makes whatever a step of a route fails with the failure of that route.
 *
 * <p>Camel catches exceptions only. With an {@link Error}, such as a lack of memory, it goes on to
 * the next step as if nothing had happened, then throws it through the route, past what should
 * catch or close, at a thread where nobody looks at it: whoever counts on the end of the exchange
 * waits for ever. And what a route with an error handler of its own has given up, as each has that
 * names none, it asks no other error handler about, so that the route that called it neither
 * repeats nor records it.
 *
 * <p>Stateless.
 */
final class StepFailures implements InterceptStrategy {

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context,
      NamedNode definition,
      Processor target,
      @Nullable Processor nextTarget) {
    return new Caught(AsyncProcessorConverterHelper.convert(target));
  }

  private static final class Caught extends DelegateAsyncProcessor {

    Caught(AsyncProcessor step) {
      super(step);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback next) {
      Continuation continuation = new Continuation(exchange, next);
      try {
        boolean isSync = super.process(exchange, continuation);
        continuation.stepReturned();
        return isSync;
      } catch (Error e) {
        if (continuation.hasGoneOn()) {
          throw e;
        }
        continuation.stepFailed(e);
        return true;
      }
    }
  }

  /**
   * Goes on behind a step, once. Where the step says that it is done before it has returned, what
   * follows is kept waiting until then, and so told what the step throws at last. A step that
   * returns may as well say so later, whatever it returned.
   */
  private static final class Continuation implements AsyncCallback {
    private final Exchange exchange;
    private final AsyncCallback next;
    private boolean hasReturned;
    private boolean isWaiting;
    private boolean hasGoneOn;

    Continuation(Exchange exchange, AsyncCallback next) {
      this.exchange = exchange;
      this.next = next;
    }

    @Override
    public void done(boolean doneSync) {
      synchronized (this) {
        isWaiting = doneSync && !hasReturned;
        if (isWaiting || hasGoneOn) {
          return;
        }
        hasGoneOn = true;
      }
      if (exchange.getException() != null) {
        ExchangeExtension marks = exchange.getExchangeExtension();
        marks.setRedeliveryExhausted(false);
        marks.setFailureHandled(false);
        marks.setErrorHandlerHandled(null);
      }
      next.done(doneSync);
    }

    synchronized boolean hasGoneOn() {
      return hasGoneOn;
    }

    void stepReturned() {
      boolean isDone;
      synchronized (this) {
        hasReturned = true;
        isDone = isWaiting;
      }
      if (isDone) {
        done(true);
      }
    }

    void stepFailed(Error why) {
      exchange.setException(why);
      synchronized (this) {
        hasReturned = true;
      }
      done(true);
    }
  }
}
