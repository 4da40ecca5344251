package dev.dromedary.operate;

import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.SourceRecord;
import dev.dromedary.ledger.SourceStanding;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.SourcePage;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.routing.PollRequests;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.StopSignal;
import dev.dromedary.transfer.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean of {@link SourcesMXBean}. Thread-safe. */
final class Sources implements SourcesMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final SourceCatalog catalog;
  private final NamedSources names;
  private final OperatorLedger ledger;
  private final Standings standings;
  private final PollRequests requests;
  private final StopSignal stop;
  private final Runnable tick;
  private final SourceReport report;
  private final Clock clock;

  /** Creates the bean; {@code tick} lets the next poll begin now. */
  Sources(
      SourceCatalog catalog,
      OperatorLedger ledger,
      Standings standings,
      PollRequests requests,
      StopSignal stop,
      Runnable tick,
      Clock clock) {
    this.catalog = catalog;
    this.names = new NamedSources(catalog);
    this.ledger = ledger;
    this.standings = standings;
    this.requests = requests;
    this.stop = stop;
    this.tick = tick;
    this.clock = clock;
    this.report = new SourceReport(clock.instant());
  }

  @Override
  public int getCount() {
    return catalog.sources().size();
  }

  @Override
  public int getPausedCount() {
    return count(SourceStanding::isPaused);
  }

  @Override
  public int getFailingCount() {
    return count(standing -> standing.failuresInARow() > 0);
  }

  @Override
  public Map<String, Integer> getStates() {
    Map<String, SourceStanding> all = standings.lately();
    Map<String, Integer> states = new TreeMap<>();
    catalog
        .sources()
        .forEach(source -> states.merge(SourceState.of(standing(all, source)), 1, Integer::sum));
    return states;
  }

  @Override
  public SourcePage find(String filter, int offset, int limit) {
    SourceFilter wanted = SourceFilter.of(filter);
    Map<String, SourceStanding> all = wanted.needsStandings() ? standings.lately() : Map.of();
    int first = Math.max(0, offset);
    int size = Math.min(Math.max(1, limit), LARGEST_PAGE);
    List<Source> page = new ArrayList<>();
    int total = 0;
    for (Source source : catalog.sources()) {
      if (wanted.matches(source, standing(all, source))) {
        if (total >= first && page.size() < size) {
          page.add(source);
        }
        total++;
      }
    }
    return new SourcePage(total, first, reports(page));
  }

  @Override
  public @Nullable SourceStatus get(String id) {
    return catalog.find(id).map(source -> reports(List.of(source)).get(0)).orElse(null);
  }

  @Override
  public Change poll(String pattern) {
    catalog.refreshNow();
    List<String> named = names.of(pattern);
    if (stop.isDraining()) {
      return new Change(named.size(), 0, List.of("the service drains and takes nothing new"));
    }
    Map<String, SourceStanding> all = standings.now();
    List<String> wanted = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String id : named) {
      SourceStanding standing = all.getOrDefault(id, SourceStanding.UNKNOWN);
      if (standing.active() != null) {
        left.add(id + ": a transfer is " + standing.active().word());
      } else if (standing.isPaused()) {
        left.add(id + ": is paused");
      } else {
        wanted.add(id);
      }
    }
    LOG.info("msg=\"an operator polls\" sourceCount={} of=\"{}\"", wanted.size(), pattern);
    if (!wanted.isEmpty()) {
      requests.add(wanted);
      tick.run();
    }
    return new Change(named.size(), wanted.size(), left);
  }

  @Override
  public Change pause(String pattern) {
    List<String> named = names.of(pattern);
    int changed = ledger.pause(named);
    LOG.info("msg=\"an operator pauses\" sourceCount={} of=\"{}\"", changed, pattern);
    standings.now();
    return new Change(named.size(), changed, one(named, changed, "is paused already"));
  }

  @Override
  public Change resume(String pattern) {
    List<String> named = names.of(pattern);
    int changed = ledger.resume(named);
    LOG.info("msg=\"an operator resumes\" sourceCount={} of=\"{}\"", changed, pattern);
    standings.now();
    if (changed > 0) {
      tick.run();
    }
    return new Change(named.size(), changed, one(named, changed, "is not paused"));
  }

  private static List<String> one(List<String> named, int changed, String why) {
    return named.size() == 1 && changed == 0 ? List.of(named.get(0) + ": " + why) : List.of();
  }

  private int count(Predicate<SourceStanding> which) {
    Map<String, SourceStanding> all = standings.lately();
    return (int)
        catalog.sources().stream().filter(source -> which.test(standing(all, source))).count();
  }

  private static SourceStanding standing(Map<String, SourceStanding> all, Source source) {
    return all.getOrDefault(source.id(), SourceStanding.UNKNOWN);
  }

  private List<SourceStatus> reports(List<Source> page) {
    List<String> ids = page.stream().map(Source::id).toList();
    Map<String, SourceRecord> records = ledger.sources(ids);
    Map<String, TransferRecord> active = ledger.activeOf(ids);
    Instant now = clock.instant();
    return page.stream()
        .map(source -> report.of(source, records.get(source.id()), active.get(source.id()), now))
        .toList();
  }
}
