package dev.dromedary.routing;

import java.util.HashMap;
import java.util.Map;

/** Counts the rests of hosts that a transfer has met. Not thread-safe. */
final class RestsMet {

  private final Map<String, Met> ofHosts = new HashMap<>();

  /**
   * Notes that a host rests.
   *
   * @param rest which rest it is since the host answered last, from 1
   * @return how many of its rests were met by now with no answer of the host between them
   */
  int met(String host, int rest) {
    Met before = ofHosts.getOrDefault(host, new Met(0, 0));
    int many = before.many();
    if (rest < before.last()) {
      many = 1;
    } else if (rest > before.last()) {
      many++;
    }
    ofHosts.put(host, new Met(rest, many));
    return many;
  }

  private record Met(int last, int many) {}
}
