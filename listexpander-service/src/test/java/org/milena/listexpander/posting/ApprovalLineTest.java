package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.fake.Fixtures;

class ApprovalLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Approve: s3cret        ; Text                   ; s3cret
          approved:  s3cret      ; Text                   ; s3cret
          X-Approve: s3cret      ; Text                   ; s3cret
          X-APPROVED: s3cret     ; Text                   ; s3cret
          X: y                   ; |  |Approved: s3cret|x ; s3cret
          X: y                   ; approve:s3cret         ; s3cret
          X: y                   ; Approved: two words    ; two words
          X: y                   ; Text|Approved: s3cret  ;
          X: y                   ; Approved by all: yes   ;
          X: y                   ; Approved:              ;
          Approved:              ; Text                   ;
          Approved: a            ; Approved: b            ; a
          """)
  void findsIt(String field, String text, String password) {
    RawMessage message =
        Fixtures.message("From: a@a.example\n" + field + "\n\n" + text.replace("|", "\n") + "\n");
    assertThat(ApprovalLine.in(message).password().orElse(null)).isEqualTo(password);
  }

  @Test
  void takesOutFieldAndLineAndLeavesTheRestAsItIs() {
    RawMessage message =
        Fixtures.message(
            "From: a@a.example\n"
                + "Approved: x\n"
                + "Subject:  odd  \n\n"
                + " \n"
                + "Approved: s3cret\n\n"
                + "Text  \n"
                + "=20\n");
    assertThat(text(ApprovalLine.in(message).removed()))
        .isEqualTo("From: a@a.example\r\nSubject:  odd  \r\n\r\n \r\n\r\nText  \r\n=20\r\n");
  }

  @Test
  void aMessageWithoutItIsTheSame() {
    RawMessage message = Fixtures.message("From: a@a.example\n\nText\nApproved: later\n");
    assertThat(ApprovalLine.in(message).removed()).isSameAs(message);
  }

  @Test
  void takesItOutOfEveryTextInWhateverEncoding() {
    String html =
        "<p>Approved:&nbsp;<b>s3cr&amp;t</b></p><p>Gr\u00fc\u00dfe s3cr&amp;tly, Approved:"
            + " s3cr&amp;tx</p>";
    String encoded = Base64.getMimeEncoder().encodeToString(html.getBytes(StandardCharsets.UTF_8));
    String wide =
        Base64.getMimeEncoder()
            .encodeToString("\ufeffX-Approved: s3cr&t\nmore".getBytes(StandardCharsets.UTF_16LE));
    RawMessage message =
        Fixtures.message(
            """
            From: a@a.example
            Content-Type: multipart/mixed; boundary="out er"

            Preamble
            --out er
            Content-Type: multipart/alternative; boundary=in

            --in
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Approved: s3cr=
            &t
            Gr=C3=BC=C3=9Fe
            --in
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            """
                + encoded
                + """

                --in--
                --out er
                Content-Type: text/plain; charset=utf-16
                Content-Transfer-Encoding: base64

                """
                + wide
                + """

                --out er
                Content-Type: message/rfc822

                From: b@b.example

                He said: Approved: s3cr&t!
                --out er--
                """);
    ApprovalLine line = ApprovalLine.in(message);
    assertThat(line.password()).contains("s3cr&t");
    assertThat(line.removable()).isTrue();
    RawMessage removed = line.removed();
    Parts parts = Parts.of(removed, 100);
    assertThat(parts.all())
        .extracting(Parts.Part::type)
        .containsExactly(
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/plain",
            "message/rfc822",
            "text/plain");
    assertThat(part(removed, parts, 2).strip()).isEqualTo("Gr\u00fc\u00dfe");
    assertThat(part(removed, parts, 3))
        .isEqualTo("<p></b></p><p>Gr\u00fc\u00dfe s3cr&amp;tly, Approved: s3cr&amp;tx</p>");
    byte[] decoded = TransferEncoding.decode(removed.unsafeBytes(), parts.all().get(4));
    assertThat(new String(decoded, StandardCharsets.UTF_16))
        .doesNotContain("s3cr")
        .contains("more");
    assertThat(part(removed, parts, 6)).isEqualTo("He said: !");
    assertThat(ApprovalLine.in(removed).password()).isEmpty();
  }

  /** What a sender hides from the boundary of his own part stays hidden when it is written anew. */
  @Test
  void noLineThatIsWrittenAnewEndsAPart() {
    RawMessage message =
        Fixtures.message(
            """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain
            Content-Transfer-Encoding: quoted-printable

            Approved: s3cret
            =2D-b--
            %s
            --b
            Content-Type: text/html

            <p>last</p>
            --b--
            """
                .formatted("x".repeat(75) + "=\n=2D-b"));
    RawMessage removed = ApprovalLine.in(message).removed();
    Parts parts = Parts.of(removed, 100);
    assertThat(parts.all())
        .extracting(Parts.Part::type)
        .containsExactly("multipart/mixed", "text/plain", "text/html");
    assertThat(part(removed, parts, 1).strip()).isEqualTo("--b--\r\n" + "x".repeat(75) + "--b");
    assertThat(part(removed, parts, 2)).isEqualTo("<p>last</p>");
  }

  @Test
  void doesNotShowItself() {
    assertThat(ApprovalLine.in(Fixtures.message("Approved: s3cret\n\nApproved: s3cret\n")))
        .asString()
        .doesNotContain("s3cret");
  }

  @Test
  void whatCannotBeReadWholeCannotBeApproved() {
    StringBuilder many =
        new StringBuilder("Approved: x\nContent-Type: multipart/mixed; boundary=b\n\n");
    many.append("--b\n\nx\n".repeat(20_000));
    assertThat(ApprovalLine.in(Fixtures.message(many.toString())).removable()).isFalse();
  }

  @Test
  void readsAnythingAndKeepsAllThatIsNoPassword() {
    Random random = new Random(99);
    String[] pieces = {
      "--b",
      "--b--",
      "\n",
      "\n\n",
      "Content-Type: multipart/mixed; boundary=b\n",
      "Content-Type: message/rfc822\n",
      "Content-Type: text/plain; charset=utf-16\n",
      "Content-Type: text/html\n",
      "Content-Transfer-Encoding: base64\n",
      "Content-Transfer-Encoding: quoted-printable\n",
      "QXBwcm92ZWQ6IHg=\n",
      "Approved: x\n",
      "=",
      "=3D",
      "Text",
      ":",
      " ",
      "\u0000",
      "\u00fc",
      "<b>"
    };
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(30); k > 0; k--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      RawMessage message = Fixtures.message(text.toString());
      ApprovalLine line = ApprovalLine.in(message);
      RawMessage removed = line.removed();
      if (line.password().isEmpty() && !text.toString().contains("Approved")) {
        assertThat(text(removed)).as("seed %d", i).isEqualTo(text(message));
      }
      assertThat(removed.size()).isLessThanOrEqualTo(3 * message.size() + 200);
    }
  }

  private static String part(RawMessage message, Parts parts, int at) {
    return new String(
        TransferEncoding.decode(message.unsafeBytes(), parts.all().get(at)),
        StandardCharsets.UTF_8);
  }

  private static String text(RawMessage message) {
    return new String(message.unsafeBytes(), StandardCharsets.UTF_8);
  }
}
