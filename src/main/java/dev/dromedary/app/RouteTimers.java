package dev.dromedary.app;

import java.time.Duration;
import java.util.Date;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.main.Main;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.TriggerKey;
import org.quartz.spi.MutableTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Quartz timers of the routes. Thread-safe. */
final class RouteTimers {

  private static final Logger LOG = LoggerFactory.getLogger(RouteTimers.class);

  private final Main main;

  RouteTimers(Main main) {
    this.main = main;
  }

  /**
   * Follows a wall clock that was set back. Quartz waits for hours of it, also where it repeats
   * something each second: nothing would be done for as long as the clock was set back. The timer
   * of a route that is stopped goes on too, but calls nobody.
   */
  void setBack(Duration by) {
    CamelContext context = main.getCamelContext();
    if (context == null) {
      return;
    }
    for (Route route : context.getRoutes()) {
      if (route.getEndpoint() instanceof QuartzEndpoint timer) {
        setBack(timer, by);
      }
    }
  }

  private static void setBack(QuartzEndpoint timer, Duration by) {
    TriggerKey key = timer.getTriggerKey();
    Scheduler scheduler = timer.getComponent().getScheduler();
    try {
      if (scheduler.getTrigger(key) instanceof MutableTrigger trigger
          && trigger.getNextFireTime() != null) {
        trigger.setStartTime(next(trigger, by));
        scheduler.rescheduleJob(key, trigger);
      }
    } catch (SchedulerException e) {
      LOG.warn("timer={} msg=\"waits for the clock\" reason=\"{}\"", key.getName(), e.toString());
    }
  }

  /** What is repeated keeps its pace; a cron looks at the clock anew. */
  private static Date next(MutableTrigger trigger, Duration by) {
    return trigger instanceof SimpleTrigger
        ? Date.from(trigger.getNextFireTime().toInstant().minus(by))
        : new Date();
  }
}
