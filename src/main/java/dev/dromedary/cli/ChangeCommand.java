package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    if (isJson) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("matched", matched);
      fields.put("changed", changed);
      fields.put("left", left);
      json(fields);
    } else if (matched > 0) {
      say(changed + " of " + matched + " " + done());
      left.forEach(why -> environment().err().println("dromedary: " + TerminalText.escape(why)));
    }
    return changed == 0 && !isDoneTwice() ? ExitStatus.FAILED : status;
  }
}
