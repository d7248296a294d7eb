package org.milena.egress.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.egress.outcome.Happening.NoRoute;
import org.milena.egress.route.Host;
import org.milena.egress.route.Resolution;

class MxRulesTest {
  private final Map<String, Zone.Answer<Zone.Exchange>> exchangers = new HashMap<>();
  private final Map<String, Zone.Answer<InetAddress>> addresses = new HashMap<>();

  private final Zone zone =
      new Zone() {
        @Override
        public Answer<Exchange> exchangers(String name) {
          return exchangers.getOrDefault(name, new NoName<>());
        }

        @Override
        public Answer<InetAddress> addresses(String name) {
          return addresses.getOrDefault(name, new NoName<>());
        }
      };

  private MxRulesTest mx(String name, Zone.Exchange... records) {
    exchangers.put(name, new Zone.Found<>(List.of(records)));
    return this;
  }

  private MxRulesTest a(String name, String... found) {
    addresses.put(
        name, new Zone.Found<>(Arrays.stream(found).map(InetAddress::ofLiteral).toList()));
    return this;
  }

  private Resolution resolve(String name, boolean privateAllowed) {
    return new MxRules(zone, "us.example", 25, privateAllowed, new Random(1)).resolve(name);
  }

  private List<String> hosts(String name) {
    return resolve(name, false) instanceof Resolution.Hosts(_, List<Host> hosts)
        ? hosts.stream().map(Host::shown).toList()
        : List.of();
  }

  private NoRoute none(String name) {
    if (resolve(name, false) instanceof Resolution.None(var why)) {
      return why.reason();
    }
    throw new AssertionError(name + " has hosts: " + hosts(name));
  }

  @Test
  void triesExchangersByPreference() {
    mx("d.example", new Zone.Exchange(20, "b.example"), new Zone.Exchange(10, "a.example"));
    a("a.example", "192.88.98.1", "2001:470::1").a("b.example", "192.88.98.2");
    assertThat(hosts("d.example"))
        .containsExactly(
            "a.example[192.88.98.1]", "a.example[2001:470:0:0:0:0:0:1]", "b.example[192.88.98.2]");
  }

  @Test
  void oneSiteForAllDomainsWithTheSameExchangers() {
    mx("d.example", new Zone.Exchange(10, "A.example"), new Zone.Exchange(20, "b.example"));
    mx("e.example", new Zone.Exchange(5, "b.example"), new Zone.Exchange(5, "a.example"));
    a("a.example", "192.88.98.1").a("A.example", "192.88.98.1").a("b.example", "192.88.98.2");
    assertThat(((Resolution.Hosts) resolve("d.example", false)).site())
        .isEqualTo(((Resolution.Hosts) resolve("e.example", false)).site());
  }

  @Test
  void takesTheDomainItselfWithoutExchangers() {
    exchangers.put("d.example", new Zone.NoRecords<>());
    a("d.example", "192.88.98.9");
    assertThat(hosts("d.example")).containsExactly("d.example[192.88.98.9]");
  }

  @Test
  void tellsWhyThereIsNoHost() {
    assertThat(none("nowhere.example")).isEqualTo(NoRoute.NO_SUCH_DOMAIN);
    exchangers.put("trouble.example", new Zone.Trouble<>("SERVFAIL"));
    assertThat(none("trouble.example")).isEqualTo(NoRoute.DNS_TROUBLE);
    mx("nomail.example", new Zone.Exchange(0, ""));
    assertThat(none("nomail.example")).isEqualTo(NoRoute.NULL_MX);
    exchangers.put("empty.example", new Zone.NoRecords<>());
    addresses.put("empty.example", new Zone.NoRecords<>());
    assertThat(none("empty.example")).isEqualTo(NoRoute.NO_HOST);
    mx("dangling.example", new Zone.Exchange(10, "gone.example"));
    assertThat(none("dangling.example")).isEqualTo(NoRoute.NO_HOST);
    mx("halfway.example", new Zone.Exchange(10, "servfail.example"));
    addresses.put("servfail.example", new Zone.Trouble<>("SERVFAIL"));
    assertThat(none("halfway.example")).isEqualTo(NoRoute.DNS_TROUBLE);
  }

  @Test
  void doesNotSendToItself() {
    a("a.example", "192.88.98.1").a("us.example", "192.88.98.5");
    mx("loop.example", new Zone.Exchange(10, "US.example"), new Zone.Exchange(20, "a.example"));
    assertThat(none("loop.example")).isEqualTo(NoRoute.LOOP);
    mx("backup.example", new Zone.Exchange(10, "a.example"), new Zone.Exchange(20, "us.example"));
    assertThat(hosts("backup.example")).containsExactly("a.example[192.88.98.1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "203.0.113.9",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "64:ff9b::10.0.0.1",
        "2001:db8::1",
        "2001::1",
        "fec0::1",
        "::127.0.0.1"
      })
  void goesToNoAddressThatIsNotPublic(String address) {
    mx("d.example", new Zone.Exchange(10, "evil.example"));
    a("evil.example", address);
    assertThat(none("d.example")).isEqualTo(NoRoute.FORBIDDEN_ADDRESS);
    assertThat(resolve("d.example", true)).isInstanceOf(Resolution.Hosts.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.32.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "2a00:1450:4001::1",
        "2002:808:808::1"
      })
  void goesToPublicAddresses(String address) {
    mx("d.example", new Zone.Exchange(10, "good.example"));
    a("good.example", address);
    assertThat(hosts("d.example")).hasSize(1);
  }

  @Test
  void readsAddressLiterals() {
    assertThat(hosts("[8.8.8.8]")).containsExactly("8.8.8.8");
    assertThat(hosts("[IPv6:2a00:1450:4001::1]")).hasSize(1);
    assertThat(none("[127.0.0.1]")).isEqualTo(NoRoute.FORBIDDEN_ADDRESS);
  }

  @Test
  void triesNoMoreThanTenHosts() {
    Zone.Exchange[] many = new Zone.Exchange[50];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Zone.Exchange(i, "h" + i + ".example");
      a("h" + i + ".example", "8.8.4." + i);
    }
    mx("many.example", many);
    assertThat(hosts("many.example")).hasSize(10);
  }
}
