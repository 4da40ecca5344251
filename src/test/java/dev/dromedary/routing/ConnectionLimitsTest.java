package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.source.HostPattern;
import dev.dromedary.source.OriginEntry;
import dev.dromedary.source.OriginList;
import dev.dromedary.source.OriginTimes;
import dev.dromedary.transfer.TlsFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is set by hand comes before the file, and the file before the number for all. */
class ConnectionLimitsTest {

  private final ConnectionLimits limits =
      new ConnectionLimits(
          OriginCatalog.of(
              new OriginList(
                  List.of(
                      new OriginEntry(
                          HostPattern.parse("filed.example"),
                          OptionalInt.empty(),
                          OptionalInt.of(6),
                          OptionalLong.empty(),
                          Map.of(),
                          false,
                          Optional.empty(),
                          TlsFiles.NONE,
                          OriginTimes.NONE)))),
          16);

  @Test
  void handComesBeforeFile_andFileBeforeTheNumberForAll() {
    limits.perHost(3);
    assertThat(limits.applyAsInt("any.example:443")).isEqualTo(3);
    assertThat(limits.applyAsInt("filed.example:443")).isEqualTo(6);
    limits.host("filed.example", 9);
    assertThat(limits.applyAsInt("filed.example:443")).isEqualTo(9);
    assertThat(limits.hosts()).isEqualTo(Map.of("filed.example", 9));
    limits.hostAsConfigured("filed.example");
    assertThat(limits.applyAsInt("filed.example:443")).isEqualTo(6);
    assertThat(limits.hosts()).isEqualTo(Map.of("filed.example", 6));
  }

  @Test
  void whatWasSetByHandIsTold_untilItIsTakenBack() {
    limits.perHost(3);
    limits.host("filed.example", 9);
    assertThat(limits.isPerHostByHand()).isTrue();
    assertThat(limits.hostsByHand()).containsExactly("filed.example");
    limits.perHostAsConfigured();
    limits.hostAsConfigured("filed.example");
    assertThat(limits.perHost()).isEqualTo(16);
    assertThat(limits.isPerHostByHand()).isFalse();
    assertThat(limits.hostsByHand()).isEmpty();
  }

  @Test
  void mostSpecificPatternCounts() {
    limits.host("*.example.org", 2);
    limits.host("a.example.org", 5);
    limits.host("a.example.org:8443", 7);
    assertThat(limits.applyAsInt("b.example.org:443")).isEqualTo(2);
    assertThat(limits.applyAsInt("a.example.org:443")).isEqualTo(5);
    assertThat(limits.applyAsInt("a.example.org:8443")).isEqualTo(7);
  }

  @Test
  void numbersThatAreNoneAreRefused_andChangeNothing() {
    assertThatThrownBy(() -> limits.perHost(0)).hasMessageContaining("expected 1 to 1000");
    assertThatThrownBy(() -> limits.host("a.example", 1001))
        .hasMessageContaining("connections 1001: expected 1 to 1000, 'configured' (-1) for what");
    assertThatThrownBy(() -> limits.host("a.example", 0))
        .hasMessageContaining("connections 0: expected 1 to 1000, 'configured'");
    assertThatThrownBy(() -> limits.host("no host", 2)).hasMessageContaining("host 'no host'");
    assertThat(limits.perHost()).isEqualTo(16);
    assertThat(limits.hosts()).hasSize(1);
  }
}
