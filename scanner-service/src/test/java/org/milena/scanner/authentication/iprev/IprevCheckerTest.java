package org.milena.scanner.authentication.iprev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.scanner.authentication.lookup.SlowLookup;

class IprevCheckerTest {
  private final MapLookup names = new MapLookup();

  private Iprev check(String client) {
    return new IprevChecker(names, InstantSource.system()).check(InetAddress.ofLiteral(client));
  }

  @Test
  void passesWhenANamePointsBack() {
    names
        .ptr("192.0.2.1", "other.example")
        .ptr("192.0.2.1", "Mail.Example")
        .address("other.example", "192.0.2.2")
        .address("mail.example", "192.0.2.9")
        .address("mail.example", "192.0.2.1");
    assertThat(check("192.0.2.1")).isEqualTo(new Iprev(Result.PASS, "mail.example"));
  }

  @Test
  void passesOverIpv6() {
    names.ptr("2001:db8::1", "mail.example").address("mail.example", "2001:db8::1");
    assertThat(check("2001:db8::1")).isEqualTo(new Iprev(Result.PASS, "mail.example"));
  }

  @Test
  void failsWhenNoNamePointsBack() {
    names.ptr("192.0.2.1", "mail.example").address("mail.example", "192.0.2.2");
    names.ptr("192.0.2.3", "gone.example");
    assertThat(check("192.0.2.1")).isEqualTo(new Iprev(Result.FAIL, null));
    assertThat(check("192.0.2.3")).isEqualTo(new Iprev(Result.FAIL, null));
  }

  @Test
  void isAPermanentErrorWithoutAName() {
    assertThat(check("192.0.2.1")).isEqualTo(new Iprev(Result.PERMERROR, null));
  }

  @Test
  void isATemporaryErrorWhenNobodyKnows() {
    names.trouble("1.2.0.192.in-addr.arpa");
    assertThat(check("192.0.2.1")).isEqualTo(new Iprev(Result.TEMPERROR, null));
    names.ptr("192.0.2.2", "mail.example").trouble("mail.example");
    assertThat(check("192.0.2.2")).isEqualTo(new Iprev(Result.TEMPERROR, null));
  }

  @Test
  void passesInSpiteOfTroubleWithAnotherName() {
    names
        .ptr("192.0.2.1", "broken.example")
        .ptr("192.0.2.1", "mail.example")
        .trouble("broken.example")
        .address("mail.example", "192.0.2.1");
    assertThat(check("192.0.2.1").result()).isEqualTo(Result.PASS);
  }

  @Test
  void looksAtTenNamesOnly() {
    for (int i = 0; i < 500; i++) {
      names.ptr("192.0.2.1", "h" + i + ".example");
    }
    names.address("h499.example", "192.0.2.1");
    assertThat(check("192.0.2.1")).isEqualTo(new Iprev(Result.FAIL, null));
    assertThat(names.asked()).hasSize(11);
  }

  @Test
  void asksNoFurtherWhenTimeIsUp() {
    for (int i = 0; i < 10; i++) {
      names.ptr("192.0.2.1", "h" + i + ".example").address("h" + i + ".example", "192.0.2.2");
    }
    var slow = new SlowLookup(names, Instant.EPOCH, Duration.ofMillis(4_500));
    var checker = new IprevChecker(slow, slow);
    assertThat(checker.check(InetAddress.ofLiteral("192.0.2.1")).result())
        .isEqualTo(Result.TEMPERROR);
    assertThat(slow.asked()).hasSize(3);
    assertThat(checker.check(InetAddress.ofLiteral("192.0.2.1")).result())
        .isEqualTo(Result.TEMPERROR);
    assertThat(slow.asked()).as("each check has its own time").hasSize(6);
  }

  @Test
  void takesNoNameThatIsNoHostName() {
    String name = "x\r\nevil: yes.example";
    names.ptr("192.0.2.1", name).address(name, "192.0.2.1");
    assertThat(check("192.0.2.1")).isEqualTo(new Iprev(Result.FAIL, null));
  }
}
