package dev.dromedary.ledger;

import java.util.Collection;
import java.util.Collections;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** One question about many ids, which costs little more than one about a single id. */
final class AnyOf {

  private AnyOf() {}

  /**
   * Puts the ids behind a statement that ends in {@code IN}.
   *
   * @param ids some thousands at most, for each is a parameter; none finds nothing
   */
  static Query query(Handle handle, String statement, Collection<String> ids) {
    String places = String.join(",", Collections.nCopies(ids.size(), "?"));
    Query query = handle.createQuery(statement + " (" + (ids.isEmpty() ? "NULL" : places) + ")");
    int place = 0;
    for (String id : ids) {
      query.bind(place, id);
      place++;
    }
    return query;
  }
}
