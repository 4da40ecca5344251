package dev.dromedary.origin;

import dev.dromedary.transfer.MaskedText;
import dev.dromedary.transfer.ProxyServer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of servers and what they answer, a line each on DEBUG, for whoever wonders why one
 * refuses. Nothing secret: of the headers that somebody configured their names alone, of URLs
 * neither query nor user. Stateless.
 */
final class ExchangeLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.dromedary.http");

  private static final int LONGEST_VALUE = 300;

  private static final List<String> OURS =
      List.of("Range", "If-Range", "If-None-Match", "If-Modified-Since", "Accept-Encoding");

  private static final List<String> ANSWERED =
      List.of(
          "Content-Type",
          "Content-Length",
          "Content-Range",
          "Content-Encoding",
          "Transfer-Encoding",
          "ETag",
          "Last-Modified",
          "Retry-After",
          "Server");

  private static final Pattern USER = Pattern.compile("//[^/?#]*@");
  private static final Pattern BEHIND_PATH = Pattern.compile("[?#].*", Pattern.DOTALL);

  private ExchangeLog() {}

  /**
   * Logs a request that is about to be sent.
   *
   * @param url as a person may read it
   * @param proxy what it passes on its way
   */
  static void asks(String transferId, String url, ProxyServer proxy, HttpRequest request) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    Line line = new Line().put("transfer", transferId).put("msg", "asks");
    line.put("method", request.getMethod()).put("url", url);
    line.quote("proxy", proxy.isNone() ? "" : proxy.toString());
    OURS.forEach(name -> line.headers(request, name));
    String others =
        Stream.of(request.getHeaders())
            .map(Header::getName)
            .filter(name -> OURS.stream().noneMatch(name::equalsIgnoreCase))
            .collect(Collectors.joining(", "));
    line.quote("headers", others).log();
  }

  /** Logs the head of an answer. */
  static void answered(String transferId, String url, HttpResponse response) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    Line line = new Line().put("transfer", transferId).put("msg", "answered");
    line.put("status", response.getCode()).put("url", url);
    ANSWERED.forEach(name -> line.headers(response, name));
    Header location = response.getFirstHeader("Location");
    if (location != null) {
      line.quote("Location", withoutSecrets(String.valueOf(location.getValue())));
    }
    line.log();
  }

  private static String withoutSecrets(String location) {
    String path = BEHIND_PATH.matcher(location).replaceFirst("?…");
    return USER.matcher(path).replaceFirst("//…@");
  }

  /** Fields in the form that the log is read by; used by one thread. */
  private static final class Line {

    private final StringBuilder template = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Line put(String key, Object value) {
      return field(key, "{}", value);
    }

    /** Puts a text, unless there is none; one with quotes of its own needs no others. */
    Line quote(String key, String text) {
      String bounded =
          text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
      return text.isEmpty()
          ? this
          : field(key, text.indexOf('"') < 0 ? "\"{}\"" : "{}", MaskedText.plain(bounded));
    }

    void headers(HttpMessage message, String name) {
      for (Header header : message.getHeaders(name)) {
        quote(name, String.valueOf(header.getValue()));
      }
    }

    private Line field(String key, String place, Object value) {
      template.append(template.isEmpty() ? "" : " ").append(key).append('=').append(place);
      values.add(value);
      return this;
    }

    void log() {
      LOG.debug(template.toString(), values.toArray());
    }
  }
}
