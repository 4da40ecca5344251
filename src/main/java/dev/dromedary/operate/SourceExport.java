package dev.dromedary.operate;

import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.transfer.Source;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;

/** Some sources of a list as a list of their own. */
public final class SourceExport {

  private SourceExport() {}

  /**
   * Returns the named sources as YAML, without secrets: one with headers, guards or a query in a
   * URL is only named, in a comment. The first line is a comment that tells of which list they are.
   */
  public static String of(SourceCatalog catalog, Collection<String> ids) {
    StringBuilder list = new StringBuilder();
    int written = 0;
    Collection<String> each = new LinkedHashSet<>(ids);
    for (String id : each) {
      Source source = catalog.find(id).orElse(null);
      if (source == null) {
        list.append(SourceYaml.comment(id, "is not in the source list any more"));
      } else if (SourceYaml.mayHoldSecrets(source) || SourceYaml.isGuarded(source)) {
        list.append(
            SourceYaml.comment(id, "has headers, a query or guards: take it from the source list"));
      } else {
        list.append(SourceYaml.entry(source));
        written++;
      }
    }
    String from = catalog.file().map(Path::toString).orElse("the command line");
    String head =
        "# " + written + " of " + each.size() + " sources of dead letters, out of " + from;
    return head.replaceAll("\\p{Cntrl}", " ")
        + (written == 0 ? "\nsources: []\n" : "\nsources:\n")
        + list;
  }
}
