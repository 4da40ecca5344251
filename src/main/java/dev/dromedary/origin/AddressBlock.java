package dev.dromedary.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Addresses that share their first bits, as {@code 10.0.0.0/8}. Immutable, thread-safe.
 *
 * @param first the lowest address: 4 or 16 bytes
 * @param bits how many bits are shared, 0 to the length of an address
 */
record AddressBlock(InetAddress first, int bits) {

  /** Numbers only: a name would be looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:][0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  AddressBlock {
    int longest = first.getAddress().length * 8;
    if (bits < 0 || bits > longest) {
      throw new IllegalArgumentException("/" + bits + ": expected 0 to " + longest + " bits");
    }
  }

  /**
   * Reads {@code ADDRESS/BITS}, or an address alone for itself; never asks a name server.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!LITERAL.matcher(address).matches()) {
      throw new IllegalArgumentException("'" + text + "': expected an address");
    }
    try {
      InetAddress first = InetAddress.getByName(address);
      String bits = slash < 0 ? "" : text.substring(slash + 1);
      if (slash >= 0 && !bits.matches("[0-9]{1,3}")) {
        throw new IllegalArgumentException("'" + text + "': expected a number behind '/'");
      }
      int longest = first.getAddress().length * 8;
      return new AddressBlock(first, slash < 0 ? longest : Integer.parseInt(bits));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "': expected an address", e);
    }
  }

  /** Says whether a text is written as an address or a block of them. */
  static boolean isLiteral(String text) {
    return LITERAL.matcher(text.split("/", 2)[0]).matches();
  }

  boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  /** Says whether it holds an address of 4 or 16 bytes; one of the other length never. */
  boolean contains(byte[] address) {
    byte[] own = first.getAddress();
    if (own.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(own, 0, whole, address, 0, whole)
        && (rest == 0 || (own[whole] ^ address[whole]) >> (8 - rest) == 0);
  }
}
