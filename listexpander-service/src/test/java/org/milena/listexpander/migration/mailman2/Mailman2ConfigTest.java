package org.milena.listexpander.migration.mailman2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.migration.pickle.PickleWriter;
import org.milena.listexpander.migration.pickle.PickleWriter.Tuple;

class Mailman2ConfigTest {

  private static Mailman2Reading.Read read(byte[] pickle) {
    return assertInstanceOf(
        Mailman2Reading.Read.class, Mailman2Config.read("garten-freunde", pickle));
  }

  private static Mailman2Reading.Read sample() {
    return read(SampleList.pickled(SampleList.fields()));
  }

  private static Mailman2Reading.Read sampleWith(String field, @Nullable Object value) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(SampleList.fields());
    fields.put(field, value);
    return read(PickleWriter.pickle(2, fields));
  }

  private static List<String> sentences(Mailman2Reading.Read read, String field) {
    return read.report().notes().stream()
        .filter(note -> note.field().equals(field))
        .map(FieldNote::sentence)
        .toList();
  }

  @Test
  void readsTheSameFromEveryProtocol() {
    var expected = sample();
    for (int protocol = 0; protocol <= 2; protocol++) {
      assertThat(read(PickleWriter.pickle(protocol, SampleList.fields()))).isEqualTo(expected);
    }
  }

  @Test
  void readsWhatTheListIs() {
    assertThat(sample().list().identity())
        .isEqualTo(
            new ListIdentity(
                "garten-freunde",
                Optional.of("Garten-Freunde"),
                Optional.of("lists.example.org"),
                Optional.of("http://lists.example.org/mailman/"),
                Optional.of("Grüße aus dem Garten"),
                Optional.of("Über Gärten"),
                Optional.of("de"),
                List.of("de", "en"),
                Optional.of(false),
                Optional.of(Instant.parse("2001-09-09T01:46:40.5Z")),
                Optional.of(Instant.ofEpochSecond(1_500_000_000))));
  }

  @Test
  void readsPeople() {
    Mailman2List list = sample().list();
    assertThat(list.owners())
        .containsExactly(MailAddress.of("Olga@example.org"), MailAddress.of("otto@example.org"));
    assertThat(list.moderators()).containsExactly(MailAddress.of("mod@example.org"));
    assertThat(list.members())
        .containsExactly(
            new Mailman2Member(
                MailAddress.of("ann@a.example"),
                Optional.of("Jürgen"),
                Optional.of("de"),
                Mailman2Member.Digest.NONE,
                new MemberOptions(false, true, true, false, true, false, false, true, false),
                DeliveryStatus.ENABLED,
                Optional.empty(),
                List.of("Rosen"),
                Optional.empty()),
            new Mailman2Member(
                MailAddress.of("Bob.B@b.example"),
                Optional.empty(),
                Optional.empty(),
                Mailman2Member.Digest.NONE,
                MemberOptions.of(0),
                DeliveryStatus.BY_BOUNCE,
                Optional.of(Instant.parse("2014-05-13T16:53:20.25Z")),
                List.of(),
                Optional.of(
                    new BounceScore(
                        3.5,
                        LocalDate.of(2014, 5, 13),
                        2,
                        Optional.of(LocalDate.of(2014, 5, 14))))),
            new Mailman2Member(
                MailAddress.of("cy@c.example"),
                Optional.empty(),
                Optional.of("en"),
                Mailman2Member.Digest.PLAIN,
                MemberOptions.of(8 + 256),
                DeliveryStatus.BY_USER,
                Optional.empty(),
                List.of(),
                Optional.empty()),
            new Mailman2Member(
                MailAddress.of("Dee@d.example"),
                Optional.of("Δ"),
                Optional.empty(),
                Mailman2Member.Digest.MIME,
                MemberOptions.of(0),
                DeliveryStatus.ENABLED,
                Optional.empty(),
                List.of(),
                Optional.empty()));
  }

  @Test
  void readsHowPostsAreJudged() {
    Mailman2List list = sample().list();
    assertThat(list.moderation())
        .isEqualTo(
            new ModerationPolicy(
                Optional.of(true),
                Optional.of(MemberModeration.REJECT),
                Optional.of("moderiert"),
                Optional.of(true),
                Optional.of(5L),
                Optional.of(Duration.ofMinutes(5)),
                Optional.of(NonmemberAction.DISCARD),
                List.of("friend@f.example", "^.*@g\\.example$", "@other"),
                List.of("h@h.example"),
                List.of("r@r.example"),
                List.of("d@d.example"),
                Optional.of("nein"),
                Optional.of(false),
                Optional.of(14L),
                Optional.of(false),
                Optional.of(false)));
    assertThat(list.posting())
        .isEqualTo(
            new PostingRules(
                Optional.of(false),
                List.of("^alt@", "neu@x.example"),
                Optional.of(20L),
                Optional.of(512L),
                Optional.of(false),
                List.of(
                    new HeaderRule(
                        List.of("^subject: .*casino", "^x-spam: yes"), HeaderRuleAction.DISCARD),
                    new HeaderRule(List.of("^precedence: junk"), HeaderRuleAction.HOLD)),
                List.of("# Kommentar", "to: friend@public.com")));
    assertThat(list.dmarc())
        .isEqualTo(
            new DmarcPolicy(
                Optional.of(DmarcAction.WRAP),
                Optional.of(DmarcAction.MUNGE_FROM),
                Optional.of(true),
                Optional.of(false),
                Optional.of("dmarc"),
                List.of("^.*@yahoo\\."),
                Optional.of("eingepackt"),
                Optional.of("a.example,b.example")));
  }

  @Test
  void readsJoiningArchivingAnsweringAndBouncing() {
    Mailman2List list = sample().list();
    assertThat(list.subscription())
        .isEqualTo(
            new SubscriptionPolicy(
                Optional.of(SubscribePolicy.CONFIRM_AND_APPROVE),
                List.of("^.*@firma\\.example"),
                Optional.of(UnsubscribePolicy.APPROVE),
                List.of("^.*@spam\\.example"),
                Optional.of(RosterAccess.OWNERS),
                Optional.of(false),
                Optional.of(false),
                Optional.of(false),
                Optional.of(true),
                Optional.of(true),
                Optional.of(MemberOptions.of(256 + 16))));
    assertThat(list.archive())
        .isEqualTo(
            new ArchivePolicy(Optional.of(true), Optional.of(true), Optional.of(Frequency.YEARLY)));
    assertThat(list.autoReplies())
        .isEqualTo(
            new AutoReplies(
                Optional.of(true),
                Optional.of("danke"),
                Optional.of(true),
                Optional.of("bald"),
                Optional.of(RequestAutoReply.RESPOND),
                Optional.of("hilfe"),
                Optional.of(30L)));
    assertThat(list.bounces())
        .isEqualTo(
            new BouncePolicy(
                Optional.of(true),
                Optional.of(4.5),
                Optional.of(Duration.ofDays(7)),
                Optional.of(2L),
                Optional.of(Duration.ofDays(1)),
                Optional.of(false),
                Optional.of(true),
                Optional.of(false),
                Optional.of(false)));
  }

  @Test
  void readsWhatCopiesLookLike() {
    Mailman2List list = sample().list();
    assertThat(list.content())
        .isEqualTo(
            new ContentFilter(
                Optional.of(true),
                List.of("application/x-msdownload"),
                List.of("multipart", "text/plain"),
                List.of("exe", "bat"),
                List.of(),
                Optional.of(false),
                Optional.of(false),
                Optional.of(FilterAction.PRESERVE),
                Optional.of(true)));
    assertThat(list.copies())
        .isEqualTo(
            new CopyPolicy(
                Optional.of(ReplyGoesTo.ADDRESS),
                Optional.of("antwort@example.org"),
                Optional.of(true),
                Optional.of(true),
                Optional.of("[Garten %d] "),
                Optional.of(PrefixEncoding.AS_NEEDED),
                Optional.of(false),
                Optional.of(false),
                Optional.of(false),
                Optional.of(false),
                Optional.of(Personalization.FULL),
                Optional.of(false)));
    assertThat(list.digests())
        .isEqualTo(
            new DigestPolicy(
                Optional.of(true),
                Optional.of(true),
                Optional.of(true),
                Optional.of(40L),
                Optional.of(false),
                Optional.of(Frequency.WEEKLY),
                Optional.of(7L),
                Optional.of(12L),
                Optional.of(Instant.ofEpochSecond(1_450_000_000))));
    assertThat(list.nextPostNumber()).hasValue(4_711L);
  }

  @Test
  void readsTextsTopicsAndRelatedLists() {
    Mailman2List list = sample().list();
    assertThat(list.texts())
        .isEqualTo(
            new ListTexts(
                Optional.of(""),
                Optional.of("%(real_name)s@%(host_name)s"),
                Optional.of("Kopf"),
                Optional.of("Fuß"),
                Optional.of("Willkommen"),
                Optional.of("Tschüss"),
                Optional.of(false)));
    assertThat(list.topics())
        .isEqualTo(
            new TopicPolicy(
                Optional.of(true),
                Optional.of(9L),
                List.of(new Topic("Rosen", "^rose", "Alles über Rosen"))));
    assertThat(list.related())
        .isEqualTo(
            new RelatedLists(
                List.of("andere@lists.example.org"),
                Optional.of(false),
                List.of("weitere@lists.example.org"),
                Optional.of(false),
                Optional.of("-owner")));
  }

  @Test
  void accountsForEveryFieldOnce() {
    ReadingReport report = sample().report();
    assertThat(report.notes().stream().map(FieldNote::field))
        .containsExactlyInAnyOrderElementsOf(SampleList.fields().keySet());
    assertThat(report.notes())
        .filteredOn(note -> !(note instanceof FieldNote.Taken))
        .extracting(FieldNote::sentence)
        .containsExactly(
            "data_version: left behind. It is of use inside of Mailman only.",
            "gateway_to_mail: left behind. There is no gateway to Usenet.",
            "mod_password: left behind. A password was there; it stays behind.",
            "nntp_host: left behind. There is no gateway to Usenet.",
            "one_last_digest: left behind. It says who gets one more digest from the old host.",
            "password: left behind. A password was there; it stays behind.",
            "passwords: left behind. A password was there; it stays behind.",
            "post_password: left behind. No password was there.",
            "postings_responses: left behind. It says who was answered lately.");
    assertThat(report.leftOff()).isZero();
  }

  @Test
  void takesOverNoPasswordAndNoCookie() {
    var read = sample();
    assertThat(read.list().toString()).contains("Garten").doesNotContain(SampleList.SECRET);
    assertThat(read.report().toString()).doesNotContain(SampleList.SECRET);
  }

  @Test
  void reportsWhatItDoesNotKnowAndWhatItCannotRead() {
    var unknown = sampleWith("tea", List.of("green"));
    assertThat(sentences(unknown, "tea")).containsExactly("tea: unknown; it is a list.");
    var choice = sampleWith("private_roster", 9);
    assertThat(choice.list().subscription().privateRoster()).isEmpty();
    assertThat(sentences(choice, "private_roster"))
        .containsExactly("private_roster: should be one of 0, 1, 2, but is the number 9.");
    var text = sampleWith("max_message_size", "40");
    assertThat(text.list().posting().maxMessageSize()).isEmpty();
    assertThat(sentences(text, "max_message_size"))
        .containsExactly("max_message_size: should be a whole number, but is a byte string.");
    assertThat(sentences(sampleWith("members", 3), "members"))
        .containsExactly("members: should be a dictionary, but is the number 3.");
    assertThat(sentences(sampleWith("volume", Double.NaN), "volume"))
        .containsExactly("volume: should be a whole number, but is a fraction.");
    assertThat(sentences(sampleWith("created_at", 1e300), "created_at"))
        .containsExactly("created_at: should be seconds since 1970, but is a fraction.");
    var rules =
        sampleWith(
            "header_filter_rules",
            List.of(Tuple.of("^a: b", 4, false), Tuple.of(1, 3, false), 5, Tuple.of("^c:", 0, 0)));
    assertThat(rules.list().posting().headerFilterRules())
        .containsExactly(new HeaderRule(List.of("^c:"), HeaderRuleAction.DEFER));
    assertThat(sentences(rules, "header_filter_rules"))
        .contains(
            "header_filter_rules: should be a rule, but is a list (2 times).",
            "header_filter_rules: should be a rule, but is the number 5.");
  }

  @Test
  void takesNoneForNothing() {
    var read = sampleWith("welcome_msg", null);
    assertThat(read.list().texts().welcomeMsg()).isEmpty();
    assertThat(sentences(read, "welcome_msg")).containsExactly("welcome_msg: taken over.");
  }

  @Test
  void leavesWhatIsNotThereEmpty() {
    var read = read(PickleWriter.pickle(1, Map.of("members", Map.of())));
    assertThat(read.list().archive())
        .isEqualTo(new ArchivePolicy(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(read.list().members()).isEmpty();
    assertThat(read.report().notes()).containsExactly(new FieldNote.Taken("members"));
  }

  @Test
  void refusesWhatIsNoList() {
    assertThat(Mailman2Config.read("x", PickleWriter.pickle(2, List.of(1))))
        .isEqualTo(
            new Mailman2Reading.Refused(
                "The pickle is a list, and not the configuration of a list.", 0));
    assertThat(Mailman2Config.read("x", PickleWriter.pickle(2, Map.of("version", Tuple.of(0, 1)))))
        .isInstanceOf(Mailman2Reading.Refused.class);
    byte[] evil = "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII);
    assertThat(Mailman2Config.read("x", evil))
        .isInstanceOf(Mailman2Reading.Refused.class)
        .asString()
        .contains("os.system");
  }

  @Test
  void keepsAReportBounded() {
    Map<String, Object> fields = SampleList.fields();
    for (int i = 0; i < 5_000; i++) {
      fields.put("unknown_" + i, 1);
    }
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      addresses.add("no address " + i);
    }
    fields.put("owner", addresses);
    ReadingReport report = read(SampleList.pickled(fields)).report();
    assertThat(report.notes()).hasSize(2_000);
    assertThat(report.leftOff()).isGreaterThan(5_000);
  }
}
