package dev.dromedary.console;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page and what belongs to it, from the class path. Only the names listed here exist, so that
 * no path of a request ever becomes one of a file. Thread-safe.
 */
final class PageEndpoint implements Endpoint {

  private static final String OWN = "/dev/dromedary/console/page/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final Map<String, Asset> ASSETS =
      Map.ofEntries(
          Map.entry("/", new Asset(OWN + "index.html", "text/html; charset=utf-8")),
          Map.entry("/console.css", new Asset(OWN + "console.css", STYLE)),
          Map.entry("/icon.svg", new Asset(OWN + "icon.svg", "image/svg+xml")),
          script("console.js"),
          script("beans.js"),
          script("dom.js"),
          script("words.js"),
          script("rate.js"),
          script("transfers.js"),
          script("sources.js"),
          script("failures.js"),
          script("flow.js"),
          script("limits.js"),
          Map.entry("/uplot.js", new Asset(UPLOT + "uPlot.esm.js", SCRIPT)),
          Map.entry("/uplot.css", new Asset(UPLOT + "uPlot.min.css", STYLE)));

  private final Map<String, Reply> loaded = new ConcurrentHashMap<>();

  private record Asset(String resource, String type) {}

  @Override
  public Reply answer(Request request) throws IOException {
    Asset asset = ASSETS.get(request.path());
    if (asset == null) {
      return Reply.refusal(404, "expected / for the console");
    }
    Reply reply = loaded.get(request.path());
    if (reply == null) {
      reply = load(asset);
      loaded.put(request.path(), reply);
    }
    String tag = String.valueOf(reply.headers().get("ETag"));
    return request.header("If-None-Match").filter(tag::equals).isPresent()
        ? new Reply(304, reply.headers(), new byte[0])
        : reply;
  }

  private static Map.Entry<String, Asset> script(String name) {
    return Map.entry("/" + name, new Asset(OWN + name, SCRIPT));
  }

  private static Reply load(Asset asset) throws IOException {
    try (InputStream bytes = PageEndpoint.class.getResourceAsStream(asset.resource)) {
      if (bytes == null) {
        throw new IOException(asset.resource + ": expected on the class path");
      }
      byte[] body = bytes.readAllBytes();
      return new Reply(
          200,
          Map.of("Content-Type", asset.type, "Cache-Control", "no-cache", "ETag", tag(body)),
          body);
    }
  }

  private static String tag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: expected of every Java", e);
    }
  }
}
