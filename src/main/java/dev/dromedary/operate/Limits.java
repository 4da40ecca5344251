package dev.dromedary.operate;

import dev.dromedary.observe.HostConnections;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.origin.OriginSlots;
import dev.dromedary.routing.ConnectionLimits;
import dev.dromedary.routing.RateLimits;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.TransferGate;
import dev.dromedary.routing.TransferQueues;
import dev.dromedary.routing.TransferServices;
import dev.dromedary.source.HostPattern;
import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean of {@link LimitsMXBean}. Thread-safe. */
final class Limits implements LimitsMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

  private final RateLimits rates;
  private final ConnectionLimits connections;
  private final OriginSlots slots;
  private final TransferGate gate;
  private final TransferQueues queues;
  private final SourceCatalog catalog;
  private final ServiceFacts facts;

  /** Creates the bean. */
  Limits(TransferServices services, Management.Levers levers, ServiceFacts facts) {
    this.rates = levers.rates();
    this.connections = levers.connections();
    this.slots = services.slots();
    this.gate = levers.gate();
    this.queues = levers.queues();
    this.catalog = services.catalog();
    this.facts = facts;
  }

  @Override
  public long getBytesPerSecond() {
    return rates.global();
  }

  @Override
  public void setBytesPerSecond(long bytesPerSecond) {
    if (bytesPerSecond == CONFIGURED) {
      rates.globalAsConfigured();
    } else {
      rates.global(notNegative(bytesPerSecond));
    }
    LOG.info("msg=\"an operator limits\" limitBytesPerSecond={}", told(bytesPerSecond));
  }

  @Override
  public Map<String, Long> getOriginBytesPerSecond() {
    return new TreeMap<>(rates.origins());
  }

  @Override
  public Map<String, Long> getSourceBytesPerSecond() {
    Map<String, Long> some = new TreeMap<>();
    rates.sources().entrySet().stream()
        .limit(MOST_SOURCES)
        .forEach(source -> some.put(source.getKey(), source.getValue()));
    return some;
  }

  @Override
  public List<String> getByHand() {
    List<String> byHand = new ArrayList<>();
    if (rates.isGlobalByHand()) {
      byHand.add("rate");
    }
    if (gate.isWidthByHand()) {
      byHand.add("concurrency");
    }
    if (connections.isPerHostByHand()) {
      byHand.add("connections");
    }
    rates.originsByHand().forEach(host -> byHand.add("rate of " + host));
    connections.hostsByHand().forEach(host -> byHand.add("connections of " + host));
    rates.sourcesByHand().stream()
        .limit(MOST_SOURCES)
        .forEach(id -> byHand.add("rate of source " + id));
    return byHand;
  }

  @Override
  public List<String> getUnnamedHosts() {
    Set<String> used = slots.uses().keySet();
    return Stream.concat(rates.originsByHand().stream(), connections.hostsByHand().stream())
        .map(HostPattern::parse)
        .filter(host -> used.stream().noneMatch(host::matches) && !catalog.names(host))
        .map(HostPattern::toString)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public int getConnectionsPerHost() {
    return connections.perHost();
  }

  @Override
  public void setConnectionsPerHost(int many) {
    if (many == CONFIGURED) {
      connections.perHostAsConfigured();
    } else {
      connections.perHost(many);
    }
    LOG.info("msg=\"an operator limits\" limitConnectionsPerHost={}", told(many));
  }

  @Override
  public Map<String, Integer> getOriginConnections() {
    return connections.hosts();
  }

  @Override
  public List<HostConnections> getHosts() {
    Map<String, OriginSlots.Use> uses = slots.uses();
    Map<String, Integer> heldBack = queues.heldBack();
    Set<String> hosts = new TreeSet<>(uses.keySet());
    hosts.addAll(heldBack.keySet());
    return hosts.stream()
        .map(host -> told(host, uses.get(host), heldBack.getOrDefault(host, 0)))
        .toList();
  }

  private HostConnections told(String host, OriginSlots.@Nullable Use use, int heldBack) {
    return use == null
        ? new HostConnections(host, slots.mostConnections(host), 0, heldBack)
        : new HostConnections(host, use.granted(), use.used(), use.waiting() + heldBack);
  }

  @Override
  public int getConnectionsPerTransfer() {
    return facts.connectionsPerTransfer();
  }

  @Override
  public int getConcurrency() {
    return gate.width();
  }

  @Override
  public void setConcurrency(int transfers) {
    if (transfers == CONFIGURED) {
      gate.widthAsConfigured();
      LOG.info("msg=\"an operator limits\" limitConcurrency={}", told(transfers));
      return;
    }
    if (transfers < 1 || transfers > facts.maxConcurrency()) {
      throw new IllegalArgumentException(
          "concurrency "
              + transfers
              + ": expected 1 to "
              + facts.maxConcurrency()
              + "; more needs a start with a larger dromedary.transfer.concurrency");
    }
    gate.width(transfers);
    LOG.info("msg=\"an operator limits\" limitConcurrency={}", told(transfers));
  }

  @Override
  public int getMaxConcurrency() {
    return facts.maxConcurrency();
  }

  @Override
  public void limitOrigin(String host, long bytesPerSecond) {
    if (bytesPerSecond == CONFIGURED) {
      rates.originAsConfigured(host);
    } else {
      rates.origin(host, notNegative(bytesPerSecond));
    }
    LOG.info(
        "msg=\"an operator limits\" origin={} limitBytesPerSecond={}", host, told(bytesPerSecond));
  }

  @Override
  public void limitOriginConnections(String host, int many) {
    if (many == CONFIGURED) {
      connections.hostAsConfigured(host);
    } else {
      connections.host(host, many);
    }
    LOG.info("msg=\"an operator limits\" origin={} limitConnections={}", host, told(many));
  }

  @Override
  public void limitSource(String id, long bytesPerSecond) {
    if (catalog.find(id).isEmpty()) {
      throw new IllegalArgumentException(
          "source '" + id + "': not in the source list" + NearestName.hint(id, ids()));
    }
    if (bytesPerSecond == CONFIGURED) {
      rates.sourceAsConfigured(id);
    } else {
      rates.source(id, notNegative(bytesPerSecond));
    }
    LOG.info(
        "source={} msg=\"an operator limits\" limitBytesPerSecond={}", id, told(bytesPerSecond));
  }

  /** Returns a number, or the word for what takes it back. */
  private static Object told(long value) {
    return value == CONFIGURED ? "configured" : (Object) value;
  }

  private List<String> ids() {
    return catalog.sources().stream().map(Source::id).toList();
  }

  private static long notNegative(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "bytes a second "
              + bytesPerSecond
              + ": expected 0 for no limit, -1 for what the configuration says, or more");
    }
    return bytesPerSecond;
  }
}
