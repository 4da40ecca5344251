package dev.dromedary.app;

import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TimeSpan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sources that are to be polled more often than anybody looks which of them are due. */
final class HastySchedules {

  /** A source and how often it is to be polled. */
  private record Hasty(String id, Duration every) {}

  private HastySchedules() {}

  /** Returns what a user is warned of where there are some. */
  static Optional<Problem> warning(RunRequest request, Settings settings, List<Source> sources) {
    Duration interval = settings.poll().interval();
    List<Hasty> hasty =
        sources.stream()
            .flatMap(HastySchedules::everyOf)
            .filter(source -> source.every().compareTo(interval) < 0)
            .sorted(Comparator.comparing(Hasty::every))
            .toList();
    return hasty.stream()
        .findFirst()
        .map(
            first ->
                SettingPlaces.problem(
                    request,
                    SettingKey.POLL_INTERVAL,
                    SettingKey.POLL_INTERVAL.key()
                        + ": expected at most "
                        + TimeSpan.exact(first.every())
                        + ", for source '"
                        + first.id()
                        + "'"
                        + (hasty.size() == 1 ? " is" : " and " + (hasty.size() - 1) + " more are")
                        + " to be polled as often, found "
                        + TimeSpan.exact(interval)));
  }

  private static Stream<Hasty> everyOf(Source source) {
    return source.schedule() instanceof Schedule.Every every
        ? Stream.of(new Hasty(source.id(), every.interval()))
        : Stream.empty();
  }
}
