package org.milena.listexpander.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailingList;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Route;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderEditor;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.preparation.ListHeaders;
import org.milena.listexpander.preparation.SiteUrls;
import org.milena.listexpander.preparation.content.TextsAround;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** Whatever mail comes and whatever a list wants, what goes out is a message. */
class PreparedMailTest {
  private static final int MAX_LINE = 998;

  /** How many mails of real lists bear a signature of DKIM. */
  private static final Map<String, Integer> SIGNED =
      Map.of("tomoyo-users-en", 26, "linux-raid-part1", 5_205, "usrp-users-part1", 221);

  private static final SiteUrls URLS = new SiteUrls("https://lists.example.org");
  private static final TextsAround TEXTS =
      new TextsAround(
          Optional.of("Gr\u00fc\u00dfe"), Optional.of("__\nusers mailing list \u2014\n"));

  /** Everything a list can want, at once. */
  private static final ListSettings ALL =
      ListSettings.DISCUSSION
          .with("subjectPrefix", "[list] ")
          .with("replyTo", "LIST")
          .with("stripReplyTo", true)
          .with("filterContent", true)
          .with("filterTypes", List.of("application/x-never"))
          .with("filterExtensions", List.of("exe"))
          .with("htmlToText", true)
          .with("dmarcAction", "MUNGE")
          .with("dmarcWhen", "ALWAYS");

  @TestFactory
  Stream<DynamicTest> takesEveryMailOfTheCorpus() {
    return Corpus.torture().stream()
        .map(mail ->
            DynamicTest.dynamicTest(
                mail.name(),
                () -> {
                  RawMessage message = mail.withCrlf();
                  check(message, ALL, TEXTS, mail.name());
                  for (int seed = 0; seed < 4; seed++) {
                    check(message, settings(new Random(seed)), TEXTS, mail.name() + " " + seed);
                  }
                }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject-newline-injection | Subject: [list] hi Bcc: victim@b.example | Bcc: v",
        "subject-prefix-repeat     | Subject: [list] Re: topic                | AW:",
        "foreign-list-headers      | List-Id: \"Users of X\" <users.lists.ex  | other.example.org",
        "foreign-list-headers      | Reply-To: users@lists.example.org        | Reply-To: other@",
        "signed-pgp-shape          | signed text \\r\\n--s\\r\\n               | xyz",
        "signed-pgp-shape          | multipart/mixed; boundary=               | xyz",
        "many-cc                   | u2999@b.example                          | xyz",
        "references-5000           | <r4999@a.example>                        | xyz",
        "nested-100                | boundary=\"b99\"                          |"
            + " X-Content-Filtered",
        "parts-20000               | multipart/mixed; boundary=\"q\"           |"
            + " X-Content-Filtered",
        "8bit-no-mime              | Gr\u00fc\u00dfe aus K\u00f6ln             | xyz",
        "utf16-body                | //5oAOkAbABsAG8ACgA=                     | xyz",
        "line-100k                 | aaaaaaaaaaaaaaaa                         | xyz",
        "dot-lines | =2E\\r\\n=2E.\\r\\n=2E..\\r\\n=2Eleading | xyz",
        "from-empty-group          | From: Users of X <users@lists.example    | From: undisc",
        "two-from-addresses        | X-Original-From: a@a.example, b@b.exampl | From: a@a.example,"
            + " b@b.example\\r\\nSender"
      })
  void doesAsItShouldWithEverythingSwitchedOn(String name, String there, String gone) {
    RawMessage message =
        Corpus.torture().stream()
            .filter(mail -> mail.name().endsWith("/mlm-" + name + ".eml"))
            .findFirst()
            .orElseThrow()
            .withCrlf();
    RawMessage copy = copy(message, ALL, TEXTS);
    if (copy == null) {
      throw new AssertionError(name + " was filtered away");
    }
    assertThat(
            latin(copy).contains(lines(there))
                || new String(copy.toByteArray(), StandardCharsets.UTF_8).contains(lines(there)))
        .as(latin(copy).substring(0, Math.min(copy.size(), 3_000)))
        .isTrue();
    assertThat(latin(copy).lines().noneMatch(line -> line.startsWith(lines(gone)))).isTrue();
    check(message, ALL, TEXTS, name);
  }

  private static String lines(String text) {
    return text.replace("\\r\\n", "\r\n");
  }

  @Test
  void takesWhatIsMadeOfPieces() {
    String[] pieces = {
      "From: Ann <ann@a.example>\r\n",
      "From: a@a.example, b@b.example\r\n",
      "From: x:;\r\n",
      "Subject: =?utf-8?Q?Re:_x=0D=0ABcc:_y?=\r\n",
      "Subject: [list] AW: x\r\n",
      "Subject: " + "x".repeat(1_200) + "\r\n",
      "Message-ID: <1@a.example>\r\n",
      "Reply-To: \"open <a@b.example>\r\n",
      "Cc: b@b.example,\r\n c@c.example\r\n",
      "Content-Type: text/plain; charset=iso-2022-jp\r\n",
      "Content-Type: text/html\r\n",
      "Content-Type: text/plain; format=flowed; charset=utf-8\r\n",
      "Content-Type: multipart/mixed; boundary=b\r\n",
      "Content-Type: multipart/alternative; boundary=c\r\n",
      "Content-Type: multipart/signed; boundary=b\r\n",
      "Content-Type: message/rfc822\r\n",
      "Content-Transfer-Encoding: base64\r\n",
      "Content-Transfer-Encoding: quoted-printable\r\n",
      "Content-Transfer-Encoding: x\r\n",
      "\r\n",
      "\r\n",
      "--b\r\n",
      "--b--\r\n",
      "--c\r\n",
      "--c--\r\n",
      "text =\r\n",
      "=\r\n",
      "<p>html</p>\r\n",
      "\u00e9\u00df \r\n",
      "\0\r\n",
      "\u001b$B",
      ".\r\n",
      "no end"
    };
    int fields = Arrays.asList(pieces).indexOf("\r\n");
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      boolean ordered = seed % 2 == 0;
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(pieces[random.nextInt(ordered ? fields : pieces.length)]);
      }
      text.append(ordered ? "\r\n" : "");
      for (int i = random.nextInt(15); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      check(
          RawMessage.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1)),
          random.nextInt(4) == 0 ? ALL : settings(random),
          random.nextBoolean() ? TEXTS : TextsAround.NONE,
          "seed " + seed,
          ordered);
    }
  }

  @Test
  void takesOctetsThatWereShuffled() {
    List<CorpusMessage> mails =
        Corpus.torture().stream().filter(mail -> mail.message().size() < 20_000).toList();
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] octets = mails.get(random.nextInt(mails.size())).withCrlf().toByteArray();
      // in a header that is broken, an edit can move where it seems to end
      int from = seed % 2 == 0 ? HeaderBlock.of(octets, octets.length).bodyOffset() : 0;
      for (int i = random.nextInt(12); i > 0 && from < octets.length; i--) {
        int at = from + random.nextInt(Math.max(1, octets.length - from));
        byte octet = (byte) random.nextInt(256);
        octets[at] =
            octet == '\r' || octet == '\n' || octets[at] == '\r' || octets[at] == '\n'
                ? octets[at]
                : octet;
      }
      check(RawMessage.wrap(octets), settings(random), TEXTS, "seed " + seed, from > 0);
    }
  }

  @TestFactory
  Stream<DynamicTest> leavesSignedFieldsAndBodiesAloneByDefault() {
    return SIGNED.keySet().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  int signed = 0;
                  for (CorpusMessage mail : Corpus.list(name)) {
                    signed += assertSignedPartsStay(mail);
                  }
                  assertThat(signed).isEqualTo(SIGNED.get(name));
                }));
  }

  /** How many signatures it bears, all of which cover what they covered. */
  private static int assertSignedPartsStay(CorpusMessage mail) {
    RawMessage before = mail.withCrlf();
    RawMessage after = copy(before, ListSettings.DISCUSSION, TextsAround.NONE);
    if (after == null) {
      throw new AssertionError(mail.name());
    }
    assertThat(body(after)).as(mail.name()).isEqualTo(body(before));
    List<HeaderField> signatures = HeaderBlock.of(before).all("DKIM-Signature");
    for (HeaderField signature : signatures) {
      String fields = ParameterizedHeader.parse("x;" + signature.value()).parameter("h").orElse("");
      for (String field : fields.split(":", -1)) {
        String name = field.strip();
        if (!name.isEmpty() && !name.toLowerCase(Locale.ROOT).startsWith("list-")) {
          assertThat(octets(after, name))
              .as("%s %s", mail.name(), name)
              .isEqualTo(octets(before, name));
        }
      }
    }
    return signatures.isEmpty() ? 0 : 1;
  }

  private static void check(
      RawMessage message, ListSettings settings, TextsAround texts, String name) {
    check(message, settings, texts, name, true);
  }

  /**
   * Checks a mail.
   *
   * @param again whether another lap changes nothing
   */
  private static void check(
      RawMessage message, ListSettings settings, TextsAround texts, String name, boolean again) {
    RawMessage once = copy(message, settings, texts);
    if (once == null) {
      return; // the list does not want it
    }
    HeaderBlock header = HeaderBlock.of(once);
    if (settings.copies().subjectPrefix().contains("[")) {
      assertThat(header.all("Subject")).as(name).hasSize(1);
    }
    for (String field : List.of("From", "Message-ID", "Subject", "Reply-To", "List-Id")) {
      int had = HeaderBlock.of(message).all(field).size();
      assertThat(header.all(field).size())
          .as(name + " " + field)
          .isLessThanOrEqualTo(Math.max(1, had));
    }
    String text = latin(once);
    String own = text.substring(0, header.bodyOffset());
    assertThat(own.replace("\r\n", "")).as(name).doesNotContain("\n");
    long before = longLines(latin(message).substring(0, HeaderBlock.of(message).bodyOffset()));
    assertThat(longLines(own)).as(name + " long lines").isLessThanOrEqualTo(before);
    if (!again) {
      return;
    }
    RawMessage twice = copy(once, settings, texts);
    assertThat(twice == null ? "" : stable(twice)).as(name + " twice").isEqualTo(stable(once));
  }

  /** But for what depends on the Message-ID, which the first lap may change. */
  private static String stable(RawMessage message) {
    return latin(
        HeaderEditor.of(message)
            .remove("Archived-At")
            .remove("Message-ID-Hash")
            .remove("X-Message-ID-Hash")
            .toMessage());
  }

  private static long longLines(String header) {
    return header.lines().filter(line -> line.length() > MAX_LINE).count();
  }

  private static ListSettings settings(Random random) {
    return ListSettings.DISCUSSION
        .with("subjectPrefix", random.nextBoolean() ? "[list] " : "")
        .with("replyTo", random.nextBoolean() ? "AUTHOR" : "LIST")
        .with("stripReplyTo", random.nextBoolean())
        .with("listHeaders", random.nextBoolean())
        .with("listPost", random.nextBoolean())
        .with("anonymous", random.nextInt(4) == 0)
        .with("personalize", random.nextInt(4) == 0 ? "FULL" : "NONE")
        .with("filterContent", random.nextBoolean())
        .with("filterTypes", random.nextBoolean() ? List.of() : List.of("image", "text/css"))
        .with("passTypes", random.nextBoolean() ? List.of() : List.of("text"))
        .with("collapseAlternatives", random.nextBoolean())
        .with("htmlToText", random.nextBoolean())
        .with("dmarcWhen", random.nextBoolean() ? "ALWAYS" : "QUARANTINE")
        .with("dmarcAction", random.nextBoolean() ? "MUNGE" : "WRAP");
  }

  private static @Nullable RawMessage copy(
      RawMessage message, ListSettings settings, TextsAround texts) {
    ListMail mail = mail(message);
    PostExtras extras =
        new PostExtras() {
          @Override
          public TextsAround texts(Ledger ledger, MailingList list, PostValues values) {
            return texts;
          }
        };
    Ledger ledger = new ListWorld().ledger(new MemoryTransaction());
    return switch (new Preparation(new ListHeaders(URLS), URLS, extras)
        .prepare(ledger, Fixtures.list(settings), mail)) {
      case Preparation.Result.Ready(var post) -> post.copy();
      case Preparation.Result.NothingLeft _,
          Preparation.Result.Refused _,
          Preparation.Result.Dropped _ ->
          null;
    };
  }

  /** The same hash for every lap, as the archive's address depends on it. */
  private static ListMail mail(RawMessage message) {
    MailMeta meta =
        Fixtures.meta(
            "ann@a.example",
            Fixtures.message("From: ann@a.example\n\n"),
            new Route.ListPost(Fixtures.USERS_ID),
            AuthenticationReport.NOT_CHECKED,
            null);
    return ListMail.of(meta, message);
  }

  private static String body(RawMessage message) {
    return latin(message).substring(HeaderBlock.of(message).bodyOffset());
  }

  private static List<String> octets(RawMessage message, String name) {
    return HeaderBlock.of(message).all(name).stream()
        .map(field -> Arrays.toString(field.toByteArray()))
        .toList();
  }

  private static String latin(RawMessage message) {
    return new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
