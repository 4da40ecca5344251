package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CLIENT_ERROR;
import static dev.dromedary.transfer.FailureCode.FORBIDDEN;
import static dev.dromedary.transfer.FailureCode.GONE;
import static dev.dromedary.transfer.FailureCode.NOT_FOUND;
import static dev.dromedary.transfer.FailureCode.REQUEST_TIMEOUT;
import static dev.dromedary.transfer.FailureCode.SERVER_ERROR;
import static dev.dromedary.transfer.FailureCode.SERVICE_UNAVAILABLE;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;
import static dev.dromedary.transfer.FailureCode.TOO_EARLY;
import static dev.dromedary.transfer.FailureCode.TOO_MANY_REQUESTS;
import static dev.dromedary.transfer.FailureCode.UNAUTHORIZED;
import static dev.dromedary.transfer.FailureCode.UNEXPECTED_STATUS;

import dev.dromedary.demo.AnswerFault.EndlessErrorBody;
import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.WithFields;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Statuses that are no file, and how long a server may ask to be left alone (I5, I7). */
class StatusScenariosIT extends ScenarioTable {

  private static final Duration CAP = Duration.ofMillis(1500);

  @Override
  Map<String, String> settings() {
    return Map.of("retry.max-retry-after", "1500ms");
  }

  @Override
  List<Scenario> rows() {
    return List.of(
        of("400").always(new Status(400)).refused(CLIENT_ERROR),
        of("401").always(new Status(401)).refused(UNAUTHORIZED),
        of("402").always(new Status(402)).refused(CLIENT_ERROR),
        of("403").always(new Status(403)).refused(FORBIDDEN).requests(2),
        of("404").always(new Status(404)).refused(NOT_FOUND),
        of("405").always(new Status(405)).refused(CLIENT_ERROR),
        of("407").always(new Status(407)).refused(CLIENT_ERROR),
        of("410").always(new Status(410)).refused(GONE),
        of("412").always(new Status(412)).refused(CLIENT_ERROR),
        of("451").always(new Status(451)).refused(CLIENT_ERROR),
        of("205").always(new Status(205)).refused(UNEXPECTED_STATUS),
        of("207").always(new Status(207)).refused(UNEXPECTED_STATUS),
        of("226").always(new Status(226)).refused(UNEXPECTED_STATUS),
        of("300").always(new Status(300)).refused(UNEXPECTED_STATUS),
        of("305").always(new Status(305)).refused(UNEXPECTED_STATUS),
        of("408, once").first(new Status(408)).after(REQUEST_TIMEOUT).requests(2),
        of("408, for ever").always(new Status(408)).refused(REQUEST_TIMEOUT, 3),
        of("425, once").first(new Status(425)).after(TOO_EARLY).requests(2),
        of("429, twice")
            .first(new Status(429), new Status(429))
            .after(TOO_MANY_REQUESTS, TOO_MANY_REQUESTS)
            .requests(3),
        of("500, once").first(new Status(500)).after(SERVER_ERROR).requests(2),
        of("501, for ever").always(new Status(501)).refused(SERVER_ERROR, 3),
        of("502, once").first(new Status(502)).after(SERVER_ERROR).requests(2),
        of("503, once").first(new Status(503)).after(SERVICE_UNAVAILABLE).requests(2),
        of("503, for ever").always(new Status(503)).refused(SERVICE_UNAVAILABLE, 3),
        of("504, once").first(new Status(504)).after(SERVER_ERROR).requests(2),
        of("599, for ever").always(new Status(599)).refused(SERVER_ERROR, 3),
        of("500 in mid-transfer")
            .first(new CutAfter(100_000, false), new Status(500))
            .after(SHORT_BODY, SERVER_ERROR)
            .requests(3),
        of("401 in mid-transfer")
            .first(new CutAfter(100_000, false))
            .always(new Status(401))
            .after(SHORT_BODY)
            .refused(UNAUTHORIZED)
            .requests(2)
            .keeps(100_000),
        of("Retry-After in seconds")
            .first(Status.retryAfter(503, Duration.ofSeconds(1)))
            .after(SERVICE_UNAVAILABLE)
            .requests(2)
            .pauses(Duration.ofMillis(990)),
        of("Retry-After as a date")
            .first(asked -> Status.retryAfter(503, Instant.now().plusSeconds(1000)))
            .after(SERVICE_UNAVAILABLE)
            .requests(2)
            .pauses(CAP.minusMillis(10)),
        of("Retry-After as a date in the past")
            .first(Status.retryAfter(429, Instant.EPOCH))
            .after(TOO_MANY_REQUESTS)
            .requests(2),
        of("Retry-After beyond all measure is capped")
            .first(Status.retryAfter(429, Duration.ofDays(300)))
            .after(TOO_MANY_REQUESTS)
            .requests(2)
            .pauses(CAP.minusMillis(10)),
        of("Retry-After of a thousand years is ignored")
            .first(retryAfter("31536000000"))
            .after(SERVICE_UNAVAILABLE)
            .requests(2),
        of("negative Retry-After is ignored")
            .first(retryAfter("-1"))
            .after(SERVICE_UNAVAILABLE)
            .requests(2),
        of("Retry-After in words is ignored")
            .first(retryAfter("soon"))
            .after(SERVICE_UNAVAILABLE)
            .requests(2),
        of("two different Retry-Afters are ignored")
            .first(retryAfter("1000").and(new ExtraHeaders(Map.of("Retry-After", "2000"))))
            .after(SERVICE_UNAVAILABLE)
            .requests(2),
        of("Retry-After with a body to read is ignored")
            .always(new WithFields(Map.of("Retry-After", "1000"))),
        of("Retry-After with 404 is ignored")
            .always(new Status(404, Map.of("Retry-After", "1"), ""))
            .refused(NOT_FOUND),
        of("endless body of a 404").always(new EndlessErrorBody(404)).refused(NOT_FOUND),
        of("endless body of a 500, once")
            .first(new EndlessErrorBody(500))
            .after(SERVER_ERROR)
            .requests(2),
        of("endless body of a redirect that leads nowhere")
            .always(new EndlessErrorBody(302))
            .refused(UNEXPECTED_STATUS),
        of("body of a 404 that is cut")
            .always(new Status(404).and(new CutAfter(3, false)))
            .refused(NOT_FOUND));
  }

  private static Fault retryAfter(String value) {
    return new Status(503, Map.of("Retry-After", value), "later\n");
  }
}
