package org.milena.archive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

class TextSplitterTest {

  /** Each line of the sample begins with the letter of its kind and a bar. */
  private static void expect(String sample) {
    StringBuilder text = new StringBuilder();
    sample.lines().forEach(line -> text.append(line.substring(2)).append('\n'));
    PostText split = TextSplitter.split(text.toString());
    StringBuilder found = new StringBuilder();
    for (TextBlock block : split.blocks()) {
      for (String line : block.text().split("\n", -1)) {
        found.append(block.kind().letter()).append('|').append(line).append('\n');
      }
    }
    assertThat(found.toString()).isEqualTo(sample);
    holds(text.toString(), split);
  }

  private static void holds(String text, PostText split) {
    String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    assertThat(split.whole()).isEqualTo(bare);
    for (int i = 1; i < split.blocks().size(); i++) {
      assertThat(split.blocks().get(i).kind()).isNotEqualTo(split.blocks().get(i - 1).kind());
    }
    assertThat(PostText.of(split.layout(), split.byKind())).isEqualTo(split);
  }

  @Test
  void anAnswerBetweenQuotes() {
    expect(
        """
        q|On Mon, 3 Feb 2020 at 10:00, Alice Example <alice@example.org> wrote:
        q|> Is it so?
        q|>> I think so.
        q|
        n|It is.
        n|
        q| > And this?
        n|Yes.
        n|
        s|--\s
        s|Bob
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "On 3 Feb 2020, Alice wrote:",
        "On Mon, Feb 3, 2020 at 10:00 AM Alice Example <alice@example.org>\nwrote:",
        "On Mon, Feb 3, 2020 at 10:00 AM Alice Example via users\n<users@example.org> wrote:\n",
        "Alice Example <alice@example.org> writes:",
        "Alice Example wrote:",
        "* Alice Example <alice@example.org> [2020-02-03 10:00]:",
        "Am 03.02.2020 um 10:00 schrieb Alice Example:",
        "Am Mo., 3. Feb. 2020 um 10:00 Uhr schrieb Alice Example <\nalice@example.org>:",
        "Le lun. 3 févr. 2020 à 10:00, Alice Example <alice@example.org> a écrit :",
        "Le 03/02/2020 à 10:00, Alice Example a écrit :",
        "El lun., 3 feb. 2020 a las 10:00, Alice (<alice@example.org>) escribió:",
        "Il giorno lun 3 feb 2020 alle ore 10:00 Alice <alice@example.org> ha scritto:",
        "Em seg, 3 de fev de 2020 às 10:00, Alice <alice@example.org> escreveu:",
        "Op ma 3 feb. 2020 om 10:00 schreef Alice <alice@example.org>:",
        "Den mån 3 feb. 2020 kl 10:00 skrev Alice <alice@example.org>:",
        "W dniu 03.02.2020 o 10:00, Alice pisze: Alice napisał(a):",
        "3 февр. 2020 г., в 10:00, Алиса <alice@example.org> написал(а):",
        "пн, 3 февр. 2020 г. в 10:00, Alice via users\n<users@example.org>:",
        "Quoting Alice Example <alice@example.org>:",
        "At 10:00 AM 2/3/2020, Alice Example wrote:",
        "Alice Example <alice@example.org>\nwrote:",
        "In article <3@example.org>, Alice wrote:"
      })
  void knowsWhoIsQuoted(String line) {
    String text = "Hello,\n\n" + line + "\n> a\n> b\n\nno";
    PostText split = TextSplitter.split(text);
    assertThat(split.layout()).isEqualTo("nqn");
    assertThat(split.blocks().get(1).text()).startsWith(line.lines().findFirst().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I did the following:",
        "This is what the manual says about it",
        "It fails at 10:30, see",
        "We use this:"
      })
  void theAuthorsOwnLinesAboveAQuoteStayNew(String line) {
    PostText split = TextSplitter.split("Hello,\n\n" + line + "\n> a\n");
    assertThat(split.layout()).isEqualTo("nq");
    assertThat(split.blocks().getFirst().text()).endsWith(line);
  }

  @Test
  void aMessageBelowTheAnswer() {
    expect(
        """
        n|I agree.
        n|
        s|Sent from my iPhone
        s|
        q|-----Original Message-----
        q|From: Alice <alice@example.org>
        q|Sent: Monday, February 3, 2020 10:00 AM
        q|To: users@example.org
        q|Subject: it
        q|
        q|Is it so?
        q|
        s|_______________________________________________
        s|Users mailing list
        s|https://lists.example.org/mailman/listinfo/users
        """);
    expect(
        """
        n|Ja.
        n|
        q|Von: Alice <alice@example.org>
        q|Gesendet: Montag, 3. Februar 2020 10:00
        q|An: users@example.org
        q|Betreff: so
        q|
        q|Ist es so?
        """);
    expect(
        """
        n|See below.
        n|
        q|---------- Forwarded message ---------
        q|From: Alice <alice@example.org>
        q|Date: Mon, Feb 3, 2020 at 10:00 AM
        q|Subject: it
        q|
        q|Is it so?
        """);
  }

  @Test
  void aForwardedMessageEndsWhereItSaysSo() {
    expect(
        """
        q|----- Forwarded message from Alice <alice@example.org> -----
        q|
        q|Is it so?
        q|
        q|----- End forwarded message -----
        q|
        n|It is.
        """);
  }

  @Test
  void quotesWithOtherMarks() {
    expect(
        """
        q|Alice wrote:
        q|| one
        q||
        q|| two
        n|three
        """);
    expect(
        """
        q|AE> one
        q|AE> two
        n|three
        """);
    expect(
        """
        n|| a | table |
        n|| of | mine |
        n|SQL> select 1;
        n|SQL> commit;
        n|>From the beginning it failed
        """);
  }

  /** An empty line of context that has lost its space goes with the line before it. */
  @Test
  void aPatchOfGit() {
    expect(
        """
        n|Say hello.
        n|
        n|Signed-off-by: Alice <alice@example.org>
        h|---
        n|v2: say it louder
        n|
        h| hello.c | 5 +++--
        h| 1 file changed, 3 insertions(+), 2 deletions(-)
        h| create mode 100644 x
        h|
        h|diff --git a/hello.c b/hello.c
        h|index 0123456..789abcd 100644
        h|--- a/hello.c
        h|+++ b/hello.c
        u|@@ -1,4 +1,4 @@ int main()
        c| {
        r|-  a
        r|-- b
        a|+  b
        a|
        a|+-- c
        s|--\s
        s|2.20.1
        s|
        s|_______________________________________________
        s|Users mailing list
        s|https://lists.example.org/mailman/listinfo/users
        """);
  }

  @Test
  void textBehindAPatchIsTextAgain() {
    expect(
        """
        n|Try this:
        n|
        h|--- hello.c.orig	2020-02-03 10:00:00
        h|+++ hello.c	2020-02-03 10:01:00
        u|@@ -1 +1,2 @@
        r|-a
        a|+b
        a|+c
        a|\\ No newline at end of file
        n|- does it help?
        n|+ or not?
        """);
  }

  @Test
  void aContextDiff() {
    expect(
        """
        h|*** a/hello.c	2020-02-03
        h|--- b/hello.c	2020-02-03
        u|***************
        u|*** 1,3 ****
        c|  one
        r|! two
        c|  three
        u|--- 1,4 ----
        c|  one
        a|! 2
        a|+ 2.5
        c|  three
        n|
        n|Please.
        """
            .replace("c|  three\nn|\nn|", "c|  three\nn|"));
  }

  @Test
  void aPatchInAQuoteIsAQuote() {
    expect(
        """
        q|> diff --git a/x b/x
        q|> --- a/x
        q|> +++ b/x
        q|> @@ -1 +1 @@
        q|> -a
        q|> +b
        n|No.
        """);
  }

  @Test
  void aBinaryPatchAndARename() {
    expect(
        """
        h|diff --git a/x.png b/x.png
        h|new file mode 100644
        h|index 0000000..1234567
        h|GIT binary patch
        h|literal 10
        h|RcmZQzU|@g(V*mgE0000000000
        h|
        h|literal 0
        h|HcmV?d00001
        h|
        h|diff --git a/old b/new
        h|similarity index 100%
        h|rename from old
        h|rename to new
        n|Thanks
        """);
  }

  @Test
  void signaturesWithoutTheirSpaceAreBelieved() {
    expect(
        """
        n|Hello
        n|
        s|--
        s|Alice
        s|https://example.org
        """);
  }

  @Test
  void aRuleInTheMiddleIsNoSignature() {
    StringBuilder text = new StringBuilder("a\n\n--\n");
    for (int i = 0; i < 30; i++) {
      text.append("line ").append(i).append("\n\n");
    }
    assertThat(TextSplitter.split(text.toString()).layout()).isEqualTo("n");
  }

  @Test
  void pgpFrames() {
    expect(
        """
        s|-----BEGIN PGP SIGNED MESSAGE-----
        s|Hash: SHA512
        s|
        n|Hello
        n|
        s|-----BEGIN PGP SIGNATURE-----
        s|
        s|iQEzBAEBCgAdFiEE
        s|-----END PGP SIGNATURE-----
        """);
  }

  @Test
  void nothingIsLostOfAnyText() {
    String[] pieces = {
      "\n",
      "\n\n",
      "a\n",
      "> q\n",
      ">> q\n",
      "-- \n",
      "--\n",
      "---\n",
      "@@ -1,2 +1,2 @@\n",
      "@@ -0,0 +1 @@\n",
      " c\n",
      "+a\n",
      "-r\n",
      "\\ No newline\n",
      "diff --git a/x b/x\n",
      "--- a/x\n",
      "+++ b/x\n",
      "index 12..34\n",
      " x | 2 +-\n",
      " 1 file changed\n",
      "*** a\n",
      "--- b\n",
      "***************\n",
      "*** 1,2 ****\n",
      "--- 1,2 ----\n",
      "! x\n",
      "On 2 Feb 2020, A wrote:\n",
      "wrote:\n",
      "From: a\n",
      "Sent: b\n",
      "Subject: c\n",
      "-----Original Message-----\n",
      "____________________\n",
      "Users mailing list\n",
      "Sent from my iPad\n",
      "| bar\n",
      "AB> x\n",
      ">From x\n",
      "GIT binary patch\n",
      "literal 3\n",
      "zcmV?d00001\n",
      "@@@ -1 -1 +1 @@@\n",
      "--\n",
      "-----BEGIN PGP SIGNATURE-----\n",
      "\t\n",
      " "
    };
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int count = random.nextInt(25);
      for (int i = 0; i < count; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      holds(text.toString(), TextSplitter.split(text.toString()));
    }
  }

  @Test
  void nothingIsLostOfRealText() {
    MessageParser parser = new MessageParser();
    List<CorpusMessage> messages = new ArrayList<>();
    Stream.of("cocci", "usrp-users-part1", "tomoyo-users-en")
        .forEach(name -> messages.addAll(Corpus.list(name)));
    messages.addAll(Corpus.torture());
    Random random = new Random(12);
    for (CorpusMessage message : messages) {
      String text = parser.parse(message.message()).text().whole();
      holds(text, TextSplitter.split(text));
      String cut = text.substring(random.nextInt(text.length() + 1));
      holds(cut, TextSplitter.split(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> ",
        "-- \n",
        "---\n",
        "@@ -1,999999 +1,999999 @@\n",
        "On 1 Feb 2020 wrote:\n> x\n",
        "From: x\n",
        "a ",
        "____________________\n",
        " x | 1 +\n",
        "literal 1\n",
        "x wrote ",
        ": \n",
        "AB> \n",
        "*** a\n--- b\n"
      })
  void takesTimeInProportion(String piece) {
    // with anything quadratic in here this does not end
    String text = piece.repeat(MessageParser.MAX_TEXT / piece.length());
    holds(text, TextSplitter.split(text));
  }
}
