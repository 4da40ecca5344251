package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.source.IdPattern;
import java.util.ArrayList;
import java.util.List;
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
    List<TransferStatus> all = new ArrayList<>(service.transfers().getRunning());
    all.addAll(service.transfers().getWaiting());
    if (!names.isEmpty()) {
      all.addAll(service.transfers().getQueued());
    }
    all.removeIf(one -> !isWanted(one));
    service.transfers().getRecent().stream().filter(this::isWanted).limit(recent).forEach(all::add);
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
      ServiceText.transfers(all, environment().outTerminal()).forEach(environment().out()::println);
    }
    return ExitStatus.OK;
  }

  private boolean isWanted(TransferStatus transfer) {
    return names.isEmpty()
        || names.contains(transfer.transfer())
        || names.stream().anyMatch(name -> IdPattern.of(name).matches(transfer.source()));
  }
}
