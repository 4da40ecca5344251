package dev.dromedary.cli;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes what runs when the process is told to stop by SIGINT or SIGTERM, in the reverse order of
 * starting, within eleven seconds. A command then ends with 130 or 143, which the virtual machine
 * gives by itself; a service ends with 0.
 *
 * <p>Thread-safe. Closing it takes the hook away; what was registered is then the caller's to
 * close.
 */
final class OrderlyStop implements AutoCloseable {

  /** The application has ten seconds; the last one is for what stands around it. */
  private static final long LIMIT_SECONDS = 11;

  private final PrintStream err;
  private final boolean isService;
  private final Thread hook = new Thread(this::onSignal, "orderly-stop");
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private boolean isStopping;

  private OrderlyStop(PrintStream err, boolean isService) {
    this.err = err;
    this.isService = isService;
  }

  /**
   * Installs the hook.
   *
   * @param isService whether being stopped is a good end
   */
  static OrderlyStop install(PrintStream err, boolean isService) {
    OrderlyStop stop = new OrderlyStop(err, isService);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Registers what a signal has to close; closes it at once when the signal has come already. */
  <T extends AutoCloseable> T register(T closeable) {
    synchronized (running) {
      if (!isStopping) {
        running.push(closeable);
        return closeable;
      }
    }
    closeQuietly(closeable);
    return closeable;
  }

  /** Says whether a signal has come; the caller then has nothing more to say or do. */
  boolean isStopping() {
    synchronized (running) {
      return isStopping;
    }
  }

  @Override
  public void close() {
    synchronized (running) {
      running.clear();
      if (isStopping) {
        return;
      }
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      return;
    }
  }

  private void onSignal() {
    Deque<AutoCloseable> toClose;
    synchronized (running) {
      isStopping = true;
      toClose = new ArrayDeque<>(running);
    }
    Thread closer = new Thread(() -> toClose.forEach(this::closeQuietly), "orderly-close");
    closer.setDaemon(true);
    closer.start();
    boolean isClosed = joins(closer);
    if (!isClosed) {
      err.println("dromedary: did not stop in " + LIMIT_SECONDS + " s; the next start recovers");
    } else if (!isService) {
      err.println(
          "dromedary: interrupted; what has arrived is kept, the same command resumes where it can");
    }
    err.flush();
    if (isService) {
      Runtime.getRuntime().halt(isClosed ? ExitStatus.OK : ExitStatus.FAILED);
    }
  }

  private static boolean joins(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void closeQuietly(@Nullable AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      err.println("dromedary: while stopping: " + TerminalText.escape(e.toString()));
    }
  }
}
