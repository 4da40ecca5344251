package dev.dromedary.operate;

import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TimeSpan;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Sources as entries of a source list in YAML. Pure. */
final class SourceYaml {

  private SourceYaml() {}

  /** Says whether what the entry needs may be nobody else's business. */
  static boolean mayHoldSecrets(Source source) {
    return !source.headers().isEmpty()
        || source.urls().stream().anyMatch(SourceYaml::mayHoldSecrets)
        || source.digestFile().map(DigestFile::url).filter(SourceYaml::mayHoldSecrets).isPresent();
  }

  private static boolean mayHoldSecrets(URI url) {
    return url.getRawQuery() != null || url.getRawUserInfo() != null;
  }

  /** Says whether an entry would leave out what guards the source. */
  static boolean isGuarded(Source source) {
    return !source.guards().equals(Guards.NONE);
  }

  static String comment(String id, String why) {
    return "  # " + quoted(id) + " " + why + "\n";
  }

  static String entry(Source source) {
    StringBuilder entry = new StringBuilder();
    entry.append("  - id: ").append(quoted(source.id())).append('\n');
    key(entry, "urls", flow(source.urls().stream().map(URI::toString).toList()));
    key(entry, "to", quoted(source.target()));
    if (!source.digests().isEmpty()) {
      key(entry, "digest", flow(source.digests().stream().map(SourceYaml::text).toList()));
    }
    source.digestFile().ifPresent(file -> key(entry, "digestFrom", quoted(file.url().toString())));
    source.sizeBytes().ifPresent(size -> key(entry, "size", Long.toString(size)));
    if (source.schedule() instanceof Schedule.Cron cron) {
      key(entry, "cron", quoted(cron.expression()));
      key(entry, "zone", quoted(cron.zone().getId()));
    } else {
      key(entry, "every", TimeSpan.exact(((Schedule.Every) source.schedule()).interval()));
    }
    source.connections().ifPresent(many -> key(entry, "connections", Integer.toString(many)));
    source.bytesPerSecond().ifPresent(rate -> key(entry, "rate", Long.toString(rate)));
    if (source.allowUnknownLength()) {
      key(entry, "allowUnknownLength", "true");
    }
    if (source.allowContentEncoding()) {
      key(entry, "allowContentEncoding", "true");
    }
    return entry.toString();
  }

  private static void key(StringBuilder entry, String name, String value) {
    entry.append("    ").append(name).append(": ").append(value).append('\n');
  }

  private static String text(ExpectedDigest digest) {
    return digest.algorithm().label() + "=" + digest.hex();
  }

  private static String flow(List<String> texts) {
    return texts.stream().map(SourceYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
