package org.milena.scanner.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.failure.UnfitException;
import org.milena.scanner.icap.Reply.Given;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;

class ReplyTableTest {

  private static Head icap(String text) throws MalformedReplyException {
    return Head.parse("ICAP", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Head http(int status) throws MalformedReplyException {
    return Head.parse(
        "HTTP", ("HTTP/1.1 " + status + " So\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({
    // icap, http, given, whole, may be unchanged, verdict
    "204,   0, NOTHING, true,  true,  CLEAN",
    "204,   0, NOTHING, true,  false, NOT_SCANNED",
    "204,   0, NOTHING, false, true,  UNSCANNABLE",
    "200, 200, SAME,    true,  true,  CLEAN",
    "200, 200, SAME,    true,  false, CLEAN",
    "200, 200, SAME,    false, true,  UNSCANNABLE",
    "200, 200, OTHER,   true,  true,  NOT_SCANNED",
    "200, 200, NOTHING, true,  true,  NOT_SCANNED",
    "200,   0, SAME,    true,  true,  NOT_SCANNED",
    "200, 403, OTHER,   true,  true,  INFECTED",
    "200, 403, NOTHING, false, true,  INFECTED",
    "200, 307, OTHER,   true,  true,  NOT_SCANNED",
    "200, 500, OTHER,   true,  true,  NOT_SCANNED",
    "206, 200, SAME,    true,  true,  NOT_SCANNED",
    "100,   0, NOTHING, true,  true,  NOT_SCANNED",
    "404,   0, NOTHING, true,  true,  NOT_SCANNED",
    "405,   0, NOTHING, true,  true,  NOT_SCANNED",
    "408,   0, NOTHING, true,  true,  NOT_SCANNED",
    "500,   0, NOTHING, true,  true,  NOT_SCANNED",
    "503,   0, NOTHING, true,  true,  NOT_SCANNED",
  })
  void rows(int icap, int http, Given given, boolean whole, boolean unchanged, String verdict)
      throws MalformedReplyException {
    Reply reply =
        new Reply(
            icap("ICAP/1.0 " + icap + " So\r\n"),
            http == 0 ? Optional.empty() : Optional.of(http(http)),
            given,
            whole,
            unchanged);
    String said;
    try {
      said = ReplyTable.read(reply).verdict().toString();
    } catch (NotScannedException e) {
      said = "NOT_SCANNED";
    }
    assertThat(said).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Infection-Found: Type=0; Resolution=2; Threat=Eicar;      | INFECTED    | Eicar",
        "X-Infection-Found: Type=0; Resolution=1; Threat=Eicar       | INFECTED    | Eicar",
        "X-Infection-Found: Type=1; Resolution=2; Threat=exe;        | ATTACHMENT  | exe",
        "X-Infection-Found: Type=2; Resolution=2; Threat=Container size violation | UNSCANNABLE |",
        "X-Infection-Found: Type=2; Resolution=2; Threat=Encrypted container;     | ENCRYPTED   |",
        "X-Infection-Found: Type=0; Resolution=2; Threat=Heuristics.Encrypted.Zip; | ENCRYPTED  |",
        "X-Infection-Found: Type=0;Resolution=2;Threat=Heuristics.Limits.Exceeded.X | UNSCANNABLE"
            + " |",
        "X-Infection-Found: Type=0; Resolution=2; Threat=Heuristics.OLE2.ContainsMacros | MACRO |",
        "X-Infection-Found: something else                           | INFECTED    | something"
            + " else",
        "X-Virus-ID: EICAR test file                                 | INFECTED    |",
        "X-Virus-ID: Ransom.Encrypted.Size                           | INFECTED    |",
        "X-Virus-ID: no threats                                      | NONE        |",
        "X-Virus-Name: W97M.Downloader                               | INFECTED    |",
        "X-FSecure-Infection-Name: Malware.W97M                      | INFECTED    |",
        "X-FSecure-Scan-Result: clean                                | NONE        |",
        "X-Violations-Found: 0                                       | NONE        |",
        "X-Violations-Found: 1 - Eicar 0 0                           | INFECTED    |",
        "X-Blocked-Reason: Infected                                  | INFECTED    |",
        "X-Blocked-Reason: File encrypted                            | ENCRYPTED   |",
        "X-Blocked-Reason: Password Protected Document               | ENCRYPTED   |",
        "X-Blocked-Reason: File size too large                       | UNSCANNABLE |",
        "X-Blocked-Reason: Max archive depth exceeded                | UNSCANNABLE |",
        "X-Blocked-Reason: Document with macros                      | MACRO       |",
        "X-Block-Reason: Malware found                               | INFECTED    |",
        "X-Block-Reason: Archive not supported                       | UNSCANNABLE |",
        "X-Block-Reason: Media Type (Block List)                     | ATTACHMENT  |",
        "X-Blocked: Virus found during virus scan                    | INFECTED    |",
        "X-Response-Info: blocked                                    | INFECTED    |",
        "X-Response-Info: Blocked: file encrypted                    | ENCRYPTED   |",
        "X-Response-Info: File size                                  | UNSCANNABLE |",
        "X-Response-Info: Allowed                                    | NONE        |",
        "X-Response-Info: passed                                     | NONE        |",
      })
  void fields(String field, String verdict, String detail) throws MalformedReplyException {
    for (Head icap : new Head[] {icap("ICAP/1.0 200 OK\r\n" + field), icap("ICAP/1.0 200 OK")}) {
      boolean inIcap = !icap.fields().isEmpty();
      Head http =
          Head.parse(
              "HTTP",
              ("HTTP/1.1 200 OK\r\n" + (inIcap ? "" : field)).getBytes(StandardCharsets.US_ASCII));
      Optional<EngineVerdict> found = Findings.in(icap, Optional.of(http));
      assertThat(found.map(ReplyTableTest::kind).orElse("NONE")).isEqualTo(verdict);
      if (detail != null) {
        assertThat(found.map(EngineVerdict::detail)).contains(detail);
      }
    }
  }

  private static String kind(EngineVerdict verdict) {
    return verdict instanceof EngineVerdict.Policy policy
        ? policy.objection().toString()
        : verdict.verdict().toString();
  }

  @Test
  void aFindCountsWithA204Too() throws MalformedReplyException, NotScannedException {
    Head icap = icap("ICAP/1.0 204 No\r\nX-Virus-ID: Eicar");
    assertThat(ReplyTable.read(new Reply(icap, Optional.empty(), Given.NOTHING, true, true)))
        .isEqualTo(new EngineVerdict.Infected("Eicar"));
  }

  @Test
  void foldedFieldsAreOne() throws MalformedReplyException {
    Head head = icap("ICAP/1.0 200 OK\r\nx-violations-found: 1\n\t-\r\n\tEicar\r\n\t0\r\nA: b\r\n");
    assertThat(head.field("x-violations-found")).isEqualTo("1 - Eicar 0");
    assertThat(head.field("a")).isEqualTo("b");
  }

  @Test
  void noHeadMakesTheParserFailOtherwise() {
    Random random = new Random(3);
    String seed =
        "ICAP/1.0 200 OK\r\nMethods: RESPMOD\r\nEncapsulated: res-hdr=0, res-body=137\r\n"
            + "Options-TTL: 60\r\nPreview: 1024\r\nX-Infection-Found: Type=0; Resolution=2; "
            + "Threat=x;\r\n\tfolded\r\n";
    int parsed = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] octets = seed.getBytes(StandardCharsets.ISO_8859_1);
      for (int n = random.nextInt(6); n >= 0; n--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      try {
        Head head = Head.parse("ICAP", octets);
        assertThat(Findings.in(head, Optional.empty())).isNotNull();
        assertThat(Sections.of(head).headOctets()).isBetween(0, Head.MAX_OCTETS);
        assertThat(ServiceOptions.of(head, java.time.Instant.EPOCH).maxConnections()).isPositive();
        parsed++;
      } catch (MalformedReplyException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(parsed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "res-hdr=0, res-body=-1",
        "res-hdr=0",
        "res-hdr=5, res-body=9",
        "res-body=7",
        "res-hdr=0, res-body=99999999",
        "res-hdr=0, res-body=9999999",
        "nonsense",
        "opt-body=0",
      })
  void sectionsThatCannotBeAreMalformed(String encapsulated) throws MalformedReplyException {
    Head head = icap("ICAP/1.0 200 OK\r\nEncapsulated: " + encapsulated);
    assertThatThrownBy(() -> Sections.of(head)).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "icap://icap.example.org/avscan, icap.example.org, 1344, avscan",
    "icap://127.0.0.1:1345/virus_scan?allow204=on, 127.0.0.1, 1345, virus_scan?allow204=on",
    "icap://[::1]:1344/respmod, ::1, 1344, respmod",
    "icap://av/av/respmod, av, 1344, av/respmod",
  })
  void addresses(String text, String host, int port, String service) {
    IcapAddress address = IcapAddress.of(text);
    assertThat(address).isEqualTo(new IcapAddress(host, port, service));
    assertThat(IcapAddress.of(address.text())).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "icap://av",
        "icap://av/",
        "icaps://av/avscan",
        "http://av/avscan",
        "icap://av:0/avscan",
        "icap://av:70000/avscan",
        "icap://a v/avscan",
        "icap://av/av scan",
        "icap://av/avscan\r\nX: y",
        "icap://user@av/avscan",
      })
  void otherAddressesAreRefusedWithTheSetting(String text) {
    assertThatThrownBy(() -> IcapAddress.of(text))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("milena.scanner.icap");
  }
}
