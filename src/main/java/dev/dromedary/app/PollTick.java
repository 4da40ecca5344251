package dev.dromedary.app;

import dev.dromedary.routing.PollRequests;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.main.Main;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the next poll begin now: fires the timer of its route once, out of turn. Thread-safe. */
final class PollTick implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(PollTick.class);

  private static final String ROUTE = "poll-sources";

  private final Main main;
  private final PollRequests requests;

  PollTick(Main main, PollRequests requests) {
    this.main = main;
    this.requests = requests;
  }

  /** A poll that runs is waited for; where the timer is not Quartz's, its next tick is as good. */
  @Override
  public void run() {
    requests.hurry();
    CamelContext context = main.getCamelContext();
    Route route = context == null ? null : context.getRoute(ROUTE);
    if (route != null && route.getEndpoint() instanceof QuartzEndpoint timer) {
      fire(timer);
    }
  }

  private static void fire(QuartzEndpoint timer) {
    TriggerKey key = timer.getTriggerKey();
    try {
      timer.getComponent().getScheduler().triggerJob(JobKey.jobKey(key.getName(), key.getGroup()));
    } catch (SchedulerException e) {
      LOG.warn("msg=\"polls at the next tick only\" reason=\"{}\"", e.toString());
    }
  }
}
