package dev.dromedary.origin;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the operator lets pass the guard: hosts by their name, addresses by their block. Immutable,
 * thread-safe.
 *
 * @param names host names in lower case, without a dot at the end; each stands for itself alone
 * @param blocks addresses, whatever the name that leads there
 */
record AllowedHosts(Set<String> names, List<AddressBlock> blocks) {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*\\.?");

  AllowedHosts {
    names = Set.copyOf(names);
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads host names, addresses and blocks, set apart by commas or blanks; nothing for none.
   *
   * @throws IllegalArgumentException when something is none of them
   */
  static AllowedHosts parse(String text) {
    Set<String> names = new TreeSet<>();
    List<AddressBlock> blocks = new ArrayList<>();
    for (String entry : text.strip().split("[,\\s]+")) {
      String bare =
          entry.startsWith("[") && entry.endsWith("]")
              ? entry.substring(1, entry.length() - 1)
              : entry;
      if (AddressBlock.isLiteral(bare)) {
        blocks.add(AddressBlock.parse(bare));
      } else if (NAME.matcher(entry).matches()) {
        names.add(normalised(entry));
      } else if (!entry.isEmpty()) {
        throw new IllegalArgumentException(
            "'" + entry + "': expected a host name, an address or a block such as 10.1.0.0/16");
      }
    }
    return new AllowedHosts(names, blocks);
  }

  boolean allowsName(String host) {
    return names.contains(normalised(host));
  }

  boolean allows(String host, InetAddress address) {
    return allowsName(host) || blocks.stream().anyMatch(block -> block.contains(address));
  }

  private static String normalised(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
