package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import java.util.ArrayList;
import java.util.List;

/** A command that changes what its arguments name, and says of how many it did. */
abstract class ChangeCommand extends ServiceCommand {

  ChangeCommand(CliEnvironment environment) {
    super(environment);
  }

  /** Returns what is named; each is one call. */
  abstract List<String> named();

  /** Changes what one argument names. */
  abstract Change change(ServiceConnection service, String named);

  /** Says what was done, in one word: {@code paused}. */
  abstract String done();

  /** Says whether it is as wished when it was so before. */
  boolean isDoneTwice() {
    return false;
  }

  @Override
  int run(ServiceConnection service) {
    int matched = 0;
    int changed = 0;
    int status = ExitStatus.OK;
    List<String> left = new ArrayList<>();
    for (String name : named()) {
      Change change = change(service, name);
      matched += change.matched();
      changed += change.changed();
      left.addAll(change.left());
      if (change.matched() == 0) {
        status = nothingMatches(name);
      }
    }
    tell(new Change(matched, changed, left), done());
    return changed == 0 && !isDoneTwice() ? ExitStatus.FAILED : status;
  }
}
