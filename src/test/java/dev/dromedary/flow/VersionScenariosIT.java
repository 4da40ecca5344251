package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.ANOTHER_ANSWER;
import static dev.dromedary.transfer.FailureCode.DIGEST_MISMATCH;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;
import static dev.dromedary.transfer.FailureCode.SIZE_MISMATCH;
import static dev.dromedary.transfer.FailureCode.VERSION_CHANGED;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.Deaf;
import dev.dromedary.demo.BackendFault.FlippedByte;
import dev.dromedary.demo.BackendFault.From;
import dev.dromedary.demo.BackendFault.OtherVersion;
import dev.dromedary.demo.BackendFault.WithFields;
import dev.dromedary.demo.BackendFault.WithoutFields;
import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.CloseDelimited;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.Resource.EtagKind;
import dev.dromedary.plan.PartPlanner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Content, ETag, date and size that change, lie or are missing (I3), and digests. */
class VersionScenariosIT extends ScenarioTable {

  private static final int BIG = 20_000_000;
  private static final Instant SAME_DATE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Fault CUT = new CutAfter(100_000, false);
  private static final Fault PAGE = new Status(200, Map.of("Content-Type", "text/html"), "<form>");
  private static final Fault WHOLE_UNMEASURED =
      new Deaf("Range").and(new CloseDelimited()).and(new CutAfter(200_000, false));

  @Override
  List<Scenario> rows() {
    return List.of(
        of("changed between two requests")
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .after(SHORT_BODY)
            .requests(2)
            .landsFresh()
            .refetched(100_000),
        of("changed between two requests, If-Range not understood")
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .always(new Deaf("If-Range"))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .landsFresh()
            .refetched(100_000),
        of("changed, and only a date tells")
            .served(r -> r.withEtag(EtagKind.NONE))
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .after(SHORT_BODY)
            .requests(2)
            .landsFresh()
            .refetched(100_000),
        of("changed, and only a weak ETag tells")
            .served(r -> r.withEtag(EtagKind.WEAK).withoutLastModified())
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .after(SHORT_BODY)
            .requests(2)
            .landsFresh()
            .refetched(100_000),
        of("changed, and of ETag and date only the ETag tells, a weak one")
            .served(r -> r.withEtag(EtagKind.WEAK).withLastModified(SAME_DATE))
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .landsFresh()
            .refetched(100_000),
        of("changed, with a weak ETag in place of the strong one, the date the same")
            .served(r -> r.withLastModified(SAME_DATE))
            .first(stage -> new ChangeVersionAfter(100_000, stage.later().withEtag(EtagKind.WEAK)))
            .after(SHORT_BODY)
            .requests(2)
            .landsFresh()
            .refetched(100_000),
        of("changed, a weak ETag in place of the strong one, If-Range not understood")
            .served(r -> r.withLastModified(SAME_DATE))
            .first(stage -> new ChangeVersionAfter(100_000, stage.later().withEtag(EtagKind.WEAK)))
            .always(new Deaf("If-Range"))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .landsFresh()
            .refetched(100_000),
        of("changed, and nothing tells")
            .served(Resource::withoutValidators)
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .after(SHORT_BODY)
            .requests(2, 3)
            .landsFresh()
            .refetched(100_000),
        of("changed, nothing tells, and the old digest is known")
            .withDigest()
            .served(Resource::withoutValidators)
            .first(stage -> new ChangeVersionAfter(100_000, stage.later()))
            .after(SHORT_BODY)
            .refused(DIGEST_MISMATCH, 2)
            .requests(3)
            .refetched(600_000)
            .keepsRejected(),
        of("another server behind the name is ahead, once")
            .first(CUT)
            .first(stage -> new OtherVersion(stage.later()))
            .always(stage -> new OtherVersion(stage.later()))
            .after(SHORT_BODY)
            .requests(2)
            .landsFresh()
            .refetched(100_000),
        of("two servers behind the name take turns in cutting")
            .first(CUT)
            .first(stage -> new OtherVersion(stage.later()).and(CUT))
            .first(CUT)
            .always(stage -> new OtherVersion(stage.later()))
            .after(SHORT_BODY, SHORT_BODY, SHORT_BODY)
            .requests(4)
            .landsFresh()
            .refetched(300_000),
        of("one of four connections reaches a server that is ahead", BIG)
            .entry("connections", "4")
            .first(new Fault.None())
            .first(stage -> new OtherVersion(stage.later()))
            .afterAny(VERSION_CHANGED)
            .requests(3, 60)
            .refetched(0, 3L * BIG),
        of("one of four connections reaches a server that is ahead by its weak ETag", BIG)
            .served(r -> r.withEtag(EtagKind.WEAK).withLastModified(SAME_DATE))
            .entry("connections", "4")
            .first(new Fault.None())
            .first(stage -> new OtherVersion(stage.later()))
            .afterAny(VERSION_CHANGED)
            .requests(3, 60)
            .refetched(0, 3L * BIG),
        of("what follows the first part is of another version, asked for by itself", BIG)
            .entry("connections", "4")
            .always(
                stage -> new From(PartPlanner.FIRST_PART_BYTES, new OtherVersion(stage.later())))
            .after(VERSION_CHANGED, VERSION_CHANGED)
            .requests(4, 80)
            .refetched(0, BIG),
        of("grown between two requests")
            .first(stage -> new ChangeVersionAfter(100_000, longer(stage, 5)))
            .after(SHORT_BODY)
            .requests(2)
            .landsGrown(5)
            .refetched(100_000),
        of("shrunk below what is here")
            .first(stage -> new ChangeVersionAfter(100_000, longer(stage, -250_000)))
            .after(SHORT_BODY)
            .requests(2)
            .landsGrown(-250_000)
            .refetched(100_000),
        of("shrunk below what is here, If-Range not understood")
            .first(stage -> new ChangeVersionAfter(100_000, longer(stage, -250_000)))
            .always(new Deaf("If-Range"))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .landsGrown(-250_000)
            .refetched(100_000),
        of("emptied")
            .first(stage -> new ChangeVersionAfter(100_000, longer(stage, -300_000)))
            .after(SHORT_BODY)
            .requests(2)
            .landsGrown(-300_000)
            .refetched(100_000),
        of("same bytes, another ETag with each answer")
            .served(r -> r.withEtag(EtagKind.PER_REQUEST))
            .first(CUT)
            .after(SHORT_BODY)
            .requests(2, 3)
            .refetched(0, 100_000),
        of("same bytes, another date on resume")
            .served(r -> r.withEtag(EtagKind.NONE))
            .first(CUT)
            .first(
                stage ->
                    new OtherVersion(
                        stage.before().withLastModified(Instant.parse("2026-02-01T00:00:00Z"))))
            .after(SHORT_BODY)
            .requests(2)
            .refetched(100_000),
        of("date but no ETag")
            .served(r -> r.withEtag(EtagKind.NONE))
            .first(CUT)
            .after(SHORT_BODY)
            .requests(2),
        of("weak ETag and a date")
            .served(r -> r.withEtag(EtagKind.WEAK))
            .first(CUT)
            .after(SHORT_BODY)
            .requests(2),
        of("neither ETag nor date")
            .served(Resource::withoutValidators)
            .first(CUT)
            .after(SHORT_BODY)
            .requests(2, 3)
            .refetched(100_000),
        of("neither ETag nor date, a digest known")
            .withDigest()
            .served(Resource::withoutValidators)
            .first(CUT)
            .after(SHORT_BODY)
            .requests(2),
        of("ETag without quotes").always(new WithFields(Map.of("ETag", "unquoted"))).requests(1),
        of("ETag without quotes, cut")
            .first(CUT.and(new WithFields(Map.of("ETag", "unquoted"))))
            .always(new WithFields(Map.of("ETag", "unquoted")))
            .after(SHORT_BODY)
            .requests(2, 3)
            .refetched(0, 100_000),
        of("two ETags")
            .first(CUT.and(new ExtraHeaders(Map.of("ETag", "\"other\""))))
            .always(new ExtraHeaders(Map.of("ETag", "\"other\"")))
            .after(SHORT_BODY)
            .requests(2, 3)
            .refetched(0, 100_000),
        of("date that is none")
            .served(r -> r.withEtag(EtagKind.NONE))
            .first(CUT.and(new WithFields(Map.of("Last-Modified", "yesterday"))))
            .always(new WithFields(Map.of("Last-Modified", "yesterday")))
            .after(SHORT_BODY)
            .requests(2, 3)
            .refetched(0, 100_000),
        of("date in the year 9999")
            .served(
                r ->
                    r.withEtag(EtagKind.NONE)
                        .withLastModified(Instant.parse("9999-12-31T23:59:59Z")))
            .first(CUT)
            .after(SHORT_BODY)
            .requests(2),
        of("ETag left out of the rest")
            .first(CUT, new WithoutFields(Set.of("ETag", "Last-Modified")))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .refetched(100_000),
        of("one byte flipped, once")
            .withDigest()
            .first(new FlippedByte(77_777))
            .after(DIGEST_MISMATCH)
            .requests(2)
            .refetched(Scenario.SIZE)
            .leavesRejected(),
        of("one byte flipped, for ever")
            .withDigest()
            .always(new FlippedByte(77_777))
            .refused(DIGEST_MISMATCH, 2)
            .refetched(2 * Scenario.SIZE)
            .keepsRejected(),
        of("the last byte flipped on resume")
            .withDigest()
            .first(CUT, new FlippedByte(299_999))
            .after(SHORT_BODY, DIGEST_MISMATCH)
            .requests(3)
            .refetched(Scenario.SIZE)
            .leavesRejected(),
        of("a digest in the headers of other bytes")
            .always(new WithFields(Map.of("Repr-Digest", "md5=:AAAAAAAAAAAAAAAAAAAAAA==:")))
            .refused(DIGEST_MISMATCH, 2)
            .refetched(2 * Scenario.SIZE)
            .keepsRejected(),
        of("a digest in the headers that is none")
            .always(new WithFields(Map.of("Repr-Digest", "sha-256=:nonsense", "Content-MD5", "x"))),
        of("a login page in place of the file, the size known")
            .entry("size", "300000")
            .always(new Status(200, Map.of("Content-Type", "text/html"), "<form>"))
            .refused(SIZE_MISMATCH),
        of("a login page in place of the file, a digest known")
            .withDigest()
            .always(new Status(200, Map.of("Content-Type", "text/html"), "<form>"))
            .refused(DIGEST_MISMATCH, 2)
            .refetched(12)
            .keepsRejected(),
        of("a login page in place of the rest, once")
            .first(CUT, PAGE)
            .after(SHORT_BODY, ANOTHER_ANSWER)
            .requests(3),
        of("a login page in place of the rest, once, the size and a digest known")
            .withDigest()
            .entry("size", "300000")
            .first(CUT, PAGE)
            .after(SHORT_BODY, ANOTHER_ANSWER)
            .requests(3),
        of("a login page with an ETag of its own in place of the rest, for ever")
            .first(CUT)
            .always(PAGE.and(new WithFields(Map.of("ETag", "\"page\""))))
            .after(SHORT_BODY, ANOTHER_ANSWER, ANOTHER_ANSWER)
            .refused(ANOTHER_ANSWER)
            .requests(4)
            .keeps(100_000),
        of("a login page in place of one part beside others", BIG)
            .entry("connections", "4")
            .first(new Fault.None(), PAGE)
            .requests(4, 40)
            .refetched(0, 400_000),
        of("a note without a name in place of the rest, once")
            .first(CUT, new Status(200, Map.of(), "busy"))
            .after(SHORT_BODY, ANOTHER_ANSWER)
            .requests(3),
        of("another version without a name, for ever")
            .first(CUT)
            .always(
                stage ->
                    new Deaf("Range")
                        .and(new OtherVersion(stage.later()))
                        .and(new WithoutFields(Set.of("ETag", "Last-Modified"))))
            .after(SHORT_BODY, ANOTHER_ANSWER, ANOTHER_ANSWER)
            .requests(4)
            .landsFresh()
            .refetched(100_000),
        of("the rest comes as a whole without a length, and is cut")
            .first(CUT, WHOLE_UNMEASURED, WHOLE_UNMEASURED)
            .after(SHORT_BODY, SHORT_BODY)
            .requests(4)
            .refetched(0, 200_000),
        of("not the size of the list").entry("size", "299999").refused(SIZE_MISMATCH));
  }

  private static Resource longer(Scenario.Stage stage, int more) {
    return Resource.of(stage.path(), stage.row().resized(more));
  }
}
