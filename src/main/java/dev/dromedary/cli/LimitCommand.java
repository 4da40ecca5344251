package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.transfer.ByteSize;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dromedary limit}. */
@Command(
    name = "limit",
    header = "Show or change the limits of the running service.",
    description = {
      "",
      "A change holds at once, for what runs too, and until the next start. Rates are written"
          + " 500kB/s or 5MiB/s; 0 is no limit. Without an option the limits are shown.",
      ""
    },
    footer = {
      "  dromedary limit",
      "  dromedary limit --rate 5MiB/s",
      "  dromedary limit --origin mirror.example.org=1MiB/s --concurrency 2"
    })
final class LimitCommand extends ServiceCommand {

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      converter = OptionValue.Rate.class,
      description = "Bytes a second for all transfers together.")
  @Nullable String rate;

  @Option(names = "--origin", paramLabel = "HOST=RATE", description = "Bytes a second of one host.")
  Map<String, String> origins = Map.of();

  @Option(names = "--source", paramLabel = "ID=RATE", description = "Bytes a second of one source.")
  Map<String, String> sources = Map.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Transfers at the same time, up to what the service was started for.")
  @Nullable Integer concurrency;

  LimitCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(ServiceConnection service) {
    LimitsMXBean limits = service.limits();
    if (rate != null) {
      limits.setBytesPerSecond(ByteSize.parse(rate));
    }
    each(origins, limits::limitOrigin);
    each(sources, limits::limitSource);
    if (concurrency != null) {
      limits.setConcurrency(concurrency);
    }
    if (isJson) {
      json(ServiceText.limits(limits));
    } else {
      say(ServiceText.limitWords(limits));
    }
    return ExitStatus.OK;
  }

  private static void each(Map<String, String> rates, ObjLongConsumer<String> limit) {
    OptionValue.Rate written = new OptionValue.Rate();
    rates.forEach((name, text) -> limit.accept(name, ByteSize.parse(written.convert(text))));
  }
}
