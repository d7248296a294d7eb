package org.milena.listexpander.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ListState;
import org.milena.common.event.MailJson;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.migration.PlanLine.Fate;
import org.milena.listexpander.migration.mailman3.Mailman3;
import org.milena.listexpander.migration.mailman3.Mailman3Plans;
import org.milena.listexpander.migration.mailman3.net.Mailman3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real Mailman 3, read over its REST API. */
@Timeout(300)
class Mailman3IT {
  private static final MailAddress FRUIT = MailAddress.of(Mailman3Sample.FRUIT);
  private static final ListId ID = ListId.forAddress(FRUIT);

  /** What we read of a list, and nobody writes. */
  private static final Set<String> READ_ONLY =
      Set.of(
          "bounces_address",
          "created_at",
          "digest_last_sent_at",
          "fqdn_listname",
          "http_etag",
          "join_address",
          "last_post_at",
          "leave_address",
          "list_name",
          "mail_host",
          "next_digest_number",
          "no_reply_address",
          "owner_address",
          "post_id",
          "posting_address",
          "request_address",
          "usenet_watermark",
          "volume");

  private static MailmanServer server;

  private final ImportSite site = new ImportSite();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = MailmanServer.start();
    new Mailman3Sample(server).fill();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Mailman3 open() throws IOException {
    return Mailman3Client.open(server.url(), MailmanServer.USER, MailmanServer.PASSWORD);
  }

  private ImportReport take(MailAddress address, boolean dryRun) throws IOException {
    ListPlan plan = Mailman3Plans.plan(open(), address, Fixtures.NOW).orElseThrow();
    return new ListImport(site.site(), address, dryRun, 0, ListImport.Progress.NONE).run(plan);
  }

  private MailingList list() {
    return site.directory.list(ID).orElseThrow();
  }

  private static Map<String, String> lines(ImportReport report, Fate fate) {
    return report.lines().stream()
        .filter(line -> line.fate() == fate)
        .collect(Collectors.toMap(PlanLine::field, PlanLine::text, (a, b) -> a + " " + b));
  }

  @Test
  void theSampleLeavesNoSettingAsItIsOnANewList() throws IOException, InterruptedException {
    JsonNode fruit = server.ask("lists/fruit.lists.example.org/config");
    JsonNode plain = server.ask("lists/plain.lists.example.org/config");
    assertThat(fruit.propertyNames())
        .filteredOn(field -> !READ_ONLY.contains(field))
        .containsExactlyInAnyOrderElementsOf(Mailman3Sample.settings().keySet())
        .allSatisfy(field -> assertThat(fruit.get(field)).as(field).isNotEqualTo(plain.get(field)));
  }

  @Test
  void everySettingComesOver() throws IOException {
    var _ = take(FRUIT, false);
    assertThat(list().displayName()).isEqualTo("Obst & Gemüse");
    assertThat(list().description()).isEqualTo("Äpfel – “Obst”\n\nEins.\nZwei.");
    ObjectNode here = SettingsPatch.all(list().settings()).changes();
    JsonNode expected =
        MailJson.mapper()
            .readTree(
                """
                {"acceptableAliases":["^alt@.*","a.b@example.com"],
                "acceptNonMembers":["^.*@a\\\\.example","friend@f.example"],
                "holdNonMembers":["^(a|b)@h\\\\.example"],
                "rejectNonMembers":["no@r.example"],
                "discardNonMembers":["^spam.*"],
                "moderatorNotices":"DAILY","tellOwners":true,"administrivia":false,
                "advertised":false,"listPost":false,"anonymous":true,
                "archived":true,"archiveAccess":"MEMBERS","personalize":"TEXTS",
                "answerOwner":"CONTINUE","answerPosts":"DISCARD","answerRequests":"CONTINUE",
                "answerOwnerText":"Später.\\nBis bald",
                "answerPostsText":"Thanks & regards + more","answerRequestsText":"Wait",
                "answerDays":3,"bounceStaleDays":9,"tellOwnersOfBounces":false,
                "tellOwnersOfEachBounce":true,
                "bounceThreshold":4.0,"bounceWarnings":2,"bounceWarningDays":5,
                "processBounces":false,"forwardUnrecognized":false,
                "collapseAlternatives":false,"htmlToText":true,"filterContent":true,
                "filterAction":"FORWARD","filterExtensions":["exe","bat"],
                "filterTypes":["image","text/html"],"passExtensions":["txt"],
                "passTypes":["text","multipart"],
                "memberAction":"HOLD","nonMemberAction":"REJECT","emergency":true,
                "digestHour":-1,"digestSizeKb":41,"digestVolume":"WEEK","digests":false,
                "dmarcAction":"WRAP","dmarcWhen":"ALWAYS","dmarcNotice":"No.",
                "stripReplyTo":true,"replyTo":"ADDRESS_ONLY","replyToAddress":"desk@example.com",
                "listHeaders":false,"holdDays":8,"maxSize":56320,"maxRecipients":6,
                "rosterAccess":"MEMBERS","language":"de","requireListAddress":false,
                "tellHeldAuthors":false,"goodbye":false,"welcome":false,
                "subjectPrefix":"[Ü %d] ","subscribePolicy":"CONFIRM_THEN_MODERATE",
                "unsubscribePolicy":"OPEN","bans":["^.*@spam\\\\.example","bad@b.example"],
                "headerFilters":[
                {"header":"x-spam","pattern":"^yes","action":"DISCARD"},
                {"header":"to","pattern":"all|both","action":"REJECT"},
                {"header":"x-ok","pattern":"y","action":"ACCEPT"}]}
                """);
    ObjectNode usual = SettingsPatch.all(ListSettings.DISCUSSION).changes();
    for (String name : here.propertyNames()) {
      assertThat(here.get(name))
          .as(name)
          .isEqualTo(expected.has(name) ? expected.get(name) : usual.get(name));
    }
    assertThat(here.propertyNames()).containsAll(expected.propertyNames());
  }

  @Test
  void numbersGoOn() throws IOException, InterruptedException {
    var _ = take(FRUIT, false);
    ListState state = site.export.state(ID);
    assertThat(state.posts()).as("one was posted").isEqualTo(1);
    assertThat(state.volume()).isEqualTo(1);
    assertThat(state.issue()).as("one was sent").isEqualTo(2);
    assertThat(server.ask("lists/fruit.lists.example.org/config/digest_last_sent_at").toString())
        .contains("\"" + state.lastDigestOn() + "T");
  }

  private static Member somebody(
      String address,
      String name,
      @Nullable PostAction action,
      MemberOptions options,
      MemberRole... roles) {
    return new Member(
        ID, MailAddress.of(address), name, Set.of(roles), action, options, Fixtures.NOW);
  }

  @Test
  void everybodyComesOver() throws IOException {
    var _ = take(FRUIT, false);
    MemberOptions usual = MemberOptions.DEFAULT;
    assertThat(site.directory.members(ID, "", 100))
        .containsExactly(
            somebody(
                "ann.case@example.com",
                "Änne „A“ Ö",
                null,
                new MemberOptions(
                    DeliveryMode.MIME_DIGEST,
                    Stop.BY_MODERATOR,
                    null,
                    false,
                    false,
                    false,
                    true,
                    "en",
                    0),
                MemberRole.MEMBER,
                MemberRole.OWNER),
            somebody(
                "bob@example.com",
                "Bob \"B\" <x>",
                PostAction.REJECT,
                new MemberOptions(
                    DeliveryMode.PLAIN_DIGEST,
                    Stop.BY_MEMBER,
                    null,
                    true,
                    true,
                    true,
                    false,
                    null,
                    0),
                MemberRole.MEMBER),
            somebody(
                "cid@example.com",
                "",
                PostAction.ACCEPT,
                usual.withMode(DeliveryMode.MIME_DIGEST).stopped(Stop.BY_BOUNCES, null),
                MemberRole.MEMBER),
            somebody(
                "dora@example.com",
                "多拉",
                null,
                new MemberOptions(
                    DeliveryMode.EVERY_POST, null, null, true, false, false, true, "de", 0),
                MemberRole.MEMBER),
            somebody("eve@example.com", "Eve", null, usual, MemberRole.MEMBER),
            somebody("foe@n.example", "", PostAction.DISCARD, usual, MemberRole.NONMEMBER),
            somebody("friend@n.example", "Friend", PostAction.ACCEPT, usual, MemberRole.NONMEMBER),
            somebody("mod@example.com", "", null, usual, MemberRole.MODERATOR),
            somebody("own@example.com", "Die Eignerin", null, usual, MemberRole.OWNER));
  }

  @Test
  void aDryRunSaysWhatARealOneDoesAndTheSameAgainChangesNothing() throws IOException {
    ImportReport dry = take(FRUIT, true);
    assertThat(site.directory.lists()).isEmpty();
    ImportReport report = take(FRUIT, false);
    assertThat(dry)
        .isEqualTo(
            new ImportReport(
                report.list(),
                true,
                true,
                report.changed(),
                report.settings(),
                report.texts(),
                report.members(),
                report.membersChanged(),
                report.heldPosts(),
                report.heldPostsChanged(),
                report.lines(),
                null));
    assertThat(report.members()).isEqualTo(9);
    assertThat(report.membersChanged()).isEqualTo(9);
    assertThat(take(FRUIT, true).changed()).isZero();
    assertThat(take(FRUIT, false).changed()).isZero();
    assertThat(site.mailsSent()).isZero();
  }

  @Test
  void theReportNamesEveryFieldAndWhatIsLeftBehind() throws IOException, InterruptedException {
    ImportReport report = take(FRUIT, true);
    assertThat(report.lines()).extracting(PlanLine::field).doesNotContain("http_etag");
    assertThat(report.lines())
        .extracting(PlanLine::field)
        .containsAll(
            server.ask("lists/fruit.lists.example.org/config").propertyNames().stream()
                .filter(field -> !field.equals("http_etag"))
                .toList());
    assertThat(report.toString()).doesNotContain("hunter", "$6$", "$argon2");
    Map<String, String> left = lines(report, Fate.LEFT);
    assertThat(left.get("held")).startsWith("2 posts wait there");
    assertThat(left.get("requests"))
        .contains("1 people wait there to join", "1 people wait there to leave");
    assertThat(left.get("header-matches")).contains("2 cannot be read", "1 let posts go on");
    assertThat(left.get("roster/nonmember")).startsWith("2 ");
    assertThat(left.get("accept_these_nonmembers")).startsWith("1 patterns cannot be read");
    assertThat(left).containsKey("site/header_checks");
    assertThat(left.get("site/bans")).startsWith("1 ");
    assertThat(left.keySet())
        .filteredOn(field -> field.contains("uris/"))
        .containsExactlyInAnyOrder(
            "uris/" + Mailman3Sample.FOOTER,
            "uris/" + Mailman3Sample.WELCOME,
            "domain/uris/list:member:digest:footer");
    assertThat(lines(report, Fate.PARTLY)).containsOnlyKeys("forward_unrecognized_bounces_to");
  }

  /** Where nobody set anything there, the report names nothing as lost. */
  @Test
  void aNewListComesOverWithoutALoss() throws IOException {
    ImportReport report = take(MailAddress.of(Mailman3Sample.PLAIN), false);
    assertThat(lines(report, Fate.PARTLY)).isEmpty();
    assertThat(lines(report, Fate.LEFT))
        .allSatisfy((field, text) ->
            assertThat(
                    field.startsWith("site/")
                        || field.startsWith("domain/")
                        || field.equals("created_at")
                        || text.equals("It is empty, or says nothing that counts here."))
                .as(field + ": " + text)
                .isTrue());
  }

  @Test
  void allListsAreFoundWhateverTheirNames() throws IOException {
    assertThat(Mailman3Plans.addresses(open()))
        .extracting(MailAddress::toString)
        .containsExactlyInAnyOrder(Mailman3Sample.FRUIT, Mailman3Sample.PLAIN, Mailman3Sample.ODD);
    assertThat(Mailman3Plans.plan(open(), MailAddress.of(Mailman3Sample.ODD), Fixtures.NOW))
        .isPresent();
    assertThat(Mailman3Plans.plan(open(), MailAddress.of("Fruit@Lists.Example.ORG"), Fixtures.NOW))
        .isPresent();
    assertThat(Mailman3Plans.plan(open(), MailAddress.of("no@lists.example.org"), Fixtures.NOW))
        .isEmpty();
  }

  @Test
  void whatCameGoesOutAndComesToAnotherSite() throws IOException {
    var _ = take(FRUIT, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    site.export.write(list(), file);
    ImportSite other = new ImportSite();
    ListFileImport.Outcome outcome =
        ListFileImport.run(
            other.site(),
            () -> new ByteArrayInputStream(file.toByteArray()),
            Optional.empty(),
            false,
            ListImport.Progress.NONE);
    assertInstanceOf(ListFileImport.Outcome.Imported.class, outcome);
    assertThat(other.directory.list(ID).orElseThrow().settings()).isEqualTo(list().settings());
    assertThat(other.directory.members(ID, "", 100)).isEqualTo(site.directory.members(ID, "", 100));
  }

  @Test
  void saysInASentenceWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> Mailman3Client.open(server.url(), MailmanServer.USER, "wrong"))
        .hasMessage("Mailman does not know this user and password.");
    assertThatThrownBy(() ->
            Mailman3Client.open(
                URI.create(server.url() + "/elsewhere/"),
                MailmanServer.USER,
                MailmanServer.PASSWORD))
        .hasMessageContaining("There is no API of Mailman 3 at");
    assertThat(
            Mailman3Client.open(
                    URI.create(server.url() + "/3.0/"), MailmanServer.USER, MailmanServer.PASSWORD)
                .get("system/versions"))
        .isPresent();
  }
}
