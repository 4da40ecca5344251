package dev.dromedary.app;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start is about to make on the disk, so that a start that fails leaves nothing new. */
final class StartTraces {

  private static final Logger LOG = LoggerFactory.getLogger(StartTraces.class);

  private final List<Path> missing = new ArrayList<>();
  private boolean isKept;

  /** Notes what is not there yet. */
  StartTraces(Path landing, Path work) {
    if (!Files.exists(work)) {
      Path ledger = WorkDirectory.ledger(work);
      Stream.of("-wal", "-shm", "").forEach(end -> missing.add(Path.of(ledger + end)));
      missing.add(WorkDirectory.staging(work));
      missing.add(work.resolve("dromedary.lock"));
      missing.add(work.resolve(TargetClaim.FILE));
    }
    noteMissing(work);
    noteMissing(landing);
  }

  /** Lets everything stay: the start succeeded. */
  void keep() {
    isKept = true;
  }

  /** Removes what was made, except directories that hold something else by now. */
  void erase() {
    if (isKept) {
      return;
    }
    for (Path path : missing) {
      try {
        Files.deleteIfExists(path);
      } catch (DirectoryNotEmptyException inUse) {
        return;
      } catch (IOException e) {
        LOG.warn("msg=\"left behind by a failed start\" path={} reason=\"{}\"", path, e.toString());
      }
    }
  }

  private void noteMissing(Path directory) {
    Path path = directory;
    while (path != null && !Files.exists(path)) {
      missing.remove(path);
      missing.add(path);
      path = path.getParent();
    }
  }
}
