package dev.dromedary.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every request: asks the gate, then who it is, then the endpoint of its path; and gives
 * every answer the headers that keep a browser from doing more with it than show it. Thread-safe.
 *
 * <p>Few are answered at once, which bounds the memory that bodies and answers take; whoever asks
 * for health is answered beside them, so that no supervisor ends a service that others keep busy.
 */
final class Router implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'; require-trusted-types-for 'script'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private static final int AT_ONCE = 8;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final Gate gate;
  private final @Nullable BasicAuthentication authentication;
  private final Map<String, Endpoint> endpoints;
  private final Endpoint page;

  /**
   * Creates it.
   *
   * @param authentication null where everybody may come in
   * @param endpoints by the path they begin with
   * @param page answers everything else
   */
  Router(
      Gate gate,
      @Nullable BasicAuthentication authentication,
      Map<String, Endpoint> endpoints,
      Endpoint page) {
    this.gate = gate;
    this.authentication = authentication;
    this.endpoints = Map.copyOf(endpoints);
    this.page = page;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              String.valueOf(exchange.getRequestURI().getPath()),
              exchange.getRequestURI().getRawQuery(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody());
      if (request.isUnder(HealthEndpoint.PATH)) {
        send(exchange, answer(request));
      } else {
        sendInTurn(exchange, request);
      }
    }
  }

  private void sendInTurn(HttpExchange exchange, Request request) throws IOException {
    try {
      turns.acquire();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      send(exchange, answer(request));
    } finally {
      turns.release();
    }
  }

  /** Answers a request, whatever it is. */
  Reply answer(Request request) {
    Optional<Reply> refusal = gate.refuse(request);
    if (refusal.isEmpty() && authentication != null && !request.isUnder(HealthEndpoint.PATH)) {
      refusal = authentication.refuse(request);
    }
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      return endpoint(request).answer(request);
    } catch (IOException | RuntimeException e) {
      LOG.warn("msg=\"a request to the console failed\" path={}", request.path(), e);
      return Reply.refusal(500, "this request failed; the log tells why");
    }
  }

  private Endpoint endpoint(Request request) {
    return endpoints.entrySet().stream()
        .filter(entry -> request.isUnder(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(page);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    ALWAYS.forEach(exchange.getResponseHeaders()::set);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body();
    if (exchange.getRequestMethod().equals("HEAD") || body.length == 0) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
