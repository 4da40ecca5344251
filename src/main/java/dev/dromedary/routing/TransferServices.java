package dev.dromedary.routing;

import dev.dromedary.failure.RetryPolicy;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.origin.HostMemory;
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
 * @param origins the settings of hosts as their file has them now
 * @param waiting where transfers wait for their next attempt
 * @param board who is told of changes
 * @param memory what hosts have shown
 * @param slots the connections each host is granted
 * @param disk the room on the staging disk
 * @param breakers which hosts rest
 * @param requests the requests under way
 * @param stop whether the service is stopping
 * @param rates how fast transfers may receive
 * @param limits the limits of one transfer
 * @param retries when to try again
 * @param clock the time of records
 * @param nanoClock the time of rates, like {@link System#nanoTime()}
 * @param random the jitter of back-off
 */
public record TransferServices(
    Ledger ledger,
    SourceCatalog catalog,
    OriginCatalog origins,
    WaitingRoom waiting,
    ProgressBoard board,
    HostMemory memory,
    OriginSlots slots,
    DiskBudget disk,
    HostBreakers breakers,
    OpenRequests requests,
    StopSignal stop,
    RateLimits rates,
    TransferLimits limits,
    RetryPolicy retries,
    Clock clock,
    LongSupplier nanoClock,
    RandomGenerator random) {}
