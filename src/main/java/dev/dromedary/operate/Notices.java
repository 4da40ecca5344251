package dev.dromedary.operate;

import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.TransferState;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Tells JMX clients what happened, on a thread of its own. Thread-safe. */
final class Notices implements TransferListener {

  private final ObjectName source;
  private final Clock clock;
  private final NotificationBroadcasterSupport broadcaster;
  private final AtomicLong sequence = new AtomicLong();

  Notices(ObjectName source, Clock clock, Executor executor, NotificationType... types) {
    this.source = source;
    this.clock = clock;
    MBeanNotificationInfo[] kinds = new MBeanNotificationInfo[types.length];
    for (int i = 0; i < types.length; i++) {
      kinds[i] =
          new MBeanNotificationInfo(
              new String[] {types[i].type()}, Notification.class.getName(), types[i].meaning());
    }
    this.broadcaster = new NotificationBroadcasterSupport(executor, kinds);
  }

  NotificationEmitter emitter() {
    return broadcaster;
  }

  void send(NotificationType type, String message, Map<String, String> facts) {
    Notification notification =
        new Notification(type.type(), source, sequence.incrementAndGet(), clock.millis(), message);
    notification.setUserData(new TreeMap<>(facts));
    broadcaster.sendNotification(notification);
  }

  @Override
  public void onEvent(TransferEvent event) {
    NotificationType type = type(event.state());
    if (type == null) {
      return;
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("transfer", event.transferId());
    facts.put("source", event.sourceId());
    facts.put("target", event.target());
    facts.put("receivedBytes", Long.toString(event.receivedBytes()));
    if (event.code() != null) {
      facts.put("code", event.code().label());
    }
    if (event.reason() != null) {
      facts.put("reason", event.reason());
    }
    send(type, event.sourceId() + ": " + event.state().word(), facts);
  }

  private static @Nullable NotificationType type(TransferState state) {
    return switch (state) {
      case LANDED -> NotificationType.LANDED;
      case RETRYING -> NotificationType.ATTEMPT_FAILED;
      case FAILED -> NotificationType.DEAD_LETTER;
      case CANCELLED -> NotificationType.CANCELLED;
      default -> null;
    };
  }
}
