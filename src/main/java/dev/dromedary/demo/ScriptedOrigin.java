package dev.dromedary.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 origin server on loopback that serves generated files by the book and, where it is
 * told to, breaks it. Thread-safe; closing it ends its threads and connections.
 */
public final class ScriptedOrigin implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 1024;

  private final ServerSocketChannel listener;
  private final int port;
  private final Clock clock;
  private final ExecutorService threads;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Resource> resources = new ConcurrentHashMap<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final RequestLog log = new RequestLog();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger decided = new AtomicInteger();
  private volatile long bytesPerSecond;

  private ScriptedOrigin(int port, Clock clock) throws IOException {
    this.clock = clock;
    listener = ServerSocketChannel.open();
    listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    listener.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
    this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    AtomicInteger count = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            work -> {
              String name = "origin-" + this.port + "-" + count.incrementAndGet();
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a server on a free port of 127.0.0.1. */
  public static ScriptedOrigin start() {
    return start(0, Clock.systemUTC());
  }

  /**
   * Starts a server on 127.0.0.1.
   *
   * @param port 0 for a free one
   * @param clock what its Date headers and {@link SeenRequest} times are read from; not its pace
   * @throws UncheckedIOException when the port is taken
   */
  public static ScriptedOrigin start(int port, Clock clock) {
    try {
      ScriptedOrigin origin = new ScriptedOrigin(port, clock);
      origin.threads.execute(origin::accept);
      return origin;
    } catch (IOException e) {
      throw new UncheckedIOException("origin on port " + port + " cannot start", e);
    }
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  /** Returns the URL of a path, which begins with {@code /} and may have a query. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Serves a resource from the next request on, instead of what its path had before. */
  public void put(Resource resource) {
    resources.put(resource.path(), resource);
  }

  /** Takes a resource away: its path is 404 from the next request on. */
  public void remove(String path) {
    resources.remove(path);
  }

  /**
   * Adds faults for the next requests of a path, whatever their method and query, one each; after
   * them it is served as before.
   */
  public void script(String path, Fault... faults) {
    scriptOf(path).add(List.of(faults));
  }

  /** Spoils every request of a path for which nothing else is scripted. */
  public void forever(String path, Fault fault) {
    scriptOf(path).afterwards(fault);
  }

  /** Forgets what was scripted for a path. */
  public void clearScript(String path) {
    scripts.remove(path);
  }

  /** Returns every request received, in the order their heads were read. */
  public List<SeenRequest> requests() {
    return log.all();
  }

  /** Returns the requests for a path, with any query. */
  public List<SeenRequest> requests(String path) {
    return log.of(path);
  }

  /**
   * Waits until a path was asked for so many times, and returns those requests.
   *
   * @throws IllegalStateException when they do not come within the limit
   */
  public List<SeenRequest> awaitRequests(String path, int count, Duration limit) {
    return log.await(path, count, limit);
  }

  /** Returns how many connections are accepted and not yet closed on this side. */
  public int openConnections() {
    return open.size();
  }

  /** Holds the bodies on each connection, also those under way, to a rate; 0 for none. */
  public void rateLimitPerConnection(long rate) {
    if (rate < 0) {
      throw new IllegalArgumentException("rate " + rate + ": expected 0 or more bytes a second");
    }
    bytesPerSecond = rate;
  }

  /** Stops listening and cuts every connection; returns when its threads have ended. */
  @Override
  public void close() {
    closing.countDown();
    closeQuietly(listener);
    open.forEach(ScriptedOrigin::closeQuietly);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("origin on port " + port + ": threads do not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Instant now() {
    return clock.instant();
  }

  /** Decides the answer to a request, then logs it, so that a script written later is not used. */
  Exchange receive(RequestHead head, int connection) {
    Resource resource = resources.get(head.path());
    Asked asked = new Asked(head, resource, decided.incrementAndGet(), now(), this);
    Answer answer = decide(asked);
    SeenRequest seen = new SeenRequest(head, asked.range().orElse(null), connection, asked.now());
    log.add(seen);
    return new Exchange(seen, answer);
  }

  private Answer decide(Asked asked) {
    Script script = scripts.get(asked.head().path());
    Fault fault = script == null ? new Fault.None() : script.next();
    try {
      return fault.distort(asked, asked.plainAnswer());
    } catch (RuntimeException e) {
      return PlainAnswers.error(asked, 500, fault + " cannot be played: " + e + "\n").closing();
    }
  }

  private Script scriptOf(String path) {
    return scripts.computeIfAbsent(path, key -> new Script());
  }

  private void accept() {
    try {
      for (int number = 1; ; number++) {
        SocketChannel channel = listener.accept();
        int connection = number;
        open.add(channel);
        threads.execute(() -> serve(channel, connection));
      }
    } catch (IOException | RejectedExecutionException e) {
      closeQuietly(listener);
      open.forEach(ScriptedOrigin::closeQuietly);
    }
  }

  private void serve(SocketChannel channel, int number) {
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      AnswerWriter writer = new AnswerWriter(channel, new Pacer(closing), () -> bytesPerSecond);
      new Connection(this, channel, number, writer).serve();
    } catch (IOException e) {
      // The client went away or the origin closes: what was sent is in the log.
    } finally {
      open.remove(channel);
    }
  }

  private static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to lose.
    }
  }

  /** A request that was logged and the answer decided for it. */
  record Exchange(SeenRequest seen, Answer answer) {}
}
