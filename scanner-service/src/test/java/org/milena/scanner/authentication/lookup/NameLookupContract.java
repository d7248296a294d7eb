package org.milena.scanner.authentication.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link NameLookup} must do. */
public interface NameLookupContract {

  /**
   * One that knows this zone, and nothing else:
   *
   * <pre>
   * good.example            TXT "v=spf1 -all", TXT "two parts" (as "two " and "parts"),
   *                         A 192.0.2.7, A 192.0.2.8, MX 20 second.example, MX 10 first.example
   * six.example             AAAA 2001:db8::7
   * null.example            MX 0 .
   * alias.example           CNAME other.example
   * other.example           CNAME good.example
   * lost.example            CNAME gone.example
   * bare.example            CNAME six.example
   * loop.example            CNAME loop2.example
   * loop2.example           CNAME loop.example
   * below.empty.example     A 192.0.2.9
   * foo:bar/b@z\.example    A 192.0.2.10
   * 192.0.2.7               PTR good.example
   * 2001:db8::7             PTR six.example
   * broken.example          nobody knows
   * </pre>
   */
  NameLookup names();

  @Test
  default void joinsTheStringsOfATextRecord() {
    assertThat(names().txt("good.example").orNone())
        .containsExactlyInAnyOrder("v=spf1 -all", "two parts");
  }

  @Test
  default void readsNamesInAnyCaseWithOrWithoutTheLastDot() {
    assertThat(names().txt("GOOD.Example.").orNone()).hasSize(2);
    assertThat(names().txt("good.example.").orNone()).hasSize(2);
  }

  @Test
  default void findsAddressesOfTheVersionThatIsAskedFor() {
    assertThat(names().ipv4("good.example").orNone())
        .containsExactlyInAnyOrder(address("192.0.2.7"), address("192.0.2.8"));
    assertThat(names().ipv6("six.example")).isEqualTo(found(address("2001:db8::7")));
    assertThat(names().ipv6("good.example")).isEqualTo(new Answer.NoData<>());
    assertThat(names().ipv4("six.example")).isEqualTo(new Answer.NoData<>());
  }

  @Test
  default void givesMailHostsInTheirOrder() {
    assertThat(names().mx("good.example")).isEqualTo(found("first.example", "second.example"));
    assertThat(names().mx("null.example")).isEqualTo(found(""));
    assertThat(names().mx("six.example")).isEqualTo(new Answer.NoData<>());
  }

  @Test
  default void findsTheNamesOfAnAddress() {
    assertThat(names().ptr(address("192.0.2.7"))).isEqualTo(found("good.example"));
    assertThat(names().ptr(address("2001:db8::7"))).isEqualTo(found("six.example"));
    assertThat(names().ptr(address("192.0.2.99"))).isEqualTo(new Answer.NoName<>());
  }

  @Test
  default void followsAliases() {
    assertThat(names().ipv4("alias.example").orNone()).hasSize(2);
    assertThat(names().txt("alias.example").orNone()).hasSize(2);
    assertThat(names().ipv4("lost.example")).isEqualTo(new Answer.NoName<>());
    assertThat(names().ipv4("bare.example")).isEqualTo(new Answer.NoData<>());
  }

  @Test
  default void callsAliasesInACircleTrouble() {
    assertThat(names().ipv4("loop.example")).isInstanceOf(Answer.Trouble.class);
  }

  @Test
  default void tellsANameThatIsNotThereFromOneWithoutSuchARecord() {
    assertThat(names().txt("none.example")).isEqualTo(new Answer.NoName<>());
    assertThat(names().txt("six.example")).isEqualTo(new Answer.NoData<>());
    assertThat(names().txt("empty.example")).isEqualTo(new Answer.NoData<>());
  }

  @Test
  default void takesEveryCharacterOfALabelForItself() {
    assertThat(names().ipv4("foo:bar/b@z\\.example")).isEqualTo(found(address("192.0.2.10")));
  }

  @Test
  default void callsWhatIsNoNameAbsent() {
    for (String name :
        List.of(
            "",
            ".",
            "..",
            "a..example",
            ".example",
            "a".repeat(64) + ".example",
            "a.".repeat(127) + "example")) {
      assertThat(names().txt(name)).as(name).isEqualTo(new Answer.NoName<>());
      assertThat(names().mx(name)).as(name).isEqualTo(new Answer.NoName<>());
    }
  }

  @Test
  default void callsTroubleTrouble() {
    assertThat(names().txt("broken.example")).isInstanceOf(Answer.Trouble.class);
    assertThat(names().ipv4("broken.example")).isInstanceOf(Answer.Trouble.class);
    assertThat(names().mx("broken.example")).isInstanceOf(Answer.Trouble.class);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private static Answer<String> found(String... names) {
    return new Answer.Found<>(List.of(names));
  }

  private static Answer<InetAddress> found(InetAddress address) {
    return new Answer.Found<>(List.of(address));
  }
}
