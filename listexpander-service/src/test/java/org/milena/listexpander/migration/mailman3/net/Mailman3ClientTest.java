package org.milena.listexpander.migration.mailman3.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ListState;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.migration.ListPlan;
import org.milena.listexpander.migration.PlanLine;
import org.milena.listexpander.migration.mailman3.Mailman3;
import org.milena.listexpander.migration.mailman3.Mailman3Plans;

class Mailman3ClientTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final MailAddress ANT = MailAddress.of("ant@example.com");
  private static final String LIST = "lists/ant@example.com";

  private final FakeMailman fake = new FakeMailman("3.1");

  @AfterEach
  void close() {
    fake.close();
  }

  private Mailman3 open() throws IOException {
    return Mailman3Client.open(fake.url(), FakeMailman.USER, FakeMailman.PASSWORD);
  }

  private ListPlan plan(String config) throws IOException {
    fake.thing(LIST + "/config", config);
    return Mailman3Plans.plan(open(), ANT, NOW).orElseThrow();
  }

  @Test
  void settingsBecomeOurs() throws IOException {
    ListPlan plan =
        plan(
            """
            {'acceptable_aliases':['^alt@.*','a.b@c.example'],'accept_these_nonmembers':['^.*@a\\\\.example$'],
            'admin_immed_notify':false,'administrivia':false,'advertised':false,
            'allow_list_posts':false,'anonymous_list':true,'archive_policy':'private',
            'autorespond_owner':'respond_and_continue','autorespond_requests':'respond_and_discard',
            'autoresponse_grace_period':'30d','autoresponse_owner_text':'soon',
            'bounce_info_stale_after':'8d','bounce_score_threshold':4,
            'bounce_you_are_disabled_warnings':2,'bounce_you_are_disabled_warnings_interval':'5d',
            'bounce_notify_owner_on_disable':false,'bounce_notify_owner_on_removal':false,
            'collapse_alternatives':false,'convert_html_to_plaintext':true,
            'default_member_action':'hold','default_nonmember_action':'discard',
            'description':'All ants','info':'','digest_size_threshold':40.5,
            'digest_send_periodic':false,'digest_volume_frequency':'weekly',
            'digests_enabled':false,'display_name':'Ant',
            'dmarc_mitigate_action':'wrap_message','dmarc_mitigate_unconditionally':true,
            'dmarc_addresses':['^.*@y'],'emergency':true,'filter_action':'preserve',
            'filter_content':true,'filter_types':['image'],'first_strip_reply_to':true,
            'forward_unrecognized_bounces_to':'discard','include_rfc2369_headers':false,
            'max_days_to_hold':9,'max_message_size':40,'max_num_recipients':5,
            'member_roster_visibility':'members','preferred_language':'de',
            'process_bounces':false,'reply_goes_to_list':'explicit_header_only',
            'reply_to_address':'r@example.com','require_explicit_destination':false,
            'respond_to_post_requests':false,'send_goodbye_message':false,
            'send_welcome_message':false,'subject_prefix':'[Ant] ',
            'subscription_policy':'confirm_then_moderate','unsubscription_policy':'open',
            'post_id':8,'volume':3,'next_digest_number':4,'digest_last_sent_at':'2020-10-10T14:32:08',
            'moderator_password':'{plaintext}hunter2','wholly_new':1,'fqdn_listname':'ant@example.com'}
            """);
    assertThat(plan.displayName()).isEqualTo("Ant");
    assertThat(plan.description()).isEqualTo("All ants");
    assertThat(plan.settings().changes().toString())
        .contains(
            "\"acceptableAliases\":[\"^alt@.*\",\"a.b@c.example\"]",
            "\"acceptNonMembers\":[\"^.*@a\\\\.example\"]",
            "\"moderatorNotices\":\"DAILY\"",
            "\"listPost\":false",
            "\"archiveAccess\":\"MEMBERS\"",
            "\"answerOwner\":\"CONTINUE\"",
            "\"answerRequests\":\"DISCARD\"",
            "\"answerDays\":30",
            "\"bounceStaleDays\":8",
            "\"bounceWarningDays\":5",
            "\"tellOwnersOfBounces\":false",
            "\"memberAction\":\"HOLD\"",
            "\"nonMemberAction\":\"DISCARD\"",
            "\"digestSizeKb\":41",
            "\"digestHour\":-1",
            "\"digestVolume\":\"WEEK\"",
            "\"dmarcAction\":\"WRAP\"",
            "\"dmarcWhen\":\"ALWAYS\"",
            "\"dmarcAddresses\":[\"^.*@y.*\"]",
            "\"filterAction\":\"HOLD\"",
            "\"forwardUnrecognized\":false",
            "\"maxSize\":40960",
            "\"rosterAccess\":\"MEMBERS\"",
            "\"language\":\"de\"",
            "\"replyTo\":\"ADDRESS_ONLY\"",
            "\"replyToAddress\":\"r@example.com\"",
            "\"subjectPrefix\":\"[Ant] \"",
            "\"subscribePolicy\":\"CONFIRM_THEN_MODERATE\"",
            "\"unsubscribePolicy\":\"OPEN\"");
    assertThat(plan.state())
        .isEqualTo(new ListState(plan.id(), 7, 3, 4, LocalDate.of(2020, 10, 10), null));
    assertThat(plan.toString()).doesNotContain("hunter2");
    assertThat(plan.lines())
        .anyMatch(line -> line.field().equals("wholly_new") && line.fate() == PlanLine.Fate.LEFT);
  }

  @Test
  void rostersBecomeMembersWithTheirPreferences() throws IOException {
    fake.collection(
            LIST + "/roster/member",
            "{'email':'ann@a.example','display_name':'Ann','self_link':'http://x/3.1/members/a1',"
                + "'moderation_action':'defer','delivery_mode':'mime_digests','role':'member',"
                + "'user':'http://elsewhere.example/3.1/users/u1'}",
            "{'email':'bob@a.example','self_link':'x/2','delivery_mode':'plaintext_digests'}",
            "{'email':'no address','self_link':'x/3'}")
        .thing("members/a1/preferences", "{'delivery_status':'by_bounces','hide_address':true}")
        .thing(
            "addresses/ann@a.example/preferences",
            "{'acknowledge_posts':true,'hide_address':false,'receive_own_postings':false}")
        .thing(
            "users/u1/preferences",
            "{'acknowledge_posts':false,'preferred_language':'de','receive_list_copy':false}")
        .collection(LIST + "/roster/owner", "{'email':'ann@a.example'}", "{'email':'o@o.example'}")
        .collection(
            LIST + "/roster/nonmember",
            "{'email':'n@n.example','moderation_action':'discard'}",
            "{'email':'wrote-once@n.example'}");
    ListPlan plan = plan("{'display_name':'Ant'}");
    List<Member> members = plan.members();
    assertThat(members.stream().map(member -> member.address().toString()))
        .containsExactly("ann@a.example", "bob@a.example", "n@n.example", "o@o.example");
    Member ann = members.getFirst();
    assertThat(ann.displayName()).isEqualTo("Ann");
    assertThat(ann.roles()).containsExactlyInAnyOrder(MemberRole.MEMBER, MemberRole.OWNER);
    assertThat(ann.action()).isEqualTo(PostAction.DEFER);
    assertThat(ann.options())
        .isEqualTo(
            new MemberOptions(
                DeliveryMode.MIME_DIGEST, Stop.BY_BOUNCES, null, false, true, true, true, "de", 0));
    assertThat(members.get(1).options())
        .isEqualTo(MemberOptions.DEFAULT.withMode(DeliveryMode.PLAIN_DIGEST));
    assertThat(members.get(2).action()).isEqualTo(PostAction.DISCARD);
    assertThat(members.get(2).roles()).isEqualTo(Set.of(MemberRole.NONMEMBER));
    assertThat(left(plan)).contains("roster/nonmember");
  }

  private static List<String> left(ListPlan plan) {
    return plan.lines().stream()
        .filter(line -> line.fate() == PlanLine.Fate.LEFT)
        .map(PlanLine::field)
        .toList();
  }

  @Test
  void bansAndHeaderMatchesBecomeSettingsAndTheRestIsNamed() throws IOException {
    fake.collection(LIST + "/bans", "{'email':'bad@b.example'}", "{'email':'^.*@spam'}")
        .collection("bans", "{'email':'worse@b.example'}")
        .collection(
            LIST + "/header-matches",
            "{'header':'x-spam','pattern':'^yes','position':0,'action':'discard'}",
            "{'header':'subject','pattern':'(?=x)'}",
            "{'header':'to','pattern':'all'}",
            "{'header':'cc','pattern':'all','action':'defer'}")
        .collection(
            LIST + "/uris",
            "{'name':'list:member:regular:footer','uri':'http://elsewhere/x','password':'pw7'}")
        .collection("uris", "{'name':'list:user:notice:welcome','uri':'http://elsewhere/y'}")
        .thing(LIST + "/held/count", "{'count':2}")
        .thing(LIST + "/requests/count", "{'count':1}")
        .thing(LIST + "/requests/count?request_type=unsubscription", "{'count':3}");
    ListPlan plan = plan("{'display_name':'Ant'}");
    assertThat(plan.settings().changes().toString())
        .contains(
            "\"bans\":[\"bad@b.example\",\"^.*@spam.*\"]",
            "{\"header\":\"x-spam\",\"pattern\":\"^yes\",\"action\":\"DISCARD\"}",
            "{\"header\":\"to\",\"pattern\":\"all\",\"action\":\"HOLD\"}");
    assertThat(left(plan))
        .containsExactly(
            "header-matches",
            "header-matches",
            "held",
            "requests",
            "requests",
            "site/bans",
            "site/uris/list:user:notice:welcome",
            "uris/list:member:regular:footer");
    assertThat(plan.toString()).contains("3 people wait there to leave").doesNotContain("pw7");
    assertThat(fake.asked).allMatch(line -> line.startsWith("GET /3."));
  }

  @Test
  void aMatchWithoutAnActionDoesWhatTheSiteSays() throws IOException {
    fake.thing(
            "system/configuration/antispam",
            "{'jump_chain':'discard','header_checks':'X-Spam: yes'}")
        .collection(LIST + "/header-matches", "{'header':'to','pattern':'all'}");
    ListPlan plan = plan("{'display_name':'Ant'}");
    assertThat(plan.settings().changes().toString()).contains("\"action\":\"DISCARD\"");
    assertThat(left(plan)).containsExactly("site/header_checks");
  }

  /** Before 3.3.2 it did not count, before 3.3.3 it did not tell of those who leave. */
  @Test
  void olderVersionsAreReadAllTheSame() throws IOException {
    fake.collection(LIST + "/held", "{'request_id':1}")
        .collection(LIST + "/requests", "{'token':'1'}", "{'token':'2'}");
    assertThat(plan("{'display_name':'Ant'}").toString())
        .contains("1 posts wait there", "2 people wait there to join");
    fake.thing(LIST + "/requests/count", "{'count':5}");
    assertThat(plan("{'display_name':'Ant'}").toString())
        .contains("5 people wait there to join")
        .doesNotContain("to leave");
  }

  @Test
  void readsEveryPage() throws IOException {
    fake.collection(
        LIST + "/roster/member",
        IntStream.range(0, 1_203)
            .mapToObj("{'email':'m%d@m.example'}"::formatted)
            .toArray(String[]::new));
    assertThat(plan("{'display_name':'Ant'}").members()).hasSize(1_203);
    assertThat(fake.asked)
        .contains("GET /3.1/lists/ant%40example.com/roster/member?count=500&page=3");
  }

  @Test
  void knowsAllListsAndTheOlderVersion() throws IOException {
    try (FakeMailman older = new FakeMailman("3.0")) {
      older.collection("lists", "{'fqdn_listname':'ant@example.com'}", "{'fqdn_listname':'x'}");
      Mailman3 mailman =
          Mailman3Client.open(
              URI.create(older.url() + "/3.1/"), FakeMailman.USER, FakeMailman.PASSWORD);
      assertThat(Mailman3Plans.addresses(mailman)).containsExactly(ANT);
      assertThat(Mailman3Plans.plan(mailman, ANT, NOW)).isEmpty();
    }
  }

  @Test
  void saysInASentenceWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> Mailman3Client.open(fake.url(), "x", "y"))
        .hasMessageContaining("does not know this user");
    assertThatThrownBy(() -> Mailman3Client.open(URI.create("file:///etc/passwd"), "x", "y"))
        .hasMessageContaining("begins with http");
    assertThatThrownBy(() -> open().get("elsewhere")).hasMessageContaining("status 302");
    assertThatThrownBy(() -> open().get("hangs-up")).hasMessageContaining("ends the connection");
    fake.thing(LIST + "/config", "<html>");
    assertThatThrownBy(() -> Mailman3Plans.plan(open(), ANT, NOW))
        .hasMessageContaining("is no JSON");
  }
}
