package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every family of the metrics, read by the parser of Prometheus' own Python client. */
class PrometheusTextTest extends ConsoleFixture {

  private static final String PARSE =
      """
      import json, sys
      from prometheus_client.parser import text_string_to_metric_families
      with open(sys.argv[1], encoding="utf-8") as text:
          families = list(text_string_to_metric_families(text.read()))
      json.dump([{"name": f.name, "type": f.type, "help": f.documentation,
                  "samples": [{"name": s.name, "labels": s.labels, "value": s.value} for s in f.samples]}
                 for f in families], sys.stdout)
      """;

  private static final Set<String> ENDS_OF_A_HISTOGRAM = Set.of("_bucket", "_count", "_sum");

  @Test
  void everyFamilyIsWellFormed_andHistogramsAddUp(@TempDir Path directory) throws Exception {
    board.ended(event(TransferState.LANDED, 3 << 20, 3 << 20, null));
    board.ended(event(TransferState.LANDED, 700 << 20, 700 << 20, null));
    board.ended(event(TransferState.FAILED, 0, 0, FailureCode.NOT_FOUND));
    JsonNode families = parse(directory, get("/metrics").body());

    Set<String> names = new HashSet<>();
    List<String> histograms = new ArrayList<>();
    for (JsonNode family : families) {
      String name = family.path("name").asText();
      String type = family.path("type").asText();
      assertThat(names.add(name)).as("one family called %s", name).isTrue();
      assertThat(type).as(name).isIn("counter", "gauge", "histogram", "summary");
      assertThat(family.path("help").asText()).as(name).isNotBlank();
      assertThat(family.path("samples")).as(name).isNotEmpty();
      assertSamplesBelong(family, name, type);
      if (type.equals("histogram")) {
        histograms.add(name);
        assertBucketsAddUp(family);
      }
    }
    assertThat(histograms)
        .contains(
            "dromedary_transfer_duration_seconds",
            "dromedary_transfer_size_bytes",
            "dromedary_transfer_rate_bytes_per_second");
    assertThat(names)
        .contains("dromedary_transfers", "dromedary_in_flight", "jvm_memory_used_bytes");
  }

  private static void assertSamplesBelong(JsonNode family, String name, String type) {
    Set<String> seen = new HashSet<>();
    for (JsonNode sample : family.path("samples")) {
      String full = sample.path("name").asText();
      assertThat(seen.add(full + sample.path("labels"))).as("once: %s", sample).isTrue();
      String end = full.startsWith(name) ? full.substring(name.length()) : "of another family";
      switch (type) {
        case "counter" -> {
          assertThat(end).as(full).isEqualTo("_total");
          assertThat(sample.path("value").asDouble()).as(full).isGreaterThanOrEqualTo(0);
        }
        case "gauge" -> assertThat(end).as(full).isEmpty();
        default -> assertThat(end).as(full).isIn(ENDS_OF_A_HISTOGRAM.toArray());
      }
    }
  }

  private static void assertBucketsAddUp(JsonNode family) {
    String name = family.path("name").asText();
    TreeMap<Double, Double> buckets = new TreeMap<>();
    Map<String, Double> others = new TreeMap<>();
    for (JsonNode sample : family.path("samples")) {
      double value = sample.path("value").asDouble();
      String end = sample.path("name").asText().substring(name.length());
      if (end.equals("_bucket")) {
        String le = sample.path("labels").path("le").asText();
        buckets.put(le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le), value);
      } else {
        others.put(end, value);
      }
    }
    assertThat(new ArrayList<>(buckets.values())).as("%s, from small to large", name).isSorted();
    assertThat(buckets).as(name).hasSizeGreaterThan(5).containsKey(Double.POSITIVE_INFINITY);
    assertThat(buckets.get(Double.POSITIVE_INFINITY)).as(name).isEqualTo(others.get("_count"));
    assertThat(others).as(name).containsEntry("_count", 2.0);
    assertThat(others.get("_sum")).as(name).isPositive();
  }

  private static JsonNode parse(Path directory, String text) throws Exception {
    Path metrics = Files.writeString(directory.resolve("metrics.txt"), text);
    Path out = directory.resolve("families.json");
    Process parser = python(out, PARSE, metrics.toString());
    assertThat(parser.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(parser.exitValue())
        .as(() -> new String(errors(parser), StandardCharsets.UTF_8))
        .isZero();
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .build()
        .readTree(out.toFile());
  }

  private static Process python(Path out, String script, String argument) throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (knows(python)) {
        return new ProcessBuilder(python, "-c", script, argument)
            .redirectOutput(out.toFile())
            .start();
      }
    }
    assumeTrue(false, "no Prometheus parser: apt-get install python3-prometheus-client");
    throw new AssertionError("not reached");
  }

  private static boolean knows(String python) throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder(python, "-c", "import prometheus_client.parser")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(60, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static byte[] errors(Process process) {
    try {
      return process.getErrorStream().readAllBytes();
    } catch (IOException e) {
      return e.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
