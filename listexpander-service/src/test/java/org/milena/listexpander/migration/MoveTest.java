package org.milena.listexpander.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Template;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.migration.ListFileImport.Outcome;

/** A list that leaves one site and comes to another. */
class MoveTest {
  private static final MailAddress PEOPLE = MailAddress.of("people@lists.example.org");

  private final ImportSite old = new ImportSite();
  private final ImportSite fresh = new ImportSite();

  private static Member member(String address, MemberOptions options, @Nullable PostAction action) {
    return new Member(
        Fixtures.USERS_ID,
        MailAddress.of(address),
        "Ann, \"A\" Ö",
        Set.of(MemberRole.MEMBER, MemberRole.OWNER),
        action,
        options,
        Instant.parse("2001-02-03T04:05:06Z"));
  }

  private void fill() {
    old.world.with(
        Fixtures.list(
            ListSettings.DISCUSSION
                .with("subjectPrefix", "[Ü %d] ")
                .with("bans", List.of("^.*@spam\\.example"))
                .with("replyToAddress", "a@b.example")),
        member("Ann@a.example", MemberOptions.DEFAULT.stopped(Stop.BY_MEMBER, null), null),
        member(
            "bob@a.example",
            new MemberOptions(
                DeliveryMode.MIME_DIGEST,
                Stop.BY_BOUNCES,
                LocalDate.of(2027, 1, 1),
                false,
                true,
                true,
                true,
                "de",
                3),
            PostAction.HOLD),
        Fixtures.member("known@n.example", PostAction.REJECT, MemberRole.NONMEMBER));
    Template text =
        new Template(Fixtures.USERS_ID.value(), "list:member:regular:footer", "de", "-- \n$$\n");
    old.world
        .tables
        .directory()
        .templates()
        .put(Template.key(text.scope(), text.name(), text.language()), text);
    old.world
        .tables
        .states()
        .put(
            Fixtures.USERS_ID.value(),
            new ListState(Fixtures.USERS_ID, 4_711, 7, 12, LocalDate.of(2026, 2, 3), null));
    for (int i = 0; i < 3; i++) {
      ListMail mail =
          Fixtures.post("eve@e.example", "From: eve@e.example\nSubject: %d\n\nhi\n".formatted(i));
      old.hold(mail, List.of("One.", "Two."));
    }
  }

  private byte[] exported(ImportSite site) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    site.export.write(site.directory.list(Fixtures.USERS_ID).orElseThrow(), out);
    return out.toByteArray();
  }

  private static List<String> lines(byte[] file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      List<String> lines =
          new ArrayList<>(
              new String(in.readAllBytes(), StandardCharsets.UTF_8)
                  .replaceAll("\"createdAt\":\"[^\"]*\"", "\"createdAt\":\"\"")
                  .lines()
                  .toList());
      lines.removeLast();
      return lines;
    }
  }

  private static ImportReport take(ImportSite site, byte[] file, boolean dryRun)
      throws IOException {
    return take(site, file, Fixtures.USERS, dryRun);
  }

  private static ImportReport take(
      ImportSite site, byte[] file, MailAddress address, boolean dryRun) throws IOException {
    Outcome outcome =
        ListFileImport.run(
            site.site(),
            () -> new ByteArrayInputStream(file),
            Optional.of(address),
            dryRun,
            ListImport.Progress.NONE);
    return assertInstanceOf(Outcome.Imported.class, outcome).report();
  }

  @Test
  void comesBackIdentically() throws IOException {
    fill();
    byte[] file = exported(old);
    ImportReport dry = take(fresh, file, true);
    assertThat(fresh.directory.lists()).isEmpty();
    fresh.world.later(Duration.ofDays(9));
    ImportReport report = take(fresh, file, false);
    assertThat(report.made()).isTrue();
    assertThat(report.members()).isEqualTo(3);
    assertThat(report.membersChanged()).isEqualTo(3);
    assertThat(report.heldPostsChanged()).isEqualTo(3);
    assertThat(dry.membersChanged()).isEqualTo(3);
    assertThat(dry.heldPostsChanged()).isEqualTo(3);
    assertThat(dry.settings()).isEqualTo(report.settings()).contains("bans", "subjectPrefix");
    assertThat(lines(exported(fresh))).isEqualTo(lines(file));
    assertThat(fresh.mailsSent()).isZero();
    assertThat(take(fresh, file, false).changed()).isZero();
    assertThat(take(fresh, file, true).changed()).isZero();
  }

  @Test
  void heldPostsWaitWithAllTheirReasons() throws IOException {
    fill();
    var _ = take(fresh, exported(old), false);
    assertThat(fresh.world.holds())
        .hasSize(3)
        .allSatisfy(hold -> {
          assertThat(hold.reasons()).containsExactly("One.", "Two.");
          assertThat(hold.sentences()).extracting(Sentence::key).containsExactly("loop", "loop");
        });
    assertThat(fresh.world.holds().stream().map(Hold::subject))
        .containsExactlyElementsOf(old.world.holds().stream().map(Hold::subject).toList());
  }

  @Test
  void comesUnderAnotherAddress() throws IOException {
    fill();
    byte[] file = exported(old);
    Outcome outcome =
        ListFileImport.run(
            fresh.site(),
            () -> new ByteArrayInputStream(file),
            Optional.of(PEOPLE),
            false,
            ListImport.Progress.NONE);
    assertInstanceOf(Outcome.Imported.class, outcome);
    assertThat(fresh.directory.listAt(PEOPLE)).isPresent();
    assertThat(fresh.world.holds())
        .allSatisfy(hold -> assertThat(hold.list().value()).isEqualTo("people.lists.example.org"));
  }

  @Test
  void aListThatWasRenamedIsFoundUnderItsNewAddressOnly() throws IOException {
    fill();
    old.world.with(old.directory.list(Fixtures.USERS_ID).orElseThrow().at(PEOPLE, List.of()));
    byte[] file = exported(old);
    for (boolean dryRun : List.of(true, false)) {
      ImportReport same = take(old, file, PEOPLE, dryRun);
      assertThat(same.refused()).isNull();
      assertThat(same.made()).isFalse();
      assertThat(same.changed()).isZero();
      ImportReport other = take(old, file, Fixtures.USERS, dryRun);
      assertThat(other.refused()).extracting(ImportReport.Refusal::code).isEqualTo("list-exists");
      assertThat(other.changed()).isZero();
    }
    assertThat(exported(old)).isEqualTo(file);
  }

  @Test
  void aFileThatIsCutOrChangedDoesNothing() throws IOException {
    fill();
    byte[] file = exported(old);
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      byte[] bad = Arrays.copyOf(file, i < 150 ? random.nextInt(file.length) : file.length);
      if (i >= 150) {
        bad[random.nextInt(bad.length - 20) + 10] ^= (byte) (1 << random.nextInt(8));
      }
      Outcome outcome =
          ListFileImport.run(
              fresh.site(),
              () -> new ByteArrayInputStream(bad),
              Optional.empty(),
              false,
              ListImport.Progress.NONE);
      if (outcome instanceof Outcome.Imported) {
        // a bit of gzip's own that says nothing of what is in it
        assertThat(lines(bad)).isEqualTo(lines(file));
      }
    }
  }

  @Test
  void aSettingThatNoListCanHaveIsLeftBehindAlone() {
    List<String> bans = IntStream.range(0, 10_001).mapToObj("b%d@b.example"::formatted).toList();
    ListPlan plan =
        new PlanBuilder(Fixtures.USERS)
            .set("ban_list", "bans", bans)
            .set("subject_prefix", "subjectPrefix", "[u] ")
            .build();
    assertThat(plan.settings().names()).containsExactly("subjectPrefix");
    assertThat(plan.lines())
        .contains(
            new PlanLine("ban_list", PlanLine.Fate.LEFT, "There can be at most 10,000 patterns."));
  }

  @Test
  void aPlanIsDoneInChunksAndTellsHowFarItIs() {
    List<Integer> heard = new ArrayList<>();
    PlanBuilder plan = new PlanBuilder(Fixtures.USERS);
    for (int i = 0; i < 4_500; i++) {
      plan.member(
          "members",
          new Member(
              plan.list(),
              MailAddress.of("m%d@m.example".formatted(i)),
              "",
              Set.of(MemberRole.MEMBER),
              null,
              Fixtures.NOW));
    }
    ListPlan whole = plan.build();
    ImportReport report =
        new ListImport(fresh.site(), Fixtures.USERS, false, 0, (done, all) -> heard.add(done))
            .run(whole);
    assertThat(report.membersChanged()).isEqualTo(4_500);
    assertThat(heard).containsExactly(2_000, 4_000, 4_500);
    assertThat(
            new ListImport(fresh.site(), Fixtures.USERS, false, 0, ListImport.Progress.NONE)
                .run(whole)
                .changed())
        .isZero();
  }

  private ImportReport planned(MailAddress address, boolean dryRun, PlanBuilder plan) {
    return new ListImport(fresh.site(), address, dryRun, 0, ListImport.Progress.NONE)
        .run(plan.build());
  }

  @Test
  void aDryRunRefusesWhatTheImportWould() {
    MailAddress elsewhere = MailAddress.of("users@elsewhere.example");
    ImportReport dry = planned(elsewhere, true, new PlanBuilder(elsewhere));
    ImportReport done = planned(elsewhere, false, new PlanBuilder(elsewhere));
    assertThat(dry.refused()).isEqualTo(done.refused());
    assertThat(dry.refused()).extracting(ImportReport.Refusal::code).isEqualTo("list-name");
    assertThat(dry.changed()).isZero();
    assertThat(fresh.directory.lists()).isEmpty();
  }

  @Test
  void aDryRunRefusesANameThatTheImportWould() {
    ImportReport dry = withLongName(true);
    assertThat(dry.refused()).extracting(ImportReport.Refusal::code).isEqualTo("display-name");
    assertThat(withLongName(false).refused()).isEqualTo(dry.refused());
  }

  private ImportReport withLongName(boolean dryRun) {
    ListImport moved =
        new ListImport(fresh.site(), Fixtures.USERS, dryRun, 0, ListImport.Progress.NONE);
    PlanBuilder plan = new PlanBuilder(Fixtures.USERS);
    assertThat(moved.run(plan.build()).refused()).isNull();
    moved.member(somebody(plan, "x".repeat(201)));
    return moved.finish();
  }

  @Test
  void whoIsThereByASourceOnlyIsSpokenOf() {
    ListImport moved =
        new ListImport(fresh.site(), Fixtures.USERS, true, 0, ListImport.Progress.NONE);
    PlanBuilder plan = new PlanBuilder(Fixtures.USERS);
    moved.member(somebody(plan, "Ann"));
    assertThat(moved.finish().lines()).isEmpty();
    moved.member(somebody(plan, "Ann").sourced(true));
    assertThat(moved.finish().lines()).extracting(PlanLine::field).containsExactly("sourced");
  }

  private static Member somebody(PlanBuilder plan, String name) {
    return new Member(
        plan.list(),
        MailAddress.of("ann@m.example"),
        name,
        Set.of(MemberRole.MEMBER),
        null,
        Fixtures.NOW);
  }

  @Test
  void aListStaysNoMemberOfItselfUnderItsNewAddress() throws IOException {
    fill();
    old.world
        .tables
        .directory()
        .members()
        .put(
            Member.key(Fixtures.USERS_ID, PEOPLE),
            new Member(
                Fixtures.USERS_ID, PEOPLE, "", Set.of(MemberRole.MEMBER), null, Fixtures.NOW));
    ImportReport dry = take(fresh, exported(old), PEOPLE, true);
    ImportReport report = take(fresh, exported(old), PEOPLE, false);
    assertThat(report.refused()).isNull();
    assertThat(report.membersChanged()).isEqualTo(3);
    assertThat(dry.membersChanged()).isEqualTo(3);
    assertThat(report.lines()).extracting(PlanLine::text).contains(PlanBuilder.OWN_ADDRESS);
  }
}
