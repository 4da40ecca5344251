package dev.dromedary.routing;

import dev.dromedary.transfer.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A source to be fetched, since somebody asks for it or by when it was polled last. */
record Due(Source source, boolean isAskedFor, @Nullable Instant lastPolledAt) {}
