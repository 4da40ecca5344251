package dev.dromedary.routing;

import dev.dromedary.ledger.Ledger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A poll that enters the ledger with its first source. One thread at a time. */
final class OpenPoll {

  private final Ledger ledger;
  private final DueByRoom due;
  private @Nullable String id;

  OpenPoll(Ledger ledger, DueByRoom due) {
    this.ledger = ledger;
    this.due = due;
  }

  String id() {
    String begun = id == null ? ledger.beginPoll() : id;
    id = begun;
    return begun;
  }

  void end(int queued) {
    if (id != null) {
      ledger.endPoll(id, queued);
    }
  }

  /** Returns what is due and was not taken. */
  Stream<Object> left() {
    return due.left();
  }
}
