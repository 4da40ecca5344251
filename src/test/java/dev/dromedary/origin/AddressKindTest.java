package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressKindTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "10.255.0.1, private",
    "100.64.0.1, shared by a carrier",
    "100.100.100.200, shared by a carrier",
    "100.127.255.255, shared by a carrier",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "168.63.129.16, a metadata service",
    "169.254.169.254, link-local",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.0.0.192, for protocols",
    "192.168.1.1, private",
    "198.19.0.1, for benchmarks",
    "224.0.0.1, multicast",
    "255.255.255.255, reserved",
    "::, unspecified",
    "::1, loopback",
    "::ffff:10.0.0.1, private",
    "::10.0.0.1, an IPv4 address in IPv6 that is private",
    "64:ff9b::a00:1, an IPv4 address in IPv6 that is private",
    "64:ff9b::a9fe:a9fe, an IPv4 address in IPv6 that is link-local",
    "64:ff9b:1::1, translated to a local IPv4 address",
    "::ffff:0:127.0.0.1, an IPv4 address in IPv6 that is loopback",
    "2002:7f00:1::1, an IPv4 address in IPv6 that is loopback",
    "2002:a9fe:a9fe::, an IPv4 address in IPv6 that is link-local",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, for protocols",
    "2600::5efe:192.168.0.1, an IPv4 address in IPv6 that is private",
    "2600::200:5efe:192.168.0.1, an IPv4 address in IPv6 that is private",
    "2001:db8::1, for documentation",
    "fd00:ec2::254, unique-local",
    "fc00::1, unique-local",
    "fe80::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast",
    "100::1, not of the public internet",
    "5f00::1, not of the public internet",
  })
  void knowsWhatIsNotPublic(String address, String kind) throws UnknownHostException {
    assertThat(AddressKind.notPublic(InetAddress.getByName(address))).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "2001:4860:4860::8888"
      })
  void letsThePublicInternetPass(String address) throws UnknownHostException {
    assertThat(AddressKind.notPublic(InetAddress.getByName(address))).isEmpty();
  }

  @Property(tries = 500)
  void judgesAMappedAddressAsTheOneItCarries(@ForAll @Size(4) byte[] address) {
    byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff00000000");
    System.arraycopy(address, 0, mapped, 12, 4);

    assertThat(AddressKind.notPublic(mapped).isEmpty())
        .isEqualTo(AddressKind.notPublic(address).isEmpty());
  }

  @Property(tries = 500)
  void judgesAnyAddress(@ForAll @Size(16) byte[] address) {
    boolean isGlobal = (address[0] & 0xe0) == 0x20;
    boolean isTranslated = address[0] == 0;

    assertThat(AddressKind.notPublic(address).isPresent() || isGlobal || isTranslated).isTrue();
  }
}
