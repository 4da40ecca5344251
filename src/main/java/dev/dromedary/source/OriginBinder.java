package dev.dromedary.source;

import dev.dromedary.transfer.ProxyServer;
import dev.dromedary.transfer.TlsFiles;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes an entry of one map of {@code origins}. */
final class OriginBinder {

  private static final List<String> NAMES =
      Stream.of(
              List.of(
                  "host", "connections", "maxConnections", "rate", "headers", "ranges", "proxy"),
              OriginTlsBinder.NAMES,
              OriginTimesBinder.NAMES)
          .flatMap(List::stream)
          .toList();

  private final Problems problems;
  private final HeaderKeys headerKeys;
  private final References references;
  private final OriginTlsBinder tls;
  private final Map<HostPattern, Integer> seen = new HashMap<>();

  OriginBinder(Problems problems, HeaderRules headerRules) {
    this.problems = problems;
    this.headerKeys = new HeaderKeys(problems, headerRules);
    this.references = headerRules.references();
    this.tls = new OriginTlsBinder(problems, references);
  }

  /** Returns the entry, or nothing after reporting why not. */
  Optional<OriginEntry> bind(Node node) {
    if (!(node instanceof Node.Keys map)) {
      if (!(node instanceof Node.Refused)) {
        problems.add(node.line(), "origin: expected a map with the key host, found " + node.kind());
      }
      return Optional.empty();
    }
    long before = problems.count();
    Fields fields = new Fields(map, problems);
    fields.refuseOthersThan(NAMES);
    Optional<HostPattern> host = host(fields);
    Optional<Integer> connections = fields.value("connections", SharedKeys::connections);
    Optional<Integer> most = fields.value("maxConnections", OriginBinder::maxConnections);
    if (connections.isPresent() && most.isPresent() && connections.get() > most.get()) {
      problems.add(
          fields.lineOf("connections"),
          "connections '"
              + connections.get()
              + "': expected at most the "
              + most.get()
              + " of maxConnections");
    }
    Optional<Long> rate = fields.value("rate", ByteRate::parse);
    Map<String, String> headers = headerKeys.over(Map.of(), fields);
    boolean isWithoutRanges = fields.value("ranges", OriginBinder::never).orElse(false);
    Optional<ProxyServer> proxy = fields.value("proxy", text -> proxy(fields, text));
    TlsFiles files = tls.bind(fields);
    OriginTimes times = OriginTimesBinder.bind(fields);
    if (problems.count() > before || host.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OriginEntry(
            host.get(),
            connections.map(OptionalInt::of).orElse(OptionalInt.empty()),
            most.map(OptionalInt::of).orElse(OptionalInt.empty()),
            rate.map(OptionalLong::of).orElse(OptionalLong.empty()),
            headers,
            isWithoutRanges,
            proxy,
            files,
            times));
  }

  private Optional<HostPattern> host(Fields fields) {
    if (!fields.has("host")) {
      problems.add(fields.lineOf("host"), "host: expected the name of a host, found nothing");
      return Optional.empty();
    }
    Optional<HostPattern> host = fields.value("host", HostPattern::parse);
    host.ifPresent(
        pattern -> {
          int line = fields.lineOf("host");
          Integer other = seen.putIfAbsent(pattern, line);
          if (other != null) {
            problems.add(
                line, "host '" + pattern + "': expected once, line " + other + " has it too");
          }
        });
    return host;
  }

  /** What a reference stands for is read with the file, and anew when that is edited. */
  private ProxyServer proxy(Fields fields, String text) {
    boolean isWhole = text.startsWith("{{") && text.indexOf("}}") == text.length() - 2;
    String resolved =
        isWhole
            ? references.resolved("proxy", text)
            : references.resolved("proxy", text, OriginBinder::escaped);
    try {
      ProxyServer proxy = ProxyServer.parse(resolved);
      if (!proxy.credentials().isEmpty() && !References.isIn(text)) {
        problems.warn(
            fields.lineOf("proxy"),
            "proxy: expected its password by reference, {{env:NAME}} or {{file:PATH}}, found it"
                + " written out");
      }
      return proxy;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("proxy: " + e.getMessage(), e);
    }
  }

  private static String escaped(String secret) {
    return URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static int maxConnections(String text) {
    if (!text.matches("[0-9]{1,4}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 1000) {
      throw new IllegalArgumentException(
          "maxConnections " + Quoted.of(text) + ": expected a number of 1 to 1000");
    }
    return Integer.parseInt(text);
  }

  private static boolean never(String text) {
    if (!text.equals("never")) {
      throw new IllegalArgumentException(
          "ranges " + Quoted.of(text) + ": expected never, or no such key");
    }
    return true;
  }
}
