package dev.dromedary.flow;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Counts the rows of all scenario tables and prints how they ended when the last test of the run
 * has. A row that ends wrong fails its test as well.
 */
public final class ScenarioTally implements InvocationInterceptor {

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> call,
      ExtensionContext context)
      throws Throwable {
    Row row =
        call.getArguments().stream()
            .filter(Row.class::isInstance)
            .map(Row.class::cast)
            .findFirst()
            .orElse(null);
    if (row == null) {
      invocation.proceed();
      return;
    }
    Counts counts =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ScenarioTally.class))
            .getOrComputeIfAbsent(Counts.class, key -> new Counts(), Counts.class);
    try {
      invocation.proceed();
      (row.mustLand() ? counts.landed : counts.refused).incrementAndGet();
    } catch (TestAbortedException e) {
      counts.notPlayed.incrementAndGet();
      throw e;
    } catch (Throwable e) {
      counts.wrong.incrementAndGet();
      throw e;
    }
  }

  /** One scenario of any table. */
  public interface Row {

    /** Says whether the file must land; else it must be refused. */
    boolean mustLand();
  }

  /** Closed by JUnit after the last test of the run. */
  private static final class Counts implements AutoCloseable {
    private final AtomicInteger landed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger notPlayed = new AtomicInteger();

    @Override
    public void close() {
      String more = notPlayed.get() == 0 ? "" : ", " + notPlayed + " not possible here";
      System.out.printf(
          "%nscenarios: %d landed right, %d refused right, %d wrong%s%n",
          landed.get(), refused.get(), wrong.get(), more);
    }
  }
}
