package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connection of an event closes soon after its time, unless the user settles that. */
class EventEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "http:h/p, http:h/p?responseTimeout=31000",
    "https://h/p?a=b, https://h/p?a=b&responseTimeout=31000",
    "https://h/p?a={{env:TOKEN}}, https://h/p?a={{env:TOKEN}}&responseTimeout=31000",
    "http:h/p?responseTimeout=500, http:h/p?responseTimeout=500",
    "https://h/{{env:TOKEN}}, https://h/{{env:TOKEN}}",
    "{{env:HOOK}}, {{env:HOOK}}",
    "seda:tell?size=9, seda:tell?size=9",
    "file:out, file:out"
  })
  void isBoundedWhereItIsHttp(String uri, String bounded) {
    assertThat(EventEndpoint.bounded(uri, Duration.ofSeconds(30))).isEqualTo(bounded);
  }
}
