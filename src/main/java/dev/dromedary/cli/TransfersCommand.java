package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.source.IdPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dromedary transfers}: what runs, waits and ended lately. */
@Command(
    name = "transfers",
    header = "List the transfers that run, wait for their next attempt, or ended lately.",
    description = {
      "",
      "Those that run come first, then those that wait, then those that ended, the last first. With"
          + " --json also the ranges of bytes that are here and that are being fetched. What waits for"
          + " its turn is listed where an ID names it.",
      ""
    },
    footer = {
      "  dromedary transfers",
      "  dromedary transfers 'nightly-*'",
      "  dromedary transfers --recent 200 --json"
    })
final class TransfersCommand extends ServiceCommand {

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description =
          "Only those: a transfer's id, a source's id, or a pattern of sources with * and ?.")
  List<String> names = List.of();

  @Option(
      names = "--recent",
      paramLabel = "N",
      converter = OptionValue.Ended.class,
      defaultValue = "20",
      description = "Show so many that have ended, up to 200 (default: 20).")
  int recent;

  TransfersCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(ServiceConnection service) {
    List<TransferStatus> all = listed(service.transfers());
    names.stream()
        .filter(name -> all.stream().noneMatch(one -> isNamed(one, name)))
        .map(name -> lookUp(service, name))
        .filter(Objects::nonNull)
        .forEach(all::add);
    if (all.isEmpty() && !names.isEmpty()) {
      String named = String.join(" ", names);
      return complain(
          "nothing of '"
              + named
              + "' runs, waits or ended lately; 'dromedary sources ID' tells"
              + " how a source stands");
    }
    if (isJson) {
      all.forEach(this::json);
    } else {
      Instant now = environment().clock().instant();
      ServiceText.transfers(all, environment().outTerminal(), now)
          .forEach(environment().out()::println);
    }
    return ExitStatus.OK;
  }

  /** What is queued is asked for first, so that what begins meanwhile is seen as it runs. */
  private List<TransferStatus> listed(TransfersMXBean transfers) {
    List<TransferStatus> queued = names.isEmpty() ? List.of() : transfers.getQueued();
    Stream<TransferStatus> open =
        Stream.of(transfers.getRunning(), transfers.getWaiting(), queued).flatMap(List::stream);
    Stream<TransferStatus> ended =
        transfers.getRecent().stream().filter(this::isWanted).limit(recent);
    Map<String, TransferStatus> all = new LinkedHashMap<>();
    Stream.concat(open.filter(this::isWanted), ended)
        .forEach(one -> all.putIfAbsent(one.transfer(), one));
    return new ArrayList<>(all.values());
  }

  /** Looks for one that is not among those that are listed, of which there may be more. */
  private static @Nullable TransferStatus lookUp(ServiceConnection service, String name) {
    SourceStatus source = service.sources().get(name);
    String id = source == null ? name : source.transfer();
    return id == null ? null : service.transfers().get(id);
  }

  private boolean isWanted(TransferStatus transfer) {
    return names.isEmpty() || names.stream().anyMatch(name -> isNamed(transfer, name));
  }

  private static boolean isNamed(TransferStatus transfer, String name) {
    return transfer.transfer().equals(name) || IdPattern.of(name).matches(transfer.source());
  }
}
