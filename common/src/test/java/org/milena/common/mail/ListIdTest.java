package org.milena.common.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2919. */
class ListIdTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          users.lists.example.org                          | users.lists.example.org
          <users.lists.example.org>                        | users.lists.example.org
          Users of X <Users.Lists.Example.ORG>             | users.lists.example.org
          "Ask a.b@c.example" <users.lists.example.org>    | users.lists.example.org
          Java<SUP>TM</SUP> <java.lists.example.org>       | java.lists.example.org
          <users.lists.example.org                         | users.lists.example.org
          """)
  void readsFields(String text, String expected) {
    assertThat(ListId.parse(text)).contains(new ListId(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "users",
        "<>",
        "a..b",
        ".a.b",
        "a.b.",
        "a b.c",
        "<a.b c>",
        "ü.example.org",
        "a@b.c",
        "a.b\r\n.c"
      })
  void refusesWhatIsNone(String text) {
    assertThat(ListId.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> ListId.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          users@lists.example.org       | users.lists.example.org
          Users@Lists.Example.org       | users.lists.example.org
          a.b-c_d+e@x.example           | a.b-c_d+e.x.example
          "a b"@x.example               | a=20b.x.example
          a/b@x.example                 | a=2fb.x.example
          a=b@x.example                 | a=3db.x.example
          "a..b"@x.example              | a.=2eb.x.example
          ".a."@x.example               | =2ea=2e.x.example
          ""@x.example                  | =.x.example
          ü@x.example                   | =c3=bc.x.example
          a@[192.0.2.1]                 | a.=5b192.0.2.1=5d
          """)
  void namesTheListUnderAnAddress(String address, String expected) {
    assertThat(ListId.forAddress(MailAddress.of(address))).hasToString(expected);
  }

  @Test
  void differentAddressesHaveDifferentIds() {
    var ids =
        Stream.of(
                "a b", "a=20b", "a=3d20b", "a..b", "a.=2eb", ".a", "a.", "a", "ä", "a/", "\"", "=",
                "")
            .map(local -> ListId.forAddress(new MailAddress(local, "x.example")));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void refusesAnAddressWhoseIdWouldBeTooLong() {
    var address = new MailAddress("ü".repeat(32), "d".repeat(63) + ".example");
    assertThatIllegalArgumentException().isThrownBy(() -> ListId.forAddress(address));
    assertThat(ListId.canBe(address)).isFalse();
    assertThat(ListId.canBe(new MailAddress("ü", "x.example"))).isTrue();
  }
}
