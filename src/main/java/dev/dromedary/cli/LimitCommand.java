package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.source.HostPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dromedary limit}. */
@Command(
    name = "limit",
    header = "Show or change the limits of the running service.",
    description = {
      "",
      "A change holds for what runs too, rates at once, fewer connections as their parts end, and"
          + " until the next start. Rates are written 500kB/s or 5MiB/s; 0 is no limit. 'configured'"
          + " takes back what was set by hand, whichever it is. Without an option the limits are"
          + " shown, and the connections that each host is granted and has.",
      ""
    },
    footer = {
      "  dromedary limit",
      "  dromedary limit --rate 5MiB/s",
      "  dromedary limit --origin mirror.example.org=1MiB/s --concurrency 2",
      "  dromedary limit --connections 4 --host mirror.example.org",
      "  dromedary limit --rate configured --origin mirror.example.org=configured"
    })
final class LimitCommand extends ServiceCommand {

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      converter = OptionValue.RateLimit.class,
      description = "Bytes a second for all transfers together, or 'configured'.")
  @Nullable Long rate;

  @Option(
      names = "--origin",
      paramLabel = "HOST=RATE",
      converter = OptionValue.OriginRate.class,
      description = "Bytes a second of one host, or 'configured'.")
  List<OptionValue.NamedRate> origins = List.of();

  @Option(
      names = "--source",
      paramLabel = "ID=RATE",
      converter = OptionValue.SourceRate.class,
      description = "Bytes a second of one source, or 'configured'.")
  List<OptionValue.NamedRate> sources = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = OptionValue.Concurrency.class,
      description =
          "Transfers at the same time, up to 32 or what the service was started for, or"
              + " 'configured'.")
  @Nullable Integer concurrency;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = OptionValue.HostConnections.class,
      description =
          "Connections of all transfers together to each host, or with --host to that one; or"
              + " 'configured'.")
  @Nullable Integer connections;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The host that --connections is for, or a pattern *.HOST.")
  @Nullable String host;

  LimitCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(ServiceConnection service) {
    if (host != null && connections == null) {
      throw new UsageException("--host " + host + ": expected --connections N with it");
    }
    LimitsMXBean limits = service.limits();
    requireAccepted(limits.getMaxConcurrency());
    for (OptionValue.NamedRate source : sources) {
      if (service.sources().get(source.name()) == null) {
        return refused(limits, source.name());
      }
    }
    if (rate != null) {
      limits.setBytesPerSecond(rate);
    }
    origins.forEach(origin -> limits.limitOrigin(origin.name(), origin.bytesPerSecond()));
    sources.forEach(source -> limits.limitSource(source.name(), source.bytesPerSecond()));
    if (concurrency != null) {
      limits.setConcurrency(concurrency);
    }
    if (connections != null) {
      connections(limits, connections);
    }
    if (isJson) {
      json(LimitText.fields(limits));
    } else {
      LimitText.lines(limits).forEach(this::say);
    }
    return ExitStatus.OK;
  }

  /** What the service would refuse is told before anything is changed. */
  private void requireAccepted(int most) {
    origins.forEach(origin -> HostPattern.parse(origin.name()));
    if (host != null) {
      HostPattern.parse(host);
    }
    if (concurrency != null && concurrency > most) {
      throw new UsageException(
          "--concurrency "
              + concurrency
              + ": expected at most "
              + most
              + ", which the service has been started with; more needs a start with a larger"
              + " dromedary.transfer.concurrency");
    }
  }

  private void connections(LimitsMXBean limits, int many) {
    if (host == null) {
      limits.setConnectionsPerHost(many);
    } else {
      limits.limitOriginConnections(host, many);
    }
  }

  /** Only the service knows which id was probably meant. */
  private int refused(LimitsMXBean limits, String id) {
    try {
      limits.limitSource(id, 0);
      return nothingMatches(id);
    } catch (IllegalArgumentException why) {
      return complain(String.valueOf(why.getMessage()));
    }
  }
}
