package dev.dromedary.cli;

import dev.dromedary.observe.HostConnections;
import dev.dromedary.observe.LimitsMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The limits of a running service, as rows of text and as fields of JSON. */
final class LimitText {

  private static final String UNNAMED =
      " is named by no source: its limit holds where a redirect leads there";

  private LimitText() {}

  static Map<String, Object> fields(LimitsMXBean limits) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("maxBytesPerSecond", limits.getBytesPerSecond());
    fields.put("originBytesPerSecond", limits.getOriginBytesPerSecond());
    fields.put("sourceBytesPerSecond", limits.getSourceBytesPerSecond());
    fields.put("connectionsPerHost", limits.getConnectionsPerHost());
    fields.put("originConnections", limits.getOriginConnections());
    fields.put("connectionsPerTransfer", limits.getConnectionsPerTransfer());
    fields.put("concurrency", limits.getConcurrency());
    fields.put("maxConcurrency", limits.getMaxConcurrency());
    fields.put("byHand", limits.getByHand());
    fields.put("unnamedHosts", limits.getUnnamedHosts());
    fields.put("hosts", limits.getHosts());
    return fields;
  }

  /** Returns what holds for all, then a row for each host and source with a limit of its own. */
  static List<String> lines(LimitsMXBean limits) {
    Set<String> byHand = Set.copyOf(limits.getByHand());
    UnaryOperator<String> mark = what -> byHand.contains(what) ? " (by hand)" : "";
    List<String> lines = new ArrayList<>();
    lines.add(
        rate(limits.getBytesPerSecond())
            + " in all"
            + mark.apply("rate")
            + ", "
            + Words.many(limits.getConcurrency(), "transfer")
            + " at a time (up to "
            + limits.getMaxConcurrency()
            + ")"
            + mark.apply("concurrency")
            + ", "
            + Words.many(limits.getConnectionsPerTransfer(), "connection")
            + " a transfer, "
            + limits.getConnectionsPerHost()
            + " a host"
            + mark.apply("connections"));
    limits
        .getOriginBytesPerSecond()
        .forEach(
            (host, most) -> lines.add(host + " " + rate(most) + mark.apply("rate of " + host)));
    limits
        .getOriginConnections()
        .forEach(
            (host, most) ->
                lines.add(
                    host
                        + " at most "
                        + Words.many(most, "connection")
                        + mark.apply("connections of " + host)));
    limits
        .getSourceBytesPerSecond()
        .forEach(
            (id, most) ->
                lines.add("source " + id + " " + rate(most) + mark.apply("rate of source " + id)));
    limits.getHosts().forEach(host -> lines.add(inUse(host)));
    limits.getUnnamedHosts().forEach(host -> lines.add(host + UNNAMED));
    return lines;
  }

  private static String inUse(HostConnections host) {
    return host.host()
        + " uses "
        + host.used()
        + " of "
        + Words.many(host.granted(), "connection")
        + (host.waitingTransfers() == 0
            ? ""
            : ", transfers that wait for one: " + host.waitingTransfers());
  }

  private static String rate(long bytesPerSecond) {
    return bytesPerSecond == 0 ? "no limit" : Words.rate(bytesPerSecond);
  }
}
