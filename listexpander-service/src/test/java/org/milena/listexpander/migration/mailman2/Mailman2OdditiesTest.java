package org.milena.listexpander.migration.mailman2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.listexpander.migration.pickle.PickleWriter;
import org.milena.listexpander.migration.pickle.PickleWriter.Tuple;

/** People and texts, as lists really have them. */
class Mailman2OdditiesTest {

  private static Mailman2Reading.Read read(byte[] pickle) {
    return assertInstanceOf(
        Mailman2Reading.Read.class, Mailman2Config.read("garten-freunde", pickle));
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

  private static Mailman2Member member(Mailman2Reading.Read read, String key) {
    return read.list().members().stream()
        .filter(member -> member.address().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsMembersThatAreOddAndSaysHow() {
    var members =
        sampleWith(
            "members",
            SampleList.map(
                "no address",
                0,
                "ann@a.example",
                "Other@x.example",
                "cy@c.example",
                0,
                "eve@e.example",
                List.of()));
    assertThat(members.list().members().stream().map(member -> member.address().toString()))
        .containsExactly("ann@a.example", "cy@c.example", "Dee@d.example", "eve@e.example");
    assertThat(member(members, "cy@c.example").digest())
        .as("who is in both gets single posts")
        .isEqualTo(Mailman2Member.Digest.NONE);
    assertThat(sentences(members, "members"))
        .containsExactly(
            "members: should be an address or 0, but is a list.",
            "members: should be an address, but is \"no address\".",
            "members: should be the address of its key, but is another one.",
            "members: taken over.");
    assertThat(sentences(members, "digest_members"))
        .contains("digest_members: left behind. An address is there twice.");
    assertThat(sentences(members, "bounce_info"))
        .contains("bounce_info: left behind. Entries of people who are no members: 1.");
  }

  @Test
  void readsOldAndOddDeliveryStates() {
    var old = sampleWith("user_options", SampleList.map("ann@a.example", 1));
    assertThat(member(old, "ann@a.example").status()).isEqualTo(DeliveryStatus.UNKNOWN);
    var odd =
        sampleWith(
            "delivery_status",
            SampleList.map("ann@a.example", 3, "cy@c.example", Tuple.of(7, 1), "x@x.example", 2));
    assertThat(member(odd, "ann@a.example").status()).isEqualTo(DeliveryStatus.BY_ADMIN);
    assertThat(member(odd, "cy@c.example").status()).isEqualTo(DeliveryStatus.ENABLED);
    assertThat(sentences(odd, "delivery_status"))
        .contains(
            "delivery_status: should be one of 0, 1, 2, 3, 4, but is the number 7.",
            "delivery_status: left behind. Entries of people who are no members: 1.");
    var bits = sampleWith("user_options", SampleList.map("ann@a.example", 1024 + 2));
    assertThat(member(bits, "ann@a.example").options().noOwnPosts()).isTrue();
    assertThat(sentences(bits, "user_options"))
        .contains("user_options: should be bits up to 256, but is the number 1026.");
  }

  @Test
  void readsBouncesOfOtherVersionsAsFarAsTheyGo() {
    var old = sampleWith("bounce_info", SampleList.map("ann@a.example", List.of(1.0, 2, 3)));
    assertThat(member(old, "ann@a.example").bounces()).isEmpty();
    assertThat(sentences(old, "bounce_info"))
        .contains("bounce_info: should be a score, but is a list.");
    var first =
        sampleWith(
            "bounce_info",
            SampleList.map(
                "ann@a.example",
                new PickleWriter.BounceInfo(
                    SampleList.map(
                        "score", 1,
                        "date", Tuple.of(2020, 2, 29),
                        "lastnotice", Tuple.of(1970, 1, 2))),
                "cy@c.example",
                new PickleWriter.BounceInfo(
                    SampleList.map("score", 1, "date", Tuple.of(2021, 2, 29)))));
    assertThat(member(first, "ann@a.example").bounces())
        .hasValue(new BounceScore(1, LocalDate.of(2020, 2, 29), 0, Optional.empty()));
    assertThat(member(first, "cy@c.example").bounces()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "de, iso-8859-1, Größe", "pl, iso-8859-2, Łódź", "ru, koi8-r, Привет", "ja, euc-jp, 日本語",
    "ko, euc-kr, 한국어", "el, iso-8859-7, Αθήνα", "tr, iso-8859-9, İstanbul",
        "lt, iso-8859-13, Šiauliai",
    "et, iso-8859-15, Žürii €", "zh_TW, utf-8, 繁體", "en, utf-8, naïve", "en, us-ascii, plain",
    "de, utf-8, Größe"
  })
  void decodesByTheLanguageOfTheList(String language, String charset, String text) {
    Map<String, Object> fields = SampleList.fields();
    fields.put("preferred_language", language);
    fields.put("description", text.getBytes(Charset.forName(charset)));
    var read = read(SampleList.pickled(fields));
    assertThat(read.list().identity().description()).hasValue(text);
    assertThat(sentences(read, "description")).containsExactly("description: taken over.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh_CN", "tlh"})
  void replacesAndReportsWhatCannotBeDecoded(String language) {
    Map<String, Object> fields = SampleList.fields();
    fields.put("preferred_language", language);
    var read = read(SampleList.pickled(fields));
    assertThat(read.list().identity().description()).hasValue("Gr\uFFFD\uFFFDe aus dem Garten");
    assertThat(sentences(read, "description"))
        .first()
        .asString()
        .matches("description: holds octets that are no [a-z0-9-]+; they were replaced\\.");
  }

  @ParameterizedTest
  @CsvSource({
    "100 &#8364; &#128236;, 100 € 📬", "&#xe9; &amp; &#; &#1; &#55357; &#1114112;, SAME",
    "&#0000065;, A", "&#00000065;, SAME"
  })
  void readsCharactersByNumberInADescription(String stored, String text) {
    assertThat(sampleWith("description", stored).list().identity().description())
        .hasValue(text.equals("SAME") ? stored : text);
  }

  @Test
  void takesAnyAnswerButNoneForAnAutomaticReply() {
    var replies = sampleWith("autorespond_admin", 2).list().autoReplies();
    assertThat(replies.toOwners()).hasValue(true);
    assertThat(sampleWith("autorespond_admin", 0).list().autoReplies().toOwners()).hasValue(false);
  }

  @Test
  void namesTheFieldsOfEitherKindOfText() {
    Map<Object, Object> fields = new LinkedHashMap<>();
    fields.put(new PickleWriter.Unicode("real_name"), "Eins");
    fields.put("real_name", "Zwei");
    fields.put(7, "seven");
    var read = read(PickleWriter.pickle(2, fields));
    assertThat(read.list().identity().realName()).hasValue("Zwei");
    assertThat(read.report().notes().stream().map(FieldNote::sentence))
        .containsExactly(
            "(name of a field): should be a text, but is a whole number.",
            "real_name: left behind. It is there twice.",
            "real_name: taken over.");
  }

  @Test
  void readsAListOfAHundredThousandMembers() {
    Map<String, Object> members = new LinkedHashMap<>();
    Map<String, Object> names = new LinkedHashMap<>();
    Map<String, Object> languages = new LinkedHashMap<>();
    Map<String, Object> options = new LinkedHashMap<>();
    Map<String, Object> states = new LinkedHashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String address = "member" + i + "@host" + i % 1_000 + ".example";
      members.put(address, i % 3 == 0 ? address.replace('m', 'M') : 0);
      names.put(address, "J\u00fcrgen " + i);
      languages.put(address, "de");
      options.put(address, 256);
      states.put(address, Tuple.of(i % 5, 1_400_000_000.0 + i));
    }
    Map<String, Object> fields = SampleList.fields();
    fields.put("members", members);
    fields.put("usernames", names);
    fields.put("language", languages);
    fields.put("passwords", members);
    fields.put("user_options", options);
    fields.put("delivery_status", states);
    assertThat(read(SampleList.pickled(fields)).list().members()).hasSize(100_002);
  }
}
