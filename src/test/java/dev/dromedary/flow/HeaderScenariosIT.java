package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.SERVER_ERROR;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Fault;
import java.util.List;
import java.util.Map;

/** Response headers that would steer the flow if anything read them (I6). */
class HeaderScenariosIT extends ScenarioTable {

  @Override
  List<Scenario> rows() {
    return List.of(
        of("a file name upwards")
            .always(header("Content-Disposition", "attachment; filename=\"../../evil\"")),
        of("an absolute file name")
            .always(header("Content-Disposition", "attachment; filename=\"/tmp/evil\"")),
        of("a file name in another alphabet")
            .always(header("Content-Disposition", "attachment; filename*=UTF-8''%2e%2e%2fevil")),
        of("CamelFileName").always(header("CamelFileName", "../evil")),
        of("CamelFileName in small letters").always(header("camelfilename", "../evil")),
        of("CamelFileLocalWorkPath").always(header("CamelFileLocalWorkPath", "/etc/passwd")),
        of("CamelHttpUri")
            .first(new CutAfter(10, false).and(header("CamelHttpUri", "http://127.0.0.1:1/")))
            .after(SHORT_BODY)
            .requests(2),
        of("CamelHttpMethod")
            .first(new CutAfter(10, false).and(header("CamelHttpMethod", "DELETE")))
            .after(SHORT_BODY)
            .requests(2),
        of("CamelHttpResponseCode").always(header("CamelHttpResponseCode", "304")),
        of("CamelRedeliveryDelay")
            .first(new Status(500, Map.of("CamelRedeliveryDelay", "600000"), ""))
            .after(SERVER_ERROR)
            .requests(2),
        of("CamelSkipGzipEncoding").always(header("CamelSkipGzipEncoding", "false")),
        of("CamelExceptionCaught").always(header("CamelExceptionCaught", "x")),
        of("CamelSplitComplete").always(header("CamelSplitComplete", "true")),
        of("breadcrumbId").always(header("breadcrumbId", "x")),
        of("JMS and Kafka headers")
            .always(new ExtraHeaders(Map.of("JMSReplyTo", "queue:evil", "kafka.KEY", "x"))),
        of("a placeholder").always(header("Server", "{{env:HOME}} ${env:HOME} #{bean}")),
        of("the client's own marks")
            .always(
                new ExtraHeaders(
                    Map.of("Dromedary-Transfer", "other", "Dromedary-Target", "/other"))),
        of("a cookie")
            .first(new CutAfter(10, false).and(header("Set-Cookie", "id=1; Path=/")))
            .after(SHORT_BODY)
            .requests(2),
        of("an alternative service").always(header("Alt-Svc", "h2=\"127.0.0.1:1\"")),
        of("an upgrade").always(header("Upgrade", "h2c")),
        of("a refresh").always(header("Refresh", "0; url=http://127.0.0.1:1/")),
        of("a charset that is none")
            .always(header("Content-Type", "text/html; charset=\"nonsense\u0001\"")),
        of("a content type that is none").always(header("Content-Type", ";;;===,,,")));
  }

  private static Fault header(String name, String value) {
    return new ExtraHeaders(Map.of(name, value));
  }
}
