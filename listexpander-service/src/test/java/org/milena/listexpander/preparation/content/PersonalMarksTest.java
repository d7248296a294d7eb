package org.milena.listexpander.preparation.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milena.common.event.PersonalValue;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.RawMessage;
import org.milena.common.outgoing.QuotedPrintable;
import org.milena.common.settings.Personalization;
import org.milena.listexpander.fake.Fixtures;

class PersonalMarksTest {
  private static final String[] WORDS = {
    "Hello ",
    "x",
    ".",
    "F",
    "From ",
    " ",
    "=",
    "\u00e9",
    "\ud83d\ude80",
    "\n",
    "\n.\n",
    ">",
    "https://x.example/" + "y".repeat(90)
  };
  private static final String[] NAMES = {
    "", "Ada", ".", "F", "\u00c4da \ud83d\ude80", "=3D", "\u0416".repeat(120), "a b  c", "From x"
  };

  private static Map<PersonalValue, String> reader(Random random) {
    String name = NAMES[random.nextInt(NAMES.length)];
    String email = "r" + random.nextInt(1_000_000) + "x".repeat(random.nextInt(180)) + "@r.example";
    return Map.of(
        PersonalValue.EMAIL,
        email,
        PersonalValue.NAME,
        name,
        PersonalValue.NAME_OR_EMAIL,
        name.isEmpty() ? email : name,
        PersonalValue.LEAVE_URL,
        "https://lists.example.org/unsubscribe/" + "k".repeat(random.nextInt(200)));
  }

  /** Some words, with a place among them, so that they are lines. */
  private static String text(Random random, PersonalMarks marks) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
      if (random.nextInt(3) == 0 || i == 0) {
        text.append(marks.place(PersonalValue.values()[random.nextInt(4)]));
      }
    }
    return "_" + text + "_";
  }

  /** What egress does. */
  private static RawMessage filled(PersonalMarks.Cut cut, Map<PersonalValue, String> reader) {
    byte[] octets = cut.message().unsafeBytes();
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    int from = 0;
    for (var mark : cut.marks()) {
      assertThat(mark.at() == 0 || octets[mark.at() - 1] == '\n').isTrue();
      copy.write(octets, from, mark.at() - from);
      copy.writeBytes(QuotedPrintable.insertion(reader.getOrDefault(mark.value(), "")));
      from = mark.at();
    }
    copy.write(octets, from, octets.length - from);
    return RawMessage.wrap(copy.toByteArray());
  }

  private static String shown(String text, PersonalMarks marks, Map<PersonalValue, String> reader) {
    String shown = text;
    for (PersonalValue value : PersonalValue.values()) {
      shown = shown.replace(marks.place(value), reader.getOrDefault(value, ""));
    }
    return shown;
  }

  private static String crlf(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      lines.append(line.stripTrailing()).append("\r\n");
    }
    return lines.toString();
  }

  private static String decoded(RawMessage message, MimePart part) {
    byte[] octets = Arrays.copyOfRange(message.unsafeBytes(), part.bodyStart, part.end);
    return new String(
        TransferEncoding.decode(octets, part.transferEncoding()).orElseThrow(),
        part.charset().isEmpty() ? StandardCharsets.US_ASCII : Charset.forName(part.charset()));
  }

  private static final List<String> POSTS =
      List.of(
          "Content-Type: text/plain; charset=us-ascii\n\nplain\n.dot\n",
          "\nno type\n",
          "Content-Type: text/plain; charset=iso-8859-1\n"
              + "Content-Transfer-Encoding: quoted-printable\n\n=E9=20\nx\n",
          "Content-Type: text/plain; charset=utf-8\n"
              + "Content-Transfer-Encoding: base64\n\n"
              + "aGkNCg==\n",
          "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\u00e9\n",
          "Content-Type: text/plain\n\n" + "long ".repeat(400) + "\n");

  @Test
  void everyCopySaysOfItsRecipientExactlyWhatTheTextsSay() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      RawMessage post =
          Fixtures.message("From: a@a.example\n" + POSTS.get(random.nextInt(POSTS.size())));
      PersonalMarks marks = PersonalMarks.of(post.sha256(), Personalization.TEXTS);
      String header = text(random, marks);
      String footer = text(random, marks);
      PersonalMarks.Cut cut =
          marks.cut(new TextsAround(Optional.of(header), Optional.of(footer), marks).around(post));
      MimePart before = MimeReader.read(post).orElseThrow();
      for (int i = 0; i < 2; i++) {
        Map<PersonalValue, String> reader = reader(random);
        RawMessage copy = filled(cut, reader);
        MimePart root = MimeReader.read(copy).orElseThrow();
        assertThat(decoded(copy, root))
            .as("seed %d", seed)
            .isEqualTo(
                shown(crlf(header), marks, reader)
                    + decoded(post, before)
                    + shown(crlf(footer), marks, reader));
        assertThat(longest(copy, root.bodyStart)).as("seed %d", seed).isLessThanOrEqualTo(76);
      }
    }
  }

  private static int longest(RawMessage message, int from) {
    return new String(message.unsafeBytes(), StandardCharsets.ISO_8859_1)
        .substring(from)
        .lines()
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  @Test
  void whatIsSignedStaysAndTheTextsStandAroundIt() {
    RawMessage post =
        Fixtures.message(
            "Content-Type: multipart/signed; boundary=s\n\n--s\n\nsigned =\n--s\n"
                + "Content-Type: application/pgp-signature\n\nx\n--s--\n");
    PersonalMarks marks = PersonalMarks.of(post.sha256(), Personalization.FULL);
    String footer = "You are " + marks.place(PersonalValue.NAME_OR_EMAIL);
    PersonalMarks.Cut cut =
        marks.cut(new TextsAround(Optional.empty(), Optional.of(footer), marks).around(post));
    assertThat(cut.marks()).hasSize(1);
    RawMessage copy = filled(cut, reader(new Random(7)));
    byte[] octets = post.unsafeBytes();
    String signed =
        new String(octets, StandardCharsets.US_ASCII).substring(HeaderBlock.of(post).bodyOffset());
    assertThat(new String(copy.unsafeBytes(), StandardCharsets.UTF_8)).contains(signed);
    MimePart root = MimeReader.read(copy).orElseThrow();
    assertThat(decoded(copy, root.children.getLast()).strip())
        .isEqualTo("You are " + reader(new Random(7)).get(PersonalValue.NAME_OR_EMAIL));
  }

  @Test
  void flowingTextCannotBeTurnedByWhoStandsInIt() {
    RawMessage post = Fixtures.message("Content-Type: text/plain; format=flowed\n\nhi\n");
    PersonalMarks marks = PersonalMarks.of(post.sha256(), Personalization.TEXTS);
    PersonalMarks.Cut cut =
        marks.cut(
            new TextsAround(Optional.empty(), Optional.of(marks.place(PersonalValue.NAME)), marks)
                .around(post));
    RawMessage copy = filled(cut, Map.of(PersonalValue.NAME, "> not quoted"));
    assertThat(decoded(copy, MimeReader.read(copy).orElseThrow()))
        .isEqualTo("hi\r\n > not quoted\r\n");
  }

  @Test
  void anAuthorCannotWriteAMark() {
    RawMessage other = Fixtures.message("\nsomething else\n");
    String guess =
        PersonalMarks.of(other.sha256(), Personalization.TEXTS).place(PersonalValue.EMAIL);
    RawMessage post = Fixtures.message("\nI know: " + guess + "\n");
    PersonalMarks marks = PersonalMarks.of(post.sha256(), Personalization.TEXTS);
    PersonalMarks.Cut cut =
        marks.cut(
            new TextsAround(
                    Optional.empty(),
                    Optional.of("\u2014 " + marks.place(PersonalValue.NAME)),
                    marks)
                .around(post));
    assertThat(cut.marks()).extracting(mark -> mark.value()).containsExactly(PersonalValue.NAME);
    assertThat(decoded(cut.message(), MimeReader.read(cut.message()).orElseThrow()))
        .contains("I know: " + guess);
  }

  @Test
  void leavesLinesAboutTheReaderOutWhereCopiesAreTheSame() {
    PersonalMarks none = PersonalMarks.of("0".repeat(64), Personalization.NONE);
    List<String> lines =
        new ArrayList<>(List.of("first", "you are " + none.place(PersonalValue.EMAIL)));
    lines.add("last");
    assertThat(none.kept(String.join("\n", lines) + "\n")).isEqualTo("first\nlast\n");
    assertThat(none.kept("nothing personal")).isEqualTo("nothing personal");
    PersonalMarks texts = PersonalMarks.of("0".repeat(64), Personalization.TEXTS);
    assertThat(texts.kept(texts.place(PersonalValue.EMAIL)))
        .isEqualTo(texts.place(PersonalValue.EMAIL));
  }

  @Test
  void textsWithoutPlacesAreAddedAsEver() {
    RawMessage post = Fixtures.message("Content-Type: text/plain; charset=us-ascii\n\nhi\n");
    PersonalMarks marks = PersonalMarks.of(post.sha256(), Personalization.TEXTS);
    RawMessage usual = new TextsAround(Optional.empty(), Optional.of("footer")).around(post);
    PersonalMarks.Cut cut =
        marks.cut(new TextsAround(Optional.empty(), Optional.of("footer"), marks).around(post));
    assertThat(cut.message()).isEqualTo(usual);
    assertThat(cut.marks()).isEmpty();
  }
}
