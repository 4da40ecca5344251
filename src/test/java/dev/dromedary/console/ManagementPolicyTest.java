package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.ServiceMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be read and commanded over HTTP, and that nothing else may. */
class ManagementPolicyTest extends ConsoleFixture {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.dromedary:type=Service/Version",
        "dev.dromedary:type=Sources/Count",
        "java.lang:type=Memory/HeapMemoryUsage",
        "java.lang:type=Threading/ThreadCount"
      })
  void readsOurBeansAndTheMachines(String what) {
    assertThat(get("/jolokia/read/" + what).body()).contains("\"status\":200", "\"value\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JMImplementation:type=MBeanServerDelegate/ImplementationName",
        "java.util.logging:type=Logging/LoggerNames",
        "java.lang:type=Runtime/SystemProperties",
        "java.lang:type=Runtime/InputArguments",
        "com.sun.management:type=HotSpotDiagnostic/DiagnosticOptions",
        "java.nio:type=BufferPool,name=direct/Count"
      })
  void readsNothingElse(String what) {
    assertThat(get("/jolokia/read/" + what).body())
        .doesNotContain("\"status\":200")
        .doesNotContain("java.home");
  }

  @Test
  void wholeBeanIsReadWithoutWhatIsHidden() {
    String body = get("/jolokia/read/java.lang:type=Runtime?ignoreErrors=true").body();
    assertThat(body).contains("\"VmName\"").doesNotContain("java.home").doesNotContain("-Xmx");
  }

  @Test
  void patternReadsOnlyWhatEachBeanMay() {
    assertThat(get("/jolokia/read/*:type=*?ignoreErrors=true").body())
        .contains("\"LoggerNames\":{\"error", "\"Version\":\"1.2.3\"")
        .doesNotContain("\"LoggerNames\":[")
        .doesNotContain("\"DiagnosticOptions\":[")
        .doesNotContain("java.home");
    assertThat(get("/jolokia/search/*:*").body())
        .contains("dev.dromedary")
        .doesNotContain("HotSpotDiagnostic");
    assertThat(get("/jolokia/list").body())
        .contains("dev.dromedary")
        .doesNotContain("HotSpotDiagnostic");
  }

  @Test
  void ownOperationsAndAttributesTakeCommands() {
    int before = beans.service.commands.size();
    assertThat(post(exec(ServiceMXBean.NAME, "pollNow", ""), JSON).body())
        .contains("\"matched\":5", "\"status\":200");
    assertThat(beans.service.commands).hasSize(before + 1);
    assertThat(post(write(LimitsMXBean.NAME, "BytesPerSecond", "12345"), JSON).body())
        .contains("\"status\":200");
    assertThat(beans.limits.getBytesPerSecond()).isEqualTo(12345);
  }

  @Test
  void refusedValueTellsWhatWasExpected() {
    assertThat(post(write(LimitsMXBean.NAME, "BytesPerSecond", "-1"), JSON).body())
        .contains("expected 0 or more")
        .doesNotContain("stacktrace")
        .doesNotContain("FakeLimits.java");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang:type=Memory|gc|",
        "java.lang:type=Threading|dumpAllThreads(boolean,boolean)|true,true",
        "com.sun.management:type=DiagnosticCommand|vmSystemProperties|",
        "com.sun.management:type=HotSpotDiagnostic|dumpHeap|\"heap.hprof\",true",
        "java.util.logging:type=Logging|setLoggerLevel|\"\",\"ALL\"",
        "jolokia:type=Config|resetHistoryEntries|",
        "*:type=Service|pollNow|",
        "dev.dromedary:*|pollNow|",
        "dev.dromedary:type=*|pollNow|"
      })
  void noOperationElsewhereOrByPattern(String bean, String operation, String arguments) {
    int before = beans.service.commands.size();
    String body = post(exec(bean, operation, arguments == null ? "" : arguments), JSON).body();
    assertThat(body).contains("\"status\":4").doesNotContain("\"status\":200");
    assertThat(beans.service.commands).hasSize(before);
  }

  @Test
  void noAttributeElsewhereIsWritten() {
    String body = post(write("java.lang:type=Memory", "Verbose", "true"), JSON).body();
    assertThat(body).contains("\"status\":403");
    assertThat(ManagementFactory.getMemoryMXBean().isVerbose()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jolokia/exec/dev.dromedary:type=Service/pollNow",
        "/jolokia//exec/dev.dromedary:type=Service/pollNow",
        "/jolokia/%65xec/dev.dromedary:type=Service/pollNow",
        "/jolokia/./exec/dev.dromedary:type=Service/pollNow",
        "/jolokia/read/../exec/dev.dromedary:type=Service/pollNow",
        "/jolokia/EXEC/dev.dromedary:type=Service/pollNow",
        "/jolokia/?p=exec/dev.dromedary:type=Service/pollNow",
        "/jolokia/version?p=/exec/dev.dromedary:type=Service/pollNow",
        "/jolokia/write/dev.dromedary:type=Limits/BytesPerSecond/7",
        "/jolokia/write!/x",
        "/jolokia/config",
        "/jolokia/notification/register"
      })
  void nothingIsCommandedByAnAddress(String path) {
    int before = beans.service.commands.size();
    long rate = beans.limits.getBytesPerSecond();
    Answer answer = get(path);
    assertThat(answer.body()).doesNotContain("\"status\":200,");
    assertThat(beans.service.commands).hasSize(before);
    assertThat(beans.limits.getBytesPerSecond()).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback=alert", "mimeType=text/html", "includeStackTrace=true", "x"})
  void parameterThatChangesTheAnswersKindIsRefused(String parameter) {
    Answer answer = get("/jolokia/version?" + parameter);
    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "7", "null", "[{}]", "{\"type\":\"exec\"}", "[1]"})
  void bodyThatIsNoRequestIsAnError_notAFault(String body) {
    assertThat(post(body, JSON).status()).isIn(Set.of(200, 400));
    assertThat(post(body, JSON).body()).doesNotContain("\"status\":200");
  }

  @Test
  void endlessBodyIsRefused() {
    assertThat(post("[" + " ".repeat(1 << 20) + "]", JSON).status()).isEqualTo(400);
  }

  @Test
  void otherMachineIsNeverAskedThroughThis() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      other.setSoTimeout(300);
      String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + other.getLocalPort() + "/jmxrmi";
      String read = "{\"type\":\"read\",\"mbean\":\"%s\",\"target\":{\"url\":\"%s\"}}";
      post(read.formatted(ServiceMXBean.NAME, url), JSON);
      assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void bulkAnswersEachByItself() {
    String body =
        post(
                "["
                    + exec("java.lang:type=Memory", "gc", "")
                    + ",{\"type\":\"read\",\"mbean\":\"dev.dromedary:type=Service\",\"attribute\":\"Version\"}]",
                JSON)
            .body();
    assertThat(body).contains("\"status\":403", "\"value\":\"1.2.3\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"config\",\"command\":\"keys\"}",
        "{\"type\":\"notification\",\"command\":\"register\"}",
        "[{\"type\":\"version\"},{\"type\":\"Notification\",\"command\":\"list\"}]",
        "{\"type\":\"read\",\"type\":\"notification\",\"command\":\"register\"}",
        "{\"type\":\"version\"} {\"type\":\"notification\",\"command\":\"register\"}",
        "{\"command\":\"register\"}"
      })
  void requestThatNeitherReadsNorCommandsABeanIsRefused(String body) {
    Answer answer = post(body, JSON);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("expected").doesNotContain("\"status\":200");
  }

  @Test
  void whatWasCommandedIsSeenByTheNextQuestion() {
    String question = "{\"type\":\"read\",\"mbean\":\"" + LimitsMXBean.NAME + "\"}";
    for (int rate = 1; rate <= 20; rate++) {
      post(question, JSON);
      post(write(LimitsMXBean.NAME, "BytesPerSecond", Integer.toString(rate)), JSON);
      assertThat(post(question, JSON).body()).contains("\"BytesPerSecond\":" + rate);
    }
  }

  @Test
  void operationThatLooksIsNoCommand_whateverItsSignature() {
    String find = "\"operation\":\"find(java.lang.String,int,int)\"";
    assertThat(Question.of(bytes("{\"type\":\"exec\"," + find + "}")).commands()).isFalse();
    assertThat(Question.of(bytes("{\"type\":\"EXEC\",\"operation\":\"poll\"}")).commands())
        .isTrue();
    assertThat(Question.of(bytes("[{\"type\":\"read\"},{\"type\":\"write\"}]")).commands())
        .isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
