package dev.dromedary.routing;

import org.jspecify.annotations.Nullable;

/** Who asks a host over a connection that it was granted by {@link RunConnections}. */
interface ConnectionHolder {

  /** Returns the host whose connection it holds; null while it has none. */
  @Nullable String slot();

  /** Notes the host whose connection it holds now. */
  void holds(@Nullable String ofHost);

  /** Says whether its transfer receives over other connections meanwhile. */
  boolean hasOthers();
}
