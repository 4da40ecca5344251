package dev.dromedary.routing;

import dev.dromedary.failure.RetryPolicy;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.origin.OpenRequests;
import dev.dromedary.origin.OriginSlots;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the beans of the routes work with; wired once.
 *
 * @param ledger the durable record
 * @param catalog the sources as the list names them now
 * @param waiting where transfers wait for their next attempt
 * @param board who is told of changes
 * @param slots the connections each host is granted
 * @param disk the room on the staging disk
 * @param breakers which hosts rest
 * @param requests the requests under way
 * @param stop whether the service is stopping
 * @param rate the rate all transfers share
 * @param limits the limits of one transfer
 * @param retries when to try again
 * @param clock the time of records
 * @param nanoClock the time of rates, like {@link System#nanoTime()}
 * @param random the jitter of back-off
 */
public record TransferServices(
    Ledger ledger,
    SourceCatalog catalog,
    WaitingRoom waiting,
    ProgressBoard board,
    OriginSlots slots,
    DiskBudget disk,
    HostBreakers breakers,
    OpenRequests requests,
    StopSignal stop,
    RateLimit rate,
    TransferLimits limits,
    RetryPolicy retries,
    Clock clock,
    LongSupplier nanoClock,
    RandomGenerator random) {}
