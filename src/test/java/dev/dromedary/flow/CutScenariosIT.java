package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CONNECTION_LOST;
import static dev.dromedary.transfer.FailureCode.MALFORMED_RESPONSE;
import static dev.dromedary.transfer.FailureCode.NOT_FOUND;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.CutBehind;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.CutHalfway;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.HeadFault.CutInHead;
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import java.util.List;

/** Connections that end too early (I1, I2). */
class CutScenariosIT extends ScenarioTable {

  private static final int BIG = 20_000_000;

  @Override
  List<Scenario> rows() {
    Fault close = new CloseWithoutAnswer();
    return List.of(
        of("closed after the head").first(cut(0)).after(SHORT_BODY).requests(2),
        of("closed after one byte").first(cut(1)).after(SHORT_BODY).requests(2),
        of("closed before the end of a chunk").first(cut(65_535)).after(SHORT_BODY).requests(2),
        of("closed at the end of a chunk").first(cut(65_536)).after(SHORT_BODY).requests(2),
        of("closed after the first byte of a chunk")
            .first(cut(65_537))
            .after(SHORT_BODY)
            .requests(2),
        of("closed before the last byte").first(cut(299_999)).after(SHORT_BODY).requests(2),
        of("closed before the only byte", 1).first(cut(0)).after(SHORT_BODY).requests(2),
        of("reset after the head")
            .first(reset(0))
            .afterOneOf(CONNECTION_LOST, SHORT_BODY)
            .requests(2),
        of("reset in the middle")
            .first(reset(150_000))
            .afterOneOf(CONNECTION_LOST, SHORT_BODY)
            .requests(2)
            .refetched(0, RunningFlow.CHUNK),
        of("reset before the last byte")
            .first(reset(299_999))
            .afterOneOf(CONNECTION_LOST, SHORT_BODY)
            .requests(2)
            .refetched(0, RunningFlow.CHUNK),
        of("closed in every answer").always(cut(100_000)).after(SHORT_BODY, SHORT_BODY).requests(3),
        of("closed after each byte", 6)
            .always(cut(1))
            .after(SHORT_BODY, SHORT_BODY, SHORT_BODY, SHORT_BODY, SHORT_BODY)
            .requests(6),
        of("closed halfway in every answer, ever smaller", 1000)
            .first(half(), half(), half(), half(), half())
            .after(SHORT_BODY, SHORT_BODY, SHORT_BODY, SHORT_BODY, SHORT_BODY)
            .requests(6),
        of("closed after the head for ever").always(cut(0)).refused(SHORT_BODY, 3),
        of("closed at the same byte for ever")
            .first(cut(100_000))
            .always(cut(0))
            .refused(SHORT_BODY, 4)
            .keeps(100_000),
        of("closed, then not there any more")
            .first(cut(100_000))
            .always(new Status(404))
            .after(SHORT_BODY)
            .refused(NOT_FOUND)
            .requests(2)
            .keeps(100_000),
        of("closed instead of an answer, once").first(close).afterAny(CONNECTION_LOST).requests(2),
        of("closed instead of an answer, three times")
            .first(close, close, close)
            .afterAny(CONNECTION_LOST)
            .requests(4),
        of("closed instead of an answer, for ever")
            .always(close)
            .refused(CONNECTION_LOST, 3)
            .requests(3, 6),
        of("closed in the status line")
            .first(new CutInHead(7, false))
            .afterOneOf(CONNECTION_LOST, MALFORMED_RESPONSE)
            .requests(2),
        of("closed in the headers")
            .first(new CutInHead(80, false))
            .after(CONNECTION_LOST)
            .requests(2),
        of("reset in the headers")
            .first(new CutInHead(80, true))
            .after(CONNECTION_LOST)
            .requests(2, 3),
        of("what lies behind a position is cut again and again", BIG)
            .entry("connections", "4")
            .always(new CutBehind(12_000_000, 700_000))
            .afterAny(SHORT_BODY)
            .requests(10, 60)
            .refetched(0, 0),
        of("every answer on four connections is cut halfway", BIG)
            .entry("connections", "4")
            .first(half(), half(), half(), half(), half(), half(), half(), half())
            .afterAny(SHORT_BODY)
            .requests(9, 40)
            .refetched(0, 0));
  }

  private static Fault cut(long bytes) {
    return new CutAfter(bytes, false);
  }

  private static Fault reset(long bytes) {
    return new CutAfter(bytes, true);
  }

  private static Fault half() {
    return new CutHalfway(false);
  }
}
