package org.milena.scanner.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.lookup.NameLookupContract;
import org.milena.testkit.dns.TestNameServer;
import org.milena.testkit.dns.TestZone;

/** The real look-up over the wire does what the one in memory does. */
class DnsLookupContractTest implements NameLookupContract {
  private static TestNameServer server;
  private static NameLookup names;

  @BeforeAll
  static void start() {
    server =
        TestNameServer.start(
            new TestZone()
                .txt("good.example", "v=spf1 -all")
                .txtStrings(
                    "good.example", List.of("two ".getBytes(US_ASCII), "parts".getBytes(US_ASCII)))
                .address("good.example", "192.0.2.7")
                .address("good.example", "192.0.2.8")
                .mx("good.example", 20, "second.example")
                .mx("good.example", 10, "first.example")
                .address("six.example", "2001:db8::7")
                .mx("null.example", 0, "")
                .cname("alias.example", "other.example")
                .cname("other.example", "good.example")
                .cname("lost.example", "gone.example")
                .cname("bare.example", "six.example")
                .cname("loop.example", "loop2.example")
                .cname("loop2.example", "loop.example")
                .address("below.empty.example", "192.0.2.9")
                .address("foo:bar/b@z\\.example", "192.0.2.10")
                .ptr("192.0.2.7", "good.example")
                .ptr("2001:db8::7", "six.example")
                .servfail("broken.example"));
    names = new DnsLookup(List.of(server.address()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public NameLookup names() {
    return names;
  }
}
