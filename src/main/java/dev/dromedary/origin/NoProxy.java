package dev.dromedary.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which hosts are asked without the proxy of the environment, as {@code no_proxy} has it: names,
 * which mean what is below them too, addresses, blocks of them and {@code *}, each but the last
 * with a port or without. This machine is among them. What it cannot read it leaves out, as other
 * programs do. Immutable, thread-safe.
 *
 * @param all whether every host is
 * @param names in lower case, without a dot in front; {@code :PORT} behind those that have one
 * @param blocks of addresses
 */
record NoProxy(boolean all, List<String> names, List<AddressBlock> blocks) {

  NoProxy {
    names = List.copyOf(names);
    blocks = List.copyOf(blocks);
  }

  static NoProxy parse(String text) {
    boolean all = false;
    List<String> names = new ArrayList<>(List.of("localhost"));
    List<AddressBlock> blocks =
        new ArrayList<>(List.of(AddressBlock.parse("127.0.0.0/8"), AddressBlock.parse("::1")));
    for (String entry : text.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      String bare = entry.replaceAll("^\\[(.*)]$", "$1");
      if (entry.equals("*")) {
        all = true;
      } else if (AddressBlock.isLiteral(bare)) {
        block(bare, blocks, names);
      } else if (!entry.isEmpty()) {
        names.add(entry.replaceFirst("^\\*?\\.", "").replaceFirst("\\.$", ""));
      }
    }
    return new NoProxy(all, names, blocks);
  }

  /** An address with a port looks like one too; what is neither is never met. */
  private static void block(String text, List<AddressBlock> blocks, List<String> names) {
    try {
      blocks.add(AddressBlock.parse(text));
    } catch (IllegalArgumentException none) {
      names.add(text);
    }
  }

  /** Says whether a server is asked without a proxy. */
  boolean holds(AskedServer server) {
    String host = server.host().replaceAll("^\\[(.*)]$", "$1").replaceFirst("\\.$", "");
    return all
        || isNamed(host)
        || isNamed(host + ":" + server.port())
        || (AddressBlock.isLiteral(host) && isWithin(AddressBlock.parse(host)));
  }

  private boolean isNamed(String text) {
    return names.stream().anyMatch(name -> text.equals(name) || text.endsWith("." + name));
  }

  private boolean isWithin(AddressBlock address) {
    return blocks.stream().anyMatch(block -> block.contains(address.first()));
  }
}
