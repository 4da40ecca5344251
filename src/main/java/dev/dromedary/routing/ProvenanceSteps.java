package dev.dromedary.routing;

import dev.dromedary.provenance.Provenance;
import dev.dromedary.provenance.ProvenanceFile;
import dev.dromedary.transfer.MaskedUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step that tells beside a landed file where it came from. Thread-safe. */
public final class ProvenanceSteps {

  private static final Logger LOG = LoggerFactory.getLogger(ProvenanceSteps.class);

  private final TransferServices services;
  private final ProvenanceFile file = new ProvenanceFile();

  /** Creates the step. */
  public ProvenanceSteps(TransferServices services) {
    this.services = services;
  }

  /** Writes it; the file has landed, so that a disk that fails here is only told of. */
  public void write(Exchange exchange) {
    TransferRun run = TransferProperties.run(exchange);
    Path landed = services.limits().landing().resolve(run.source().target());
    Provenance provenance =
        Provenance.of(
            run.record(),
            services.ledger().attempts(run.record().id()),
            urls(run.mirrors()),
            run.record().lengthBytes().orElse(0),
            run.digests().computed(),
            run.source().digestFile().map(file -> MaskedUrl.of(file.url())).orElse(null),
            run.mostConnections(),
            services.clock().instant());
    try {
      file.write(landed, provenance, services.ledger());
    } catch (IOException e) {
      LOG.warn(
          "transfer={} source={} msg=\"provenance not written\" reason=\"{}\"",
          run.record().id(),
          run.source().id(),
          e.toString());
    }
  }

  /** Returns who leads and where that led to, then the others that brought bytes. */
  private static List<String> urls(Mirrors mirrors) {
    Stream<Mirror> served = mirrors.all().stream().filter(Mirror::hasServed);
    return Stream.concat(Stream.of(mirrors.lead()), served)
        .flatMap(mirror -> Stream.of(mirror.url(), mirror.current()))
        .map(MaskedUrl::of)
        .distinct()
        .toList();
  }
}
