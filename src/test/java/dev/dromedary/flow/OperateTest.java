package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.DeadLetter;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees and does over a remote JMX connection is what the service does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OperateTest extends OperatedFlow {

  private static final int SIZE = 3_000_000;

  @Override
  Map<String, String> settings() {
    return Map.of("poll.interval", "1h", "retry.backoff", "1h", "retry.backoff-max", "2h");
  }

  @Test
  void describesEveryAttributeOperationAndParameter() throws Exception {
    for (String name :
        List.of(
            SourcesMXBean.NAME,
            TransfersMXBean.NAME,
            LimitsMXBean.NAME,
            FailuresMXBean.NAME,
            ServiceMXBean.NAME)) {
      MBeanInfo info = client.beans().getMBeanInfo(JmxClient.name(name));
      assertThat(info.getDescription()).endsWith(".");
      assertThat(info.getAttributes())
          .isNotEmpty()
          .allSatisfy(attribute -> assertThat(attribute.getDescription()).matches("[A-Z].*\\."));
      assertThat(info.getOperations())
          .isNotEmpty()
          .allSatisfy(
              operation -> {
                assertThat(operation.getDescription()).matches("[A-Z].*[.]|One .*");
                assertThat(operation.getSignature())
                    .allSatisfy(
                        parameter -> {
                          assertThat(parameter.getName()).doesNotMatch("p\\d");
                          assertThat(parameter.getDescription()).matches("[A-Z].*\\.");
                        });
                assertThat(operation.getImpact())
                    .isEqualTo(
                        List.of("find", "get", "export").contains(operation.getName())
                            ? MBeanOperationInfo.INFO
                            : MBeanOperationInfo.ACTION);
              });
    }
  }

  @Test
  void pollsASourceOutOfTurn_andTellsWhatLanded() throws Exception {
    Content content = content(SIZE);
    listed(serve("polled.bin", content));
    assertThat(status("polled.bin").state()).isEqualTo("new");

    assertThat(sources().poll("polled.*")).isEqualTo(new Change(1, 1, List.of()));

    assertLanded(flow.awaitEnd("polled.bin", 1), content);
    SourceStatus landed = status("polled.bin");
    assertThat(landed.state()).isEqualTo("landed");
    assertThat(landed.landedBytes()).isEqualTo(SIZE);
    assertThat(landed.validator()).isNotNull();
    assertThat(landed.landedAt()).isNotNull();
    TransferStatus recent = recent("polled.bin");
    assertThat(recent.state()).isEqualTo("landed");
    assertThat(recent.percent()).isEqualTo(100);
    assertThat(recent.verifiedBy()).isEqualTo("length");
    assertThat(transfers().get(recent.transfer())).isEqualTo(recent);
    assertThat(service().getLandedCount()).isPositive();
    assertThat(service().getNetworkBytes()).isGreaterThanOrEqualTo(SIZE);
  }

  @Test
  void pollSkipsAPausedSource_untilItIsResumed() {
    Content content = content(1000);
    listed(serve("paused.bin", content));
    assertThat(sources().pause("paused.bin").changed()).isEqualTo(1);
    assertThat(sources().getPausedCount()).isEqualTo(1);
    assertThat(sources().find("state=paused", 0, 10).sources())
        .extracting(SourceStatus::source)
        .containsExactly("paused.bin");

    assertThat(sources().poll("paused.bin"))
        .isEqualTo(new Change(1, 0, List.of("paused.bin: is paused")));
    assertThat(sources().find("PAUSED", 0, 10).sources()).hasSize(1);
    assertThat(sources().pause("paused.bin").left())
        .containsExactly("paused.bin: is paused already");
    assertThat(requests("paused.bin")).isEmpty();

    assertThat(sources().resume("paused.bin").changed()).isEqualTo(1);
    assertThat(sources().poll("paused.bin").changed()).isEqualTo(1);
    assertLanded(flow.awaitEnd("paused.bin", 1), content);
  }

  @Test
  void cancelledTransferEndsAtOnce_keepsWhatArrived_andResumesWhenRetried() {
    Content content = content(SIZE);
    listed(serve("cancel.bin", content));
    origin.script("/cancel.bin", new StallAfter(1_000_000));
    sources().poll("cancel.bin");
    flow.awaitReceived("cancel.bin", 1_000_000);
    TransferStatus running = running("cancel.bin");
    assertThat(running.state()).isEqualTo("running");
    assertThat(running.totalBytes()).isEqualTo(SIZE);
    assertThat(running.connections()).isPositive();
    await()
        .atMost(Flow.LIMIT)
        .untilAsserted(
            () -> {
              TransferStatus now = running("cancel.bin");
              assertThat(now.here()).isNotEmpty();
              assertThat(now.fetching()).hasSize(now.connections());
            });
    assertThat(service().getDiskReservedBytes()).isPositive();

    assertThat(transfers().cancel(running.transfer()).changed()).isEqualTo(1);

    TransferEvent end = flow.awaitEnd("cancel.bin", 1);
    assertThat(end.state()).isEqualTo(TransferState.CANCELLED);
    assertThat(end.reason()).isEqualTo("cancelled by an operator");
    TransferRecord stored =
        flow.ledger(ledger -> ledger.transfer(running.transfer()).orElseThrow());
    assertThat(stored.state()).isEqualTo(TransferState.CANCELLED);
    assertThat(stored.reason()).isEqualTo("cancelled by an operator");
    assertThat(flow.staged("cancel.bin")).hasSize(2);
    await().atMost(Flow.LIMIT).until(() -> running("cancel.bin", 0));
    assertThat(transfers().cancel(running.transfer()).left())
        .singleElement()
        .asString()
        .endsWith("is cancelled");

    assertThat(transfers().retry(running.transfer()).changed()).isEqualTo(1);
    assertLanded(flow.awaitEnd("cancel.bin", 2), content);
    assertThat(sent("cancel.bin")).isLessThan(SIZE + 4L * CHUNK);
  }

  @Test
  void transferThatResumesTellsAtItsStartWhatIsHere() {
    Content content = content(SIZE);
    listed(serve("resumes.bin", content));
    origin.script("/resumes.bin", new StallAfter(1_000_000));
    sources().poll("resumes.bin");
    flow.awaitReceived("resumes.bin", 1_000_000);
    transfers().cancel("resumes.bin");
    long here = flow.awaitEnd("resumes.bin", 1).receivedBytes();
    assertThat(here).isPositive();

    transfers().retry("resumes.bin");

    assertLanded(flow.awaitEnd("resumes.bin", 2), content);
    List<TransferEvent> starts =
        flow.events("resumes.bin").stream()
            .filter(event -> event.state() == TransferState.RUNNING)
            .toList();
    assertThat(starts).hasSize(2);
    assertThat(starts.get(0).receivedBytes()).isZero();
    assertThat(starts.get(0).isResume()).isFalse();
    assertThat(starts.get(1).isResume()).isTrue();
    assertThat(starts.get(1).receivedBytes()).isBetween(1_000_000L - 4 * CHUNK, here);
    assertThat(starts.get(1).totalBytes()).hasValue(SIZE);
  }

  @Test
  void transferThatStartsOverDoesNotTellThatItResumes() {
    Content content = content(SIZE);
    listed(serve("unnamed.bin", Resource.of("/unnamed.bin", content).withoutValidators()));
    origin.script("/unnamed.bin", new StallAfter(1_000_000));
    sources().poll("unnamed.bin");
    flow.awaitReceived("unnamed.bin", 1_000_000);
    transfers().cancel("unnamed.bin");
    flow.awaitEnd("unnamed.bin", 1);

    transfers().retry("unnamed.bin");

    assertLanded(flow.awaitEnd("unnamed.bin", 2), content);
    assertThat(flow.events("unnamed.bin"))
        .filteredOn(event -> event.state() == TransferState.RUNNING)
        .extracting(TransferEvent::receivedBytes)
        .containsExactly(0L, 0L);
  }

  @Test
  void cancelledTransferIsNotTriedAgain_whenItsSourceHasLeftTheList() {
    listed(serve("left.bin", content(SIZE)));
    origin.script("/left.bin", new StallAfter(1_000_000));
    sources().poll("left.bin");
    flow.awaitReceived("left.bin", 1_000_000);
    transfers().cancel("left.bin");
    flow.awaitEnd("left.bin", 1);

    flow.remove("left.bin");
    listed();

    assertThat(transfers().retry("left.bin").left())
        .singleElement()
        .asString()
        .endsWith("its source left.bin has left the source list");
  }

  @Test
  void transferThatWaitsForItsNextAttemptCanBeCancelled() {
    listed(serve("waits.bin", content(SIZE)));
    origin.forever("/waits.bin", new Status(500));
    sources().poll("waits.bin");
    flow.awaitState("waits.bin", TransferState.RETRYING);

    await()
        .atMost(Flow.LIMIT)
        .untilAsserted(
            () ->
                assertThat(transfers().getWaiting())
                    .filteredOn(waiting -> waiting.source().equals("waits.bin"))
                    .extracting(TransferStatus::state, TransferStatus::code)
                    .containsExactly(tuple("retrying", "E2500")));
    assertThat(running("waits.bin", 0)).isTrue();

    assertThat(transfers().cancel("waits.bin").changed()).isEqualTo(1);

    TransferEvent end = flow.awaitEnd("waits.bin", 1);
    assertThat(end.state()).isEqualTo(TransferState.CANCELLED);
    assertThat(end.code()).isNull();
    assertThat(end.reason()).isEqualTo("cancelled by an operator");
    TransferRecord stored =
        flow.<TransferRecord>ledger(ledger -> ledger.transfer(end.transferId()).orElseThrow());
    assertThat(stored.code()).isNull();
    assertThat(requests("waits.bin")).hasSize(1);
    assertThat(transfers().getWaiting())
        .extracting(TransferStatus::source)
        .doesNotContain("waits.bin");
  }

  @Test
  void cancelTakesAPattern_asPauseDoes() {
    listed(serve("many-1.bin", content(SIZE)), serve("many-2.bin", content(SIZE)));
    listed(serve("many-idle.bin", content(1000)));
    origin.script("/many-1.bin", new StallAfter(100_000));
    origin.script("/many-2.bin", new StallAfter(100_000));
    sources().poll("many-?.bin");
    flow.awaitReceived("many-1.bin", 100_000);
    flow.awaitReceived("many-2.bin", 100_000);
    flow.remove("many-2.bin");
    listed();

    assertThat(transfers().cancel("many-*")).isEqualTo(new Change(3, 2, List.of()));

    assertThat(flow.awaitEnd("many-1.bin", 1).state()).isEqualTo(TransferState.CANCELLED);
    assertThat(flow.awaitEnd("many-2.bin", 1).state())
        .as("of a source that has left the list")
        .isEqualTo(TransferState.CANCELLED);
    assertThat(transfers().cancel("many-idle.bin"))
        .isEqualTo(new Change(1, 0, List.of("many-idle.bin: nothing of it runs or waits")));
    assertThat(transfers().cancel("nobody-*")).isEqualTo(Change.NOTHING);
  }

  @Test
  void scheduleIsToldAsItIsWritten() {
    flow.add(serve("ten.bin", content(1000)).with("every", "10m"));
    sources().poll("ten.bin");

    assertThat(status("ten.bin").schedule()).isEqualTo("every 10m");
  }

  @Test
  void retryTakesAPattern_asCancelDoes() {
    listed(serve("redo-404.bin", content(1000)), serve("redo-500.bin", content(1000)));
    listed(serve("redo-left.bin", content(1000)), serve("redo-fine.bin", content(1000)));
    listed(serve("redo-new.bin", content(1000)));
    origin.script("/redo-404.bin", new Status(404));
    origin.script("/redo-500.bin", new Status(500));
    origin.script("/redo-left.bin", new Status(410));
    for (String id : List.of("redo-404.bin", "redo-500.bin", "redo-left.bin", "redo-fine.bin")) {
      sources().poll(id);
    }
    flow.awaitEnd("redo-404.bin", 1);
    flow.awaitEnd("redo-fine.bin", 1);
    flow.awaitEnd("redo-left.bin", 1);
    flow.awaitState("redo-500.bin", TransferState.RETRYING);
    await().atMost(Flow.LIMIT).until(() -> running("redo-500.bin", 0));
    flow.remove("redo-left.bin");
    listed();

    assertThat(transfers().retry("redo-*"))
        .isEqualTo(
            new Change(
                5, 2, List.of("redo-left.bin: its source redo-left.bin has left the source list")));

    assertThat(flow.awaitEnd("redo-404.bin", 2).state()).isEqualTo(TransferState.LANDED);
    assertThat(flow.awaitEnd("redo-500.bin", 1).state()).isEqualTo(TransferState.LANDED);
    assertThat(transfers().retry("redo-new.bin"))
        .isEqualTo(
            new Change(
                1,
                0,
                List.of(
                    "redo-new.bin: nothing of it has failed or waits; poll it to ask its server"
                        + " now")));
    assertThat(transfers().retry("redo-fine.bin").left())
        .containsExactly(
            "redo-fine.bin: is landed, so there is nothing to retry; poll its source to ask the"
                + " server now");
    assertThat(transfers().retry("nobody-*")).isEqualTo(Change.NOTHING);
  }

  @Test
  void transfersThatWaitForATurnAreTold() {
    limits().setConcurrency(1);
    Content content = content(SIZE);
    listed(serve("turn-1.bin", content), serve("turn-2.bin", content));
    origin.script("/turn-1.bin", new StallAfter(100_000));
    origin.script("/turn-2.bin", new StallAfter(100_000));
    sources().poll("turn-*.bin");
    await().atMost(Flow.LIMIT).until(() -> transfers().getRunningCount() == 1);

    await().atMost(Flow.LIMIT).until(() -> transfers().getQueued().size() == 1);
    TransferStatus queued = transfers().getQueued().get(0);
    assertThat(queued.state()).isEqualTo("queued");
    assertThat(queued.source()).matches("turn-[12].bin");
    assertThat(queued.nextAttemptAt()).isNull();

    limits().setConcurrency(LimitsMXBean.CONFIGURED);
    await().atMost(Flow.LIMIT).until(() -> transfers().getQueued().isEmpty());
    transfers().cancel("turn-1.bin");
    transfers().cancel("turn-2.bin");
    flow.awaitEnd("turn-1.bin", 1);
    flow.awaitEnd("turn-2.bin", 1);
  }

  @Test
  void transferThatWaitsForItsNextAttemptMakesItNow_whenRetried() {
    Content content = content(1000);
    listed(serve("sooner.bin", content));
    origin.script("/sooner.bin", new Status(503));
    sources().poll("sooner.bin");
    flow.awaitState("sooner.bin", TransferState.RETRYING);

    await().atMost(Flow.LIMIT).until(() -> transfers().retry("sooner.bin").changed() == 1);

    assertLanded(flow.awaitEnd("sooner.bin", 1), content);
  }

  @Test
  void deadLetterIsTold_andLandsWhenRetried() {
    Content content = content(1000);
    listed(serve("dead.bin", content));
    origin.script("/dead.bin", new Status(404));
    sources().poll("dead.bin");
    assertThat(flow.awaitEnd("dead.bin", 1).state()).isEqualTo(TransferState.FAILED);

    DeadLetter letter = Objects.requireNonNull(failures().get("dead.bin"));
    assertThat(letter.code()).isEqualTo("E4404");
    assertThat(letter.remedy()).isNotBlank();
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.lastAttempts().get(0).url()).endsWith("/dead.bin");
    assertThat(letter.lastAttempts().get(0).httpStatus()).isEqualTo(404);
    assertThat(failures().find("e4404 DEAD", 0, 5).letters()).containsExactly(letter);
    assertThat(failures().getCodes()).containsEntry("E4404", 1);
    assertThat(status("dead.bin").code()).isEqualTo("E4404");
    assertThat(sources().getFailingCount()).isPositive();

    assertThat(recent("dead.bin").state()).isEqualTo("failed");

    assertThat(failures().retryByCode("E4404").changed()).isEqualTo(1);
    assertLanded(flow.awaitEnd("dead.bin", 2), content);
    assertThat(failures().get("dead.bin")).isNull();
    assertThat(transfers().getRecent())
        .filteredOn(ended -> ended.source().equals("dead.bin"))
        .extracting(TransferStatus::state)
        .containsExactly("landed");
  }

  @Test
  void transferThatIsTriedAgainHasNotEndedLately() {
    listed(serve("again.bin", content(SIZE)));
    origin.script("/again.bin", new Status(404), new StallAfter(1_000_000));
    sources().poll("again.bin");
    String id = flow.awaitEnd("again.bin", 1).transferId();
    int ended = transfers().getRecentCount();

    assertThat(transfers().retry(id).changed()).isEqualTo(1);
    flow.awaitReceived("again.bin", 1_000_000);

    assertThat(transfers().getRecent()).extracting(TransferStatus::transfer).doesNotContain(id);
    assertThat(transfers().getRecentCount()).isEqualTo(ended - 1);
    assertThat(Objects.requireNonNull(transfers().get(id)).state()).isEqualTo("running");
    transfers().cancel(id);
    flow.awaitEnd("again.bin", 2);
  }

  @Test
  void discardedDeadLetterLeavesTheList_andNothingInTheLandingZone() throws Exception {
    listed(serve("discard.bin", content(1000)));
    origin.script("/discard.bin", new Status(403), new Status(403));
    sources().poll("discard.bin");
    TransferEvent end = flow.awaitEnd("discard.bin", 1);
    assertThat(end.state()).isEqualTo(TransferState.FAILED);
    Path left = Files.writeString(flow.landed("." + end.transferId() + ".landing"), "left");

    assertThat(failures().discard("discard.bin").changed()).isEqualTo(1);

    assertThat(left).doesNotExist();
    assertThat(failures().get("discard.bin")).isNull();
    assertThat(failures().discard("discard.bin")).isEqualTo(Change.NOTHING);
  }

  @Test
  void limitChangesWhatATransferMayReceive() {
    limits().setBytesPerSecond(200_000);
    try {
      listed(serve("limited.bin", content(SIZE)));
      sources().poll("limited.bin");
      flow.awaitReceived("limited.bin", 200_000);
      assertThat(limits().getBytesPerSecond()).isEqualTo(200_000);
    } finally {
      limits().setBytesPerSecond(0);
    }
    assertThat(flow.awaitEnd("limited.bin", 1).state()).isEqualTo(TransferState.LANDED);
    limits().limitOrigin("example.org", 1000);
    assertThat(limits().getOriginBytesPerSecond()).containsEntry("example.org", 1000L);
    assertThatThrownBy(() -> limits().setBytesPerSecond(-2))
        .hasMessageContaining("bytes a second -2");
    assertThatThrownBy(() -> limits().setConcurrency(33)).hasMessageContaining("expected 1 to 32");
    limits().limitOrigin("example.org", LimitsMXBean.CONFIGURED);
    assertThat(limits().getByHand()).isEmpty();
  }

  @Test
  void whatWasSetByHandIsTold_andTakenBackWithOneWord() {
    limits().setBytesPerSecond(1 << 30);
    limits().setConcurrency(2);
    limits().setConnectionsPerHost(3);
    limits().limitOrigin("hand.example.org", 0);
    limits().limitOriginConnections("hand.example.org", 4);
    assertThat(limits().getOriginBytesPerSecond()).containsEntry("hand.example.org", 0L);
    assertThat(limits().getByHand())
        .containsExactlyInAnyOrder(
            "rate",
            "concurrency",
            "connections",
            "rate of hand.example.org",
            "connections of hand.example.org");

    limits().setBytesPerSecond(LimitsMXBean.CONFIGURED);
    limits().setConcurrency(LimitsMXBean.CONFIGURED);
    limits().setConnectionsPerHost(LimitsMXBean.CONFIGURED);
    limits().limitOrigin("hand.example.org", LimitsMXBean.CONFIGURED);
    limits().limitOriginConnections("hand.example.org", LimitsMXBean.CONFIGURED);

    assertThat(limits().getByHand()).isEmpty();
    assertThat(limits().getBytesPerSecond()).isZero();
    assertThat(limits().getConcurrency()).isEqualTo(8);
  }

  @Test
  void limitOfAHostThatNoSourceNames_holdsAndIsTold() {
    listed(serve("named.bin", content(1000)));
    sources().poll("named.bin");
    flow.awaitEnd("named.bin", 1);
    String named = origin.uri("/").getHost();
    try {
      limits().limitOrigin(named, 1 << 30);
      limits().limitOriginConnections("*.example.org", 3);
      limits().limitOrigin("misspelt.example.org", 1 << 20);

      assertThat(limits().getUnnamedHosts())
          .containsExactly("*.example.org", "misspelt.example.org");
      assertThat(limits().getOriginBytesPerSecond()).containsKey("misspelt.example.org");
    } finally {
      limits().limitOrigin(named, LimitsMXBean.CONFIGURED);
      limits().limitOriginConnections("*.example.org", LimitsMXBean.CONFIGURED);
      limits().limitOrigin("misspelt.example.org", LimitsMXBean.CONFIGURED);
    }
    assertThat(limits().getUnnamedHosts()).isEmpty();
  }

  @Test
  void tellsListenersWhatHappened() throws Exception {
    List<Notification> heard = new CopyOnWriteArrayList<>();
    ObjectName name = JmxClient.name(TransfersMXBean.NAME);
    client.beans().addNotificationListener(name, (told, unused) -> heard.add(told), null, null);
    listed(serve("told.bin", content(1000)), serve("untold.bin", content(1000)));
    origin.script("/untold.bin", new Status(410));

    sources().poll("*told.bin");

    await()
        .atMost(Flow.LIMIT)
        .untilAsserted(
            () ->
                assertThat(heard)
                    .extracting(Notification::getType)
                    .contains(NotificationType.LANDED.type(), NotificationType.DEAD_LETTER.type()));
    assertThat(heard)
        .filteredOn(told -> told.getType().equals("dromedary.transfer.dead-letter"))
        .extracting(told -> String.valueOf(((Map<?, ?>) told.getUserData()).get("code")))
        .contains("E4410");
  }

  @Test
  void camelsOwnBeansShowWords() throws Exception {
    ObjectName routes = JmxClient.name("org.apache.camel:context=flow-*,type=routes,*");
    assertThat(client.beans().queryNames(routes, null))
        .extracting(name -> name.getKeyProperty("name"))
        .contains("\"transfer-file\"", "\"poll-sources\"", "\"fetch-part\"");
    ObjectName steps = JmxClient.name("org.apache.camel:type=processors,*");
    assertThat(client.beans().queryNames(steps, null))
        .extracting(name -> name.getKeyProperty("name"))
        .contains("\"transfer-file-claim\"")
        .noneMatch(name -> name.matches(".*\\d+\"?"));
  }

  /** Adds entries that no schedule ever polls, and lets the service read the list. */
  private void listed(Entry... entries) {
    for (Entry entry : entries) {
      flow.add(entry.with("cron", "'0 0 0 1 1 ? 2099'"));
    }
    assertThat(sources().poll("no such source")).isEqualTo(Change.NOTHING);
  }

  private SourcesMXBean sources() {
    return client.bean(SourcesMXBean.NAME, SourcesMXBean.class);
  }

  private TransfersMXBean transfers() {
    return client.bean(TransfersMXBean.NAME, TransfersMXBean.class);
  }

  private FailuresMXBean failures() {
    return client.bean(FailuresMXBean.NAME, FailuresMXBean.class);
  }

  private LimitsMXBean limits() {
    return client.bean(LimitsMXBean.NAME, LimitsMXBean.class);
  }

  private ServiceMXBean service() {
    return client.bean(ServiceMXBean.NAME, ServiceMXBean.class);
  }

  private SourceStatus status(String id) {
    return Objects.requireNonNull(sources().get(id), id);
  }

  private TransferStatus running(String id) {
    return transfers().getRunning().stream()
        .filter(transfer -> transfer.source().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private boolean running(String id, int count) {
    return transfers().getRunning().stream().filter(now -> now.source().equals(id)).count()
        == count;
  }

  private TransferStatus recent(String id) {
    return transfers().getRecent().stream()
        .filter(transfer -> transfer.source().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
