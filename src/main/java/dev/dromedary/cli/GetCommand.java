package dev.dromedary.cli;

import dev.dromedary.app.GetWork;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.source.DigestFrom;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dromedary get}: lands one file. */
@Command(
    name = "get",
    header = "Land one file.",
    description = {
      "",
      "Fetches URL, resumes instead of restarting, verifies, and puts the file in place in one"
          + " step. Further URLs are mirrors, which have the same bytes. When the file has landed"
          + " before under the same digest and size and the server has nothing newer, one small"
          + " request is all.",
      "",
      "What it knows of landed files for that, and the bytes of unfinished ones, are in .dromedary"
          + " beside the file; it may be deleted when nothing runs, and the next get then fetches"
          + " the whole file.",
      ""
    },
    exitCodeList = {
      "0:Everything landed or was unchanged.",
      "1:At least one transfer failed, or what it had to print could not be written.",
      "2:The command line, the configuration or the work directory cannot be used;"
          + " nothing was fetched.",
      ExitStatus.HEAP_FULL,
      ExitStatus.BROKEN_OFF
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  dromedary get https://example.org/data.tar.gz",
      "  dromedary get https://example.org/data.tar.gz --to /srv/in \\",
      "    --digest sha-256=9f86...",
      "  dromedary get https://example.org/disk.img --digest-from SHA256SUMS",
      "  dromedary get https://a.example/big.iso https://b.example/big.iso -o big.iso",
      "  dromedary get https://example.org/x \\",
      "    --header 'Authorization: Bearer {{env:TOKEN}}'"
    })
final class GetCommand implements Callable<Integer> {

  /** What the system names its streams; that of standard output is a symbolic link. */
  private static final Pattern STREAM =
      Pattern.compile("/dev/(?:stdin|stdout|stderr|fd/.*)|/proc/(?:self|[0-9]+)/fd/.*");

  private final CliEnvironment environment;

  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      description = "Where the file is; further ones are mirrors of it.")
  List<String> urls = new ArrayList<>();

  @ArgGroup(exclusive = true)
  @Nullable Place place;

  @Option(
      names = "--digest",
      paramLabel = "ALG=HEX",
      converter = OptionValue.Digest.class,
      description =
          "The digest it must have; md5, sha-1, sha-256 or sha-512, which the number of digits"
              + " tells where they stand alone. May be repeated.")
  List<ExpectedDigest> digests = new ArrayList<>();

  @Option(
      names = "--digest-from",
      paramLabel = "REF",
      converter = OptionValue.DigestReference.class,
      description =
          "Where its digest is published: a suffix of URL (.sha256), or a file beside it"
              + " (SHA256SUMS).")
  @Nullable DigestFrom digestFrom;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = OptionValue.Bytes.class,
      description = "The length it must have.")
  @Nullable Long size;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Where part files and the ledger are",
        "(default: .dromedary beside the file)."
      })
  @Nullable Path work;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description =
          "A request header, sent to the hosts of the URLs only. May be repeated. {{env:NAME}} and"
              + " {{file:PATH}} in it keep a secret out of the list of processes.")
  List<String> headers = new ArrayList<>();

  @Option(
      names = "--allow-unknown-length",
      description = "Land a body even when neither length nor digest tells where it ends.")
  boolean allowUnknownLength;

  @Option(
      names = "--allow-content-encoding",
      description = "Land a body that comes compressed (Content-Encoding) as it comes.")
  boolean allowContentEncoding;

  @Mixin TuningOptions tuning = new TuningOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Mixin CommonOptions common = new CommonOptions();

  GetCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.level(output.isQuiet, common.isDebug).apply();
    RunRequest request = request();
    PollSession session = new PollSession(environment, output);
    try {
      return session.run(request);
    } catch (DromedaryException e) {
      boolean isTaken = e.code() == FailureCode.WORK_DIRECTORY_BUSY && work == null;
      Optional<Path> apart = isTaken ? getWork(request).second() : Optional.empty();
      if (apart.isEmpty()) {
        throw e;
      }
      return session.run(in(apart.get(), request));
    }
  }

  /**
   * Returns what the command line asks for.
   *
   * @throws UsageException when it cannot be carried out
   */
  RunRequest request() {
    RunRequest wanted = wanted();
    if (work == null) {
      return in(getWork(wanted).first(), wanted);
    }
    Path workDirectory = environment.resolve(work);
    DirectoryArgument.requireUsable("--work", work.toString(), workDirectory);
    return in(workDirectory, wanted);
  }

  private static GetWork getWork(RunRequest request) {
    Path landing = Path.of(Objects.requireNonNull(request.overrides().get("dromedary.landing")));
    String target = Objects.requireNonNull(request.sources()).get(0).target();
    return new GetWork(landing, target);
  }

  private static RunRequest in(Path workDirectory, RunRequest request) {
    Map<String, String> overrides = new LinkedHashMap<>(request.overrides());
    TuningOptions.put(overrides, "work", workDirectory.toString());
    return new RunRequest(
        request.mode(), request.home(), request.configFile(), overrides, request.sources());
  }

  private RunRequest wanted() {
    List<URI> checked = urls.stream().map(UrlArgument::parse).toList();
    if (place == null || place.file == null) {
      requireMirrors(checked);
    }
    Path landing = environment.directory();
    String target = null;
    if (place != null && place.file != null) {
      requireFile(place.file);
      Path file = environment.resolve(Path.of(place.file));
      Path parent = file.getParent();
      Path name = file.getFileName();
      if (parent == null || name == null) {
        throw new UsageException(
            "-o '" + place.file + "': expected a path that ends in a file name");
      }
      landing = parent;
      target = TargetPath.checked(name.toString());
      Path written = Path.of(place.file).getParent();
      DirectoryArgument.requireUsable(
          "-o", String.valueOf(written == null ? landing : written), landing);
    } else if (place != null && place.directory != null) {
      landing = environment.resolve(place.directory);
      DirectoryArgument.requireUsable("--to", place.directory.toString(), landing);
    }
    if (target == null) {
      target = TargetPath.fromUrl(checked.get(0));
    }
    requireReplaceable(landing.resolve(target));
    Source source =
        new Source(
            target,
            checked,
            target,
            digests,
            size == null ? OptionalLong.empty() : OptionalLong.of(size),
            new Schedule.Every(Duration.ofMillis(1)),
            HeaderArgument.parse(headers),
            OptionalInt.empty(),
            allowUnknownLength,
            allowContentEncoding,
            OptionalLong.empty(),
            Guards.NONE,
            digestFile(checked.get(0)));
    Map<String, String> settings = new LinkedHashMap<>(tuning.settings(environment));
    TuningOptions.put(settings, "landing", landing.toString());
    // what a person asks for is fetched
    TuningOptions.put(settings, "retry.wrong-digest", "0s");
    return new RunRequest(
        RunMode.ONE_POLL,
        environment.home(),
        common.configFile(environment, RunCommand.CONFIG),
        settings,
        List.of(source));
  }

  /** Other names are likely other files, and of those but the first would be fetched. */
  private void requireMirrors(List<URI> checked) {
    String name = TargetPath.fromUrl(checked.get(0));
    for (URI mirror : checked.subList(1, checked.size())) {
      if (digests.isEmpty() && digestFrom == null && !name.equals(TargetPath.lastSegment(mirror))) {
        throw new UsageException(
            "'"
                + MaskedUrl.of(mirror)
                + "' is taken as a mirror of '"
                + MaskedUrl.of(checked.get(0))
                + "', but is named otherwise; give -o FILE or --digest when both are the same"
                + " file; several files are a list for 'dromedary once'");
      }
    }
  }

  private void requireFile(String file) {
    if (file.equals("-") || STREAM.matcher(file).matches()) {
      throw new UsageException(
          "-o "
              + file
              + ": expected a file: what went to standard output could not be taken back when it"
              + " proves not to be whole; give a file and read that");
    }
    if (file.endsWith("/") || Files.isDirectory(environment.resolve(Path.of(file)))) {
      throw new UsageException(
          "-o '" + file + "': expected a file, found a directory; to land in it give --to " + file);
    }
  }

  /** Delivery would find out as well, when every byte is here. */
  private static void requireReplaceable(Path file) {
    if (Files.isSymbolicLink(file)) {
      throw unusable(file, "symbolic link; remove it, or");
    }
    if (Files.isDirectory(file)) {
      throw unusable(file, "directory; remove it, or");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw unusable(file, "device, socket or pipe;");
    }
  }

  private static UsageException unusable(Path file, String found) {
    return new UsageException(
        "target "
            + file
            + ": expected a file or nothing, found a "
            + found
            + " land elsewhere with -o FILE");
  }

  private Optional<DigestFile> digestFile(URI url) {
    try {
      return Optional.ofNullable(digestFrom).map(from -> from.of(url));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Where the file goes: one of the two. */
  static final class Place {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        required = true,
        converter = OptionValue.PathText.class,
        description = "The file to land as (default: the last segment of URL).")
    @Nullable String file;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        required = true,
        description = "The directory to land in (default: the current one).")
    @Nullable Path directory;
  }
}
