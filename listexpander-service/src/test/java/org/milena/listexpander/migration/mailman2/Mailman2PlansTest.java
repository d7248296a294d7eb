package org.milena.listexpander.migration.mailman2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Template;
import org.milena.common.event.ListState;
import org.milena.common.event.MailJson;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.migration.ListPlan;
import org.milena.listexpander.migration.Mailman2Plans;
import org.milena.listexpander.migration.PlanLine;
import org.milena.listexpander.migration.pickle.PickleWriter.Tuple;

class Mailman2PlansTest {
  private static final MailAddress GARDEN = MailAddress.of("garten-freunde@lists.example.org");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static ListPlan plan(Map<String, Object> fields) {
    return Mailman2Plans.plan(
        GARDEN,
        assertInstanceOf(
            Mailman2Reading.Read.class,
            Mailman2Config.read("garten-freunde", SampleList.pickled(fields))),
        NOW);
  }

  private static ListPlan sample() {
    return plan(SampleList.fields());
  }

  private static ListPlan with(Object... fieldsAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>(SampleList.map("owner", List.of()));
    fields.putAll(SampleList.map(fieldsAndValues));
    return plan(fields);
  }

  private static Member member(ListPlan plan, String address) {
    return plan.members().stream()
        .filter(member -> member.address().toString().equals(address))
        .findFirst()
        .orElseThrow(() -> new AssertionError(address + " is not among " + plan.members()));
  }

  private static List<PlanLine> lines(ListPlan plan, String field) {
    return plan.lines().stream().filter(line -> line.field().equals(field)).toList();
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        arguments("advertised", 0, "advertised", "false"),
        arguments("preferred_language", "de", "language", "\"de\""),
        arguments("preferred_language", "fr", "language", "\"en\""),
        arguments("default_member_moderation", 0, "memberAction", "\"DEFER\""),
        arguments("default_member_moderation", 1, "memberAction", "\"HOLD\""),
        arguments("emergency", 1, "emergency", "true"),
        arguments("generic_nonmember_action", 0, "nonMemberAction", "\"DEFER\""),
        arguments("generic_nonmember_action", 1, "nonMemberAction", "\"HOLD\""),
        arguments("generic_nonmember_action", 2, "nonMemberAction", "\"REJECT\""),
        arguments("generic_nonmember_action", 3, "nonMemberAction", "\"DISCARD\""),
        arguments(
            "accept_these_nonmembers",
            List.of("^.*@a\\.example$", "@friends"),
            "acceptNonMembers",
            "[\"^.*@a\\\\.example\",\"@friends@lists.example.org\"]"),
        arguments("hold_these_nonmembers", List.of("^x|y@"), "holdNonMembers", "[\"^(?:x|y@).*\"]"),
        arguments("reject_these_nonmembers", List.of("^r@"), "rejectNonMembers", "[\"^r@.*\"]"),
        arguments("discard_these_nonmembers", List.of("^d"), "discardNonMembers", "[\"^d.*\"]"),
        arguments("max_days_to_hold", 14, "holdDays", "14"),
        arguments("respond_to_post_requests", 0, "tellHeldAuthors", "false"),
        arguments("admin_immed_notify", 0, "moderatorNotices", "\"DAILY\""),
        arguments("admin_immed_notify", 1, "moderatorNotices", "\"EACH\""),
        arguments("require_explicit_destination", 0, "requireListAddress", "false"),
        arguments(
            "acceptable_aliases", "alt@\nneu$", "acceptableAliases", "[\"^alt@.*\",\"^neu@.*\"]"),
        arguments("max_num_recipients", 20, "maxRecipients", "20"),
        arguments("max_message_size", 40, "maxSize", "40960"),
        arguments("max_message_size", 0, "maxSize", "0"),
        arguments("administrivia", 0, "administrivia", "false"),
        arguments("subscribe_policy", 0, "subscribePolicy", "\"OPEN\""),
        arguments("subscribe_policy", 1, "subscribePolicy", "\"CONFIRM\""),
        arguments("subscribe_policy", 2, "subscribePolicy", "\"MODERATE\""),
        arguments("subscribe_policy", 3, "subscribePolicy", "\"CONFIRM_THEN_MODERATE\""),
        arguments("unsubscribe_policy", 0, "unsubscribePolicy", "\"CONFIRM\""),
        arguments("unsubscribe_policy", 1, "unsubscribePolicy", "\"CONFIRM_THEN_MODERATE\""),
        arguments(
            "ban_list",
            List.of("Bad@b.example", "^.*@spam"),
            "bans",
            "[\"Bad@b.example\",\"^.*@spam.*\"]"),
        arguments("private_roster", 0, "rosterAccess", "\"PUBLIC\""),
        arguments("private_roster", 1, "rosterAccess", "\"MEMBERS\""),
        arguments("private_roster", 2, "rosterAccess", "\"MODERATORS\""),
        arguments("send_welcome_msg", 0, "welcome", "false"),
        arguments("send_goodbye_msg", 0, "goodbye", "false"),
        arguments("admin_notify_mchanges", 1, "tellOwners", "true"),
        arguments("digest_is_default", 1, "newMemberMode", "\"PLAIN_DIGEST\""),
        arguments("archive", 0, "archived", "false"),
        arguments("archive_private", 1, "archiveAccess", "\"MEMBERS\""),
        arguments("archive_private", 0, "archiveAccess", "\"PUBLIC\""),
        arguments("emergency", 0, "archiveAccess", "\"MEMBERS\""), // not said for whom
        arguments("from_is_list", 1, "dmarcAction", "\"MUNGE\""),
        arguments("from_is_list", 1, "dmarcWhen", "\"ALWAYS\""),
        arguments("dmarc_moderation_action", 2, "dmarcAction", "\"WRAP\""),
        arguments("dmarc_moderation_action", 2, "dmarcWhen", "\"QUARANTINE\""),
        arguments("dmarc_moderation_action", 3, "dmarcAction", "\"REJECT\""),
        arguments("dmarc_moderation_action", 4, "dmarcAction", "\"DISCARD\""),
        arguments("dmarc_moderation_action", 0, "dmarcAction", "\"NONE\""),
        arguments("dmarc_moderation_notice", "no", "dmarcNotice", "\"no\""),
        arguments(
            "dmarc_moderation_addresses",
            List.of("^.*@y\\."),
            "dmarcAddresses",
            "[\"^.*@y\\\\..*\"]"),
        arguments("autorespond_postings", 1, "answerPosts", "\"CONTINUE\""),
        arguments("autorespond_admin", 1, "answerOwner", "\"CONTINUE\""),
        arguments("autorespond_requests", 0, "answerRequests", "\"NONE\""),
        arguments("autorespond_requests", 1, "answerRequests", "\"DISCARD\""),
        arguments("autorespond_requests", 2, "answerRequests", "\"CONTINUE\""),
        arguments(
            "autoresponse_postings_text",
            "%(listname)s costs $5",
            "answerPostsText",
            "\"garten-freunde costs $5\""),
        arguments("autoresponse_admin_text", "a", "answerOwnerText", "\"a\""),
        arguments("autoresponse_request_text", "r", "answerRequestsText", "\"r\""),
        arguments("autoresponse_graceperiod", 30, "answerDays", "30"),
        arguments("autoresponse_graceperiod", 0, "answerDays", "1"),
        arguments("bounce_processing", 0, "processBounces", "false"),
        arguments("bounce_score_threshold", 2.5, "bounceThreshold", "2.5"),
        arguments("bounce_info_stale_after", 604_800, "bounceStaleDays", "7"),
        arguments("bounce_you_are_disabled_warnings", 2, "bounceWarnings", "2"),
        arguments("bounce_you_are_disabled_warnings_interval", 86_401, "bounceWarningDays", "2"),
        arguments("bounce_unrecognized_goes_to_list_owner", 0, "forwardUnrecognized", "false"),
        arguments("bounce_notify_owner_on_bounce_increment", 1, "tellOwnersOfEachBounce", "true"),
        arguments("bounce_notify_owner_on_disable", 0, "tellOwnersOfBounces", "false"),
        arguments("bounce_notify_owner_on_removal", 1, "tellOwnersOfBounces", "true"),
        arguments("filter_content", 1, "filterContent", "true"),
        arguments("filter_mime_types", List.of("Image"), "filterTypes", "[\"image\"]"),
        arguments("pass_mime_types", List.of("text/plain"), "passTypes", "[\"text/plain\"]"),
        arguments("filter_filename_extensions", List.of(".exe"), "filterExtensions", "[\"exe\"]"),
        arguments("pass_filename_extensions", List.of("txt"), "passExtensions", "[\"txt\"]"),
        arguments("collapse_alternatives", 0, "collapseAlternatives", "false"),
        arguments("convert_html_to_plaintext", 1, "htmlToText", "true"),
        arguments("filter_action", 0, "filterAction", "\"DISCARD\""),
        arguments("filter_action", 1, "filterAction", "\"REJECT\""),
        arguments("filter_action", 2, "filterAction", "\"FORWARD\""),
        arguments("filter_action", 3, "filterAction", "\"HOLD\""),
        arguments("reply_goes_to_list", 0, "replyTo", "\"AUTHOR\""),
        arguments("reply_goes_to_list", 1, "replyTo", "\"LIST\""),
        arguments("reply_to_address", "a@b.example", "replyToAddress", "\"a@b.example\""),
        arguments("first_strip_reply_to", 1, "stripReplyTo", "true"),
        arguments("anonymous_list", 1, "anonymous", "true"),
        arguments("subject_prefix", "[G %d] ", "subjectPrefix", "\"[G %d] \""),
        arguments("include_rfc2369_headers", 0, "listHeaders", "false"),
        arguments("include_list_post_header", 0, "listPost", "false"),
        arguments("digestable", 0, "digests", "false"),
        arguments("digest_size_threshhold", 40, "digestSizeKb", "40"),
        arguments("digest_send_periodic", 0, "digestHour", "-1"),
        arguments("digest_send_periodic", 1, "digestHour", "12"),
        arguments("digest_volume_frequency", 0, "digestVolume", "\"YEAR\""),
        arguments("digest_volume_frequency", 1, "digestVolume", "\"MONTH\""),
        arguments("digest_volume_frequency", 2, "digestVolume", "\"QUARTER\""),
        arguments("digest_volume_frequency", 3, "digestVolume", "\"WEEK\""),
        arguments("digest_volume_frequency", 4, "digestVolume", "\"DAY\""),
        arguments(
            "header_filter_rules",
            List.of(Tuple.of("^subject: .*casino\n^x-spam: yes\n^x-.*: y", 3, false)),
            "headerFilters",
            "[{\"header\":\"subject\",\"pattern\":\"casino\",\"action\":\"DISCARD\"},"
                + "{\"header\":\"x-spam\",\"pattern\":\"^yes\",\"action\":\"DISCARD\"}]"),
        arguments(
            "bounce_matching_headers",
            "# no\nTo: friend@",
            "headerFilters",
            "[{\"header\":\"to\",\"pattern\":\"friend@\",\"action\":\"HOLD\"}]"));
  }

  @ParameterizedTest(name = "{0} = {1} makes {2} {3}")
  @MethodSource("settings")
  void everyFieldBecomesItsSetting(String field, Object value, String setting, String expected) {
    ListPlan plan = with(field, value);
    assertThat(plan.settings().changes().get(setting))
        .isEqualTo(MailJson.mapper().readTree(expected));
    assertThat(lines(plan, field)).isNotEmpty();
  }

  @Test
  void theLargerActionForDmarcCounts() {
    var reject = with("from_is_list", 1, "dmarc_moderation_action", 3).settings().changes();
    assertThat(reject.get("dmarcAction").asString()).isEqualTo("REJECT");
    assertThat(reject.get("dmarcWhen").asString()).isEqualTo("QUARANTINE");
    var wrap = with("from_is_list", 2, "dmarc_moderation_action", 1).settings().changes();
    assertThat(wrap.get("dmarcAction").asString()).isEqualTo("WRAP");
    assertThat(wrap.get("dmarcWhen").asString()).isEqualTo("ALWAYS");
    var none =
        with("dmarc_moderation_action", 1, "dmarc_none_moderation_action", true)
            .settings()
            .changes();
    assertThat(none.get("dmarcWhen").asString()).isEqualTo("ANY_POLICY");
    var notQuarantine =
        with("dmarc_moderation_action", 1, "dmarc_quarantine_moderation_action", false)
            .settings()
            .changes();
    assertThat(notQuarantine.get("dmarcWhen").asString()).isEqualTo("REJECT");
  }

  @Test
  void whatTheOldListDoesNotSayStaysAsItIsHere() {
    assertThat(with("emergency", 0).settings().names())
        .containsExactlyInAnyOrder("emergency", "archiveAccess");
  }

  @Test
  void membersKeepTheirCaseAndTheirChoices() {
    ListPlan plan = sample();
    assertThat(member(plan, "ann@a.example"))
        .isEqualTo(
            new Member(
                plan.id(),
                MailAddress.of("ann@a.example"),
                "Jürgen",
                Set.of(MemberRole.MEMBER),
                null,
                new MemberOptions(
                    DeliveryMode.EVERY_POST, null, null, false, true, false, true, null, 0),
                NOW));
    assertThat(member(plan, "Bob.B@b.example").options().stopped()).isEqualTo(Stop.BY_BOUNCES);
    Member cy = member(plan, "cy@c.example");
    assertThat(cy.options().mode()).isEqualTo(DeliveryMode.PLAIN_DIGEST);
    assertThat(cy.options().stopped()).isEqualTo(Stop.BY_MEMBER);
    assertThat(cy.options().skipDuplicates()).isTrue();
    assertThat(cy.options().language()).isEqualTo("en");
    assertThat(member(plan, "Dee@d.example").options().mode()).isEqualTo(DeliveryMode.MIME_DIGEST);
  }

  @Test
  void whoIsModeratedOtherwiseThanNewMembersHasAnActionOfTheOwn() {
    // new members are moderated there, with rejection
    ListPlan plan = sample();
    assertThat(plan.settings().changes().get("memberAction").asString()).isEqualTo("REJECT");
    assertThat(member(plan, "ann@a.example").action()).isNull();
    assertThat(member(plan, "Bob.B@b.example").action()).isEqualTo(PostAction.DEFER);
    ListPlan open =
        with(
            "members", SampleList.map("a@a.example", 0, "b@b.example", 0),
            "user_options", SampleList.map("a@a.example", 128),
            "member_moderation_action", 2);
    assertThat(member(open, "a@a.example").action()).isEqualTo(PostAction.DISCARD);
    assertThat(member(open, "b@b.example").action()).isNull();
  }

  @Test
  void everyDeliveryStatusSaysWhoStoppedIt() {
    ListPlan plan =
        with(
            "members",
            SampleList.map("a@a.example", 0, "b@a.example", 0, "c@a.example", 0, "d@a.example", 0),
            "delivery_status",
            SampleList.map(
                "a@a.example", Tuple.of(1, 0),
                "b@a.example", Tuple.of(3, 0),
                "c@a.example", Tuple.of(0, 0),
                "d@a.example", Tuple.of(4, 0)));
    assertThat(plan.members().stream().map(member -> member.options().stopped()).toList())
        .containsExactly(Stop.BY_MEMBER, Stop.BY_MODERATOR, null, Stop.BY_BOUNCES);
  }

  @Test
  void nonMembersBecomeEntriesAndPatternsStay() {
    ListPlan plan = sample();
    Member friend = member(plan, "friend@f.example");
    assertThat(friend.roles()).containsExactly(MemberRole.NONMEMBER);
    assertThat(friend.action()).isEqualTo(PostAction.DEFER);
    assertThat(member(plan, "h@h.example").action()).isEqualTo(PostAction.HOLD);
    assertThat(member(plan, "r@r.example").action()).isEqualTo(PostAction.REJECT);
    assertThat(member(plan, "d@d.example").action()).isEqualTo(PostAction.DISCARD);
    assertThat(plan.settings().changes().get("acceptNonMembers").toString())
        .isEqualTo("[\"^.*@g\\\\.example\",\"@other@lists.example.org\"]");
  }

  @Test
  void ownersAndModeratorsHaveTheirRoles() {
    ListPlan plan =
        with(
            "owner", List.of("ann@a.example", "o@o.example"),
            "moderator", List.of("o@o.example"),
            "members", SampleList.map("ann@a.example", "Ann@a.example"),
            "accept_these_nonmembers", List.of("o@o.example"));
    assertThat(member(plan, "Ann@a.example").roles())
        .containsExactlyInAnyOrder(MemberRole.OWNER, MemberRole.MEMBER);
    Member owner = member(plan, "o@o.example");
    assertThat(owner.roles())
        .containsExactlyInAnyOrder(MemberRole.OWNER, MemberRole.MODERATOR, MemberRole.NONMEMBER);
    assertThat(owner.action()).isEqualTo(PostAction.DEFER);
  }

  @Test
  void noMemberIsAnAddressOfTheListItself() {
    ListPlan plan = with("members", SampleList.map("garten-freunde-owner@lists.example.org", 0));
    assertThat(plan.members()).isEmpty();
    assertThat(lines(plan, "members"))
        .anyMatch(line -> line.fate() == PlanLine.Fate.LEFT && line.text().contains("come back"));
  }

  @Test
  void numbersGoOn() {
    ListPlan plan = sample();
    assertThat(plan.state())
        .isEqualTo(new ListState(plan.id(), 4_710, 7, 12, LocalDate.of(2015, 12, 13), null));
  }

  @Test
  void headersAndFootersBecomeTexts() {
    ListPlan plan = sample();
    assertThat(plan.templates())
        .contains(
            new Template(plan.id().value(), "list:member:regular:footer", "de", "${listname}\n"),
            new Template(plan.id().value(), "list:member:digest:header", "de", "Kopf\n"),
            new Template(plan.id().value(), "list:member:digest:footer", "de", "Fuß\n"),
            new Template(plan.id().value(), "list:user:notice:welcome", "de", "Willkommen\n"),
            new Template(plan.id().value(), "list:user:notice:goodbye", "de", "Tschüss\n"));
    assertThat(plan.templates()).noneMatch(text -> text.name().endsWith("regular:header"));
  }

  @Test
  void aGreetingIsLiteralAndADollarStaysOne() {
    ListPlan plan =
        with("welcome_msg", "Pay $5 to %(real_name)s", "msg_footer", "US$ %(user_address)s");
    assertThat(plan.templates().stream().map(Template::text).toList())
        .containsExactlyInAnyOrder("Pay $$5 to %(real_name)s\n", "US$$\n");
    assertThat(lines(plan, "msg_footer").getFirst().fate()).isEqualTo(PlanLine.Fate.PARTLY);
  }

  @Test
  void aFooterSpeaksOfTheMemberWhereCopiesAreTheMembersOwn() {
    String footer = "%(user_name)s <%(user_address)s>: %(user_optionsurl)s";
    ListPlan plan = with("personalize", 1, "msg_footer", footer, "digest_footer", footer);
    assertThat(plan.settings().changes().path("personalize").asString()).isEqualTo("TEXTS");
    assertThat(plan.templates().stream().map(Template::text).toList())
        .containsExactlyInAnyOrder(
            "${user_name} <${user_email}>: ${user_unsubscribe_url}\n",
            "<>: mailto:${leave_email}\n");
    assertThat(lines(plan, "msg_footer").getFirst().fate()).isEqualTo(PlanLine.Fate.TAKEN);
    assertThat(with("personalize", 0).settings().changes().path("personalize").asString())
        .isEqualTo("NONE");
    assertThat(with("personalize", 2).settings().changes().path("personalize").asString())
        .isEqualTo("FULL");
  }

  @Test
  void everyFieldOfTheFileIsSpokenOfAndNoPasswordIs() {
    ListPlan plan = sample();
    assertThat(plan.lines().stream().map(PlanLine::field).toList())
        .containsAll(SampleList.fields().keySet());
    assertThat(plan.toString()).doesNotContain(SampleList.SECRET);
    assertThat(lines(plan, "passwords").getFirst().fate()).isEqualTo(PlanLine.Fate.LEFT);
    assertThat(lines(plan, "bounce_info").getFirst().fate()).isEqualTo(PlanLine.Fate.LEFT);
  }

  @Test
  void theSameFileMakesTheSamePlanAndItsSettingsFit() {
    assertThat(sample()).isEqualTo(sample());
    assertThat(sample().settings().over(ListSettings.DISCUSSION))
        .isInstanceOf(SettingsPatch.Result.Fits.class);
  }

  @Test
  void theListSaysItsAddress() {
    assertThat(
            Mailman2Plans.addressOf(
                assertInstanceOf(
                        Mailman2Reading.Read.class,
                        Mailman2Config.read("g", SampleList.pickled(SampleList.fields())))
                    .list()))
        .contains(MailAddress.of("g@lists.example.org"));
  }
}
