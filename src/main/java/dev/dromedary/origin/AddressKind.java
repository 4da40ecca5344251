package dev.dromedary.origin;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells addresses of the public internet from all others: this machine, its neighbours, a cloud's
 * metadata service, and every notation that carries one of those inside an IPv6 address. Pure.
 * Source: the special-purpose address registries of IANA, RFC 6890.
 */
final class AddressKind {

  private static final List<Special> SPECIAL =
      List.of(
          special("0.0.0.0/8", "unspecified"),
          special("10.0.0.0/8", "private"),
          special("100.64.0.0/10", "shared by a carrier"),
          special("127.0.0.0/8", "loopback"),
          special("168.63.129.16", "a metadata service"),
          special("169.254.0.0/16", "link-local"),
          special("172.16.0.0/12", "private"),
          special("192.0.0.0/24", "for protocols"),
          special("192.0.2.0/24", "for documentation"),
          special("192.88.99.0/24", "a 6to4 relay"),
          special("192.168.0.0/16", "private"),
          special("198.18.0.0/15", "for benchmarks"),
          special("198.51.100.0/24", "for documentation"),
          special("203.0.113.0/24", "for documentation"),
          special("224.0.0.0/4", "multicast"),
          special("240.0.0.0/4", "reserved"),
          special("::/128", "unspecified"),
          special("::1/128", "loopback"),
          special("64:ff9b:1::/48", "translated to a local IPv4 address"),
          special("2001::/23", "for protocols"),
          special("2001:db8::/32", "for documentation"),
          special("3fff::/20", "for documentation"),
          special("fc00::/7", "unique-local"),
          special("fe80::/10", "link-local"),
          special("fec0::/10", "site-local"),
          special("ff00::/8", "multicast"));

  /** Where an IPv4 address stands within an IPv6 address that carries one. */
  private static final List<Carrier> CARRIERS =
      List.of(
          carrier("::/96", 12),
          carrier("::ffff:0:0:0/96", 12),
          carrier("64:ff9b::/96", 12),
          carrier("2002::/16", 2));

  /** The only IPv6 addresses that are handed out for the public internet. */
  private static final AddressBlock GLOBAL = AddressBlock.parse("2000::/3");

  private static final int IPV4_BYTES = 4;
  private static final int ISATAP_AT = 8;
  private static final List<byte[]> ISATAP =
      List.of(new byte[] {0, 0, 0x5e, (byte) 0xfe}, new byte[] {2, 0, 0x5e, (byte) 0xfe});

  private AddressKind() {}

  /** Returns what an address is instead of public, for a user; empty for a public one. */
  static Optional<String> notPublic(InetAddress address) {
    return notPublic(address.getAddress());
  }

  /** Judges the bytes: {@link InetAddress} takes an IPv4-mapped address for an IPv4 one. */
  static Optional<String> notPublic(byte[] address) {
    for (Special special : SPECIAL) {
      if (special.block().contains(address)) {
        return Optional.of(special.kind());
      }
    }
    if (address.length == IPV4_BYTES) {
      return Optional.empty();
    }
    if (isMapped(address)) {
      return carried(address, 12);
    }
    for (Carrier carrier : CARRIERS) {
      if (carrier.block().contains(address)) {
        return carried(address, carrier.at());
      }
    }
    if (!GLOBAL.contains(address)) {
      return Optional.of("not of the public internet");
    }
    boolean isIsatap =
        ISATAP.stream()
            .anyMatch(mark -> Arrays.equals(mark, 0, 4, address, ISATAP_AT, ISATAP_AT + 4));
    return isIsatap ? carried(address, 12) : Optional.empty();
  }

  private static Optional<String> carried(byte[] address, int at) {
    return notPublic(Arrays.copyOfRange(address, at, at + IPV4_BYTES))
        .map(kind -> "an IPv4 address in IPv6 that is " + kind);
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == -1 && address[11] == -1;
  }

  private static Special special(String block, String kind) {
    return new Special(AddressBlock.parse(block), kind);
  }

  private static Carrier carrier(String block, int at) {
    return new Carrier(AddressBlock.parse(block), at);
  }

  private record Special(AddressBlock block, String kind) {}

  private record Carrier(AddressBlock block, int at) {}
}
