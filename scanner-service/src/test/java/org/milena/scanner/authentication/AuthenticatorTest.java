package org.milena.scanner.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.event.AuthenticationEvidence;
import org.milena.common.event.AuthenticationEvidence.Arc;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationEvidence.Iprev;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.ReceivedMail;
import org.milena.scanner.authentication.dmarc.DmarcChecker;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.MapLookup;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.results.AuthenticationResultsField;
import org.milena.scanner.authentication.results.ResultsReader;

class AuthenticatorTest {

  private static final String US = "mx.lists.example.org";

  private final MapLookup names =
      new MapLookup().policy("example.com", "v=DMARC1; p=reject; rua=mailto:a@example.com");

  // what the checks find
  private Spf spf = new Spf(Result.NONE, Spf.Identity.MAIL_FROM, "bounce.example", "no record");
  private List<Signature> signatures = List.of();
  private Arc arc = new Arc(Result.NONE, 0, null, "");
  private Iprev iprev = new Iprev(Result.PASS, "mail.example.com");
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Authenticator authenticator =
      with(
          (client, helo, path) -> {
            asked.add("spf " + client.getHostAddress() + " " + helo + " " + path.wire());
            return spf;
          },
          message -> {
            asked.add("dkim");
            return signatures;
          },
          message -> {
            asked.add("arc");
            return arc;
          },
          client -> {
            asked.add("iprev " + client.getHostAddress());
            return iprev;
          },
          names);

  private Authenticator with(
      SpfCheck spf, DkimCheck dkim, ArcCheck arc, IprevCheck iprev, NameLookup names) {
    InstantSource clock = InstantSource.system();
    return new Authenticator(
        names,
        clock,
        threads,
        timed -> new Checks(spf, dkim, arc, iprev, new DmarcChecker(timed, clock)),
        US);
  }

  @AfterEach
  void stop() {
    threads.close();
  }

  private static RawMessage message(String header) {
    return RawMessage.wrap((header + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static MailMeta meta(String address, @Nullable String account) {
    RawMessage any = message("Subject: x");
    MailMeta plain = ReceivedMail.meta(ReceivedMail.nextId(), any);
    return new MailMeta(
        plain.mailId(),
        plain.receivedAt(),
        ReversePath.of("bounces@bounce.example"),
        plain.recipients(),
        plain.body(),
        new ClientFacts(address, "mail.example.com", "ESMTPS", null, account),
        plain.sha256(),
        null);
  }

  private static MailMeta meta() {
    return meta("192.0.2.1", null);
  }

  private static Signature signature(Result result, String domain) {
    return new Signature(result, domain, "s", "rsa-sha256", List.of("from"), true, "");
  }

  private static AuthenticationEvidence evidence(AuthenticationReport report) {
    AuthenticationEvidence evidence = report.evidence();
    assertThat(evidence).isNotNull();
    return evidence;
  }

  @Test
  void joinsWhatAllChecksFind() {
    signatures =
        List.of(signature(Result.FAIL, "example.net"), signature(Result.PASS, "example.com"));
    AuthenticationReport report =
        authenticator.check(meta(), message("From: Ann <ann@example.com>"));
    assertThat(report.spf()).isEqualTo(Result.NONE);
    assertThat(report.dkim()).isEqualTo(Result.PASS);
    assertThat(report.dmarc()).isEqualTo(Result.PASS);
    assertThat(report.dmarcDomain()).isEqualTo("example.com");
    assertThat(report.authorProven()).isTrue();
    AuthenticationEvidence evidence = evidence(report);
    assertThat(evidence.spf()).isEqualTo(spf);
    assertThat(evidence.signatures()).isEqualTo(signatures);
    assertThat(evidence.arc()).isEqualTo(arc);
    assertThat(evidence.iprev()).isEqualTo(iprev);
    assertThat(evidence.dmarc().aligned()).containsExactly("dkim");
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "spf 192.0.2.1 mail.example.com <bounces@bounce.example>",
            "dkim",
            "arc",
            "iprev 192.0.2.1");
    assertThat(MailJson.mapper().readValue(MailJson.text(report), AuthenticationReport.class))
        .isEqualTo(report);
  }

  @Test
  void saysWhatTheDomainAsksForWhenNothingProvesIt() {
    AuthenticationReport report = authenticator.check(meta(), message("From: ann@example.com"));
    assertThat(report.dkim()).isEqualTo(Result.NONE);
    assertThat(report.dmarc()).isEqualTo(Result.FAIL);
    assertThat(report.dmarcDomain()).isEqualTo("example.com");
    assertThat(evidence(report).dmarc().policy()).isEqualTo(Policy.REJECT);
  }

  @Test
  void namesNoDomainWhereDmarcWasNotEvaluated() {
    AuthenticationReport report =
        authenticator.check(meta(), message("From: a@example.com, b@example.net"));
    assertThat(report.dmarc()).isEqualTo(Result.NONE);
    assertThat(report.dmarcDomain()).isNull();
  }

  @Test
  void asksNeitherSpfNorIprevOfAUsersOwnMachine() {
    signatures = List.of(signature(Result.PASS, "example.com"));
    AuthenticationReport report =
        authenticator.check(
            meta("2001:db8::7", "ann@example.com"), message("From: ann@example.com"));
    assertThat(asked).containsExactlyInAnyOrder("dkim", "arc");
    assertThat(report.spf()).isEqualTo(Result.NOT_CHECKED);
    assertThat(evidence(report).spf().result()).isEqualTo(Result.NONE);
    assertThat(evidence(report).spf().reason()).isNotEmpty();
    assertThat(evidence(report).iprev().result()).isEqualTo(Result.NONE);
    assertThat(report.dmarc()).isEqualTo(Result.PASS);
  }

  @Test
  void takesABrokenCheckForATemporaryErrorAndNeverForAFailure() {
    Authenticator broken =
        with(
            (client, helo, path) -> {
              throw new IllegalStateException("spf");
            },
            message -> {
              throw new IllegalStateException("dkim");
            },
            message -> {
              throw new IllegalStateException("arc");
            },
            client -> {
              throw new IllegalStateException("iprev");
            },
            names);
    RawMessage message = message("From: ann@example.com");
    AuthenticationReport report = broken.check(meta(), message);
    assertThat(report.spf()).isEqualTo(Result.TEMPERROR);
    assertThat(report.dkim()).isEqualTo(Result.TEMPERROR);
    assertThat(report.dmarc()).isEqualTo(Result.TEMPERROR);
    assertThat(evidence(report).arc().result()).isEqualTo(Result.TEMPERROR);
    assertThat(evidence(report).iprev().result()).isEqualTo(Result.TEMPERROR);
    assertThat(results(broken.stamp(meta(), message, report)).of("dmarc").result())
        .isEqualTo("temperror");
  }

  @Test
  void takesABrokenDmarcCheckForATemporaryError() {
    Authenticator broken =
        with(
            (client, helo, path) -> spf,
            message -> signatures,
            message -> arc,
            client -> iprev,
            new BrokenNames());
    assertThat(broken.check(meta(), message("From: ann@example.com")).dmarc())
        .isEqualTo(Result.TEMPERROR);
  }

  @Test
  void takesAClientWithoutAnAddressForATemporaryErrorOfSpfAndIprev() {
    AuthenticationReport report =
        authenticator.check(meta("unknown", null), message("From: ann@example.com"));
    assertThat(report.spf()).isEqualTo(Result.TEMPERROR);
    assertThat(evidence(report).iprev().result()).isEqualTo(Result.TEMPERROR);
    assertThat(report.dmarc()).isEqualTo(Result.FAIL); // that path is not of this domain
  }

  @Test
  void putsItsFieldOnTopAndRemovesForgedOnes() {
    RawMessage message =
        message(
            "Received: by a.example\r\n"
                + "Authentication-Results: MX.lists.example.org (c); dmarc=pass\r\n"
                + "authentication-results: other.example; dmarc=fail\r\n"
                + "Received-SPF: pass (mx.lists.example.org: yes)\r\n"
                + "From: ann@example.com");
    AuthenticationReport report = authenticator.check(meta(), message);
    RawMessage stamped = authenticator.stamp(meta(), message, report);
    assertThat(HeaderBlock.of(stamped).fields())
        .extracting(HeaderField::name)
        .containsExactly("Authentication-Results", "Received", "authentication-results", "From");
    assertThat(results(stamped).of("dmarc").result()).isEqualTo("fail");
    assertThat(results(stamped).of("dmarc").properties())
        .containsEntry("policy.dmarc", "reject")
        .containsEntry("header.from", "example.com");
    assertThat(results(stamped).of("iprev").properties())
        .containsEntry("policy.iprev", "192.0.2.1");
  }

  @Test
  void stampsAgainWithoutHeapingUpFields() {
    RawMessage message = message("From: ann@example.com");
    AuthenticationReport report = authenticator.check(meta(), message);
    RawMessage once = authenticator.stamp(meta(), message, report);
    assertThat(authenticator.stamp(meta(), once, report)).isEqualTo(once);
  }

  /** What is neither ours nor forged comes out octet for octet, in its order. */
  @Test
  void changesNothingElseOfAnyMessage() {
    var random = new Random(2026);
    String[] pieces = {
      "From: ann@example.com\r\n",
      "Authentication-Results: mx.lists.example.org; dmarc=pass\r\n",
      "Authentication-Results:\r\n (x) \"mx.lists.example.org\" 1;\r\n\tdmarc=pass\r\n",
      "Authentication-Results: other.example; spf=pass\r\n",
      "Received-SPF: pass receiver=mx.lists.example.org;\n",
      "Subject: \u00fc \u0001\r\n folded\r\n",
      "To: a@b.example\n",
      "X : odd\r\r\n",
      ": no name\r\n",
      "DKIM-Signature: v=1;\r\n b=ab\r\n\tcd\r\n"
    };
    int removed = 0;
    int stamps = 5_000;
    for (int i = 0; i < stamps; i++) {
      var header = new StringBuilder();
      var kept = new StringBuilder();
      for (int n = 1 + random.nextInt(8); n > 0; n--) {
        String piece = pieces[random.nextInt(pieces.length)];
        header.append(piece);
        if (piece.contains("mx.lists")) {
          removed++;
        } else {
          kept.append(piece);
        }
      }
      String body = "\r\nAuthentication-Results: mx.lists.example.org; none\r\n.\n\r\u0000x";
      RawMessage message = raw(header + body);
      AuthenticationReport report = authenticator.check(meta(), message);
      RawMessage stamped = authenticator.stamp(meta(), message, report);
      String text = new String(stamped.toByteArray(), StandardCharsets.UTF_8);
      int ours = HeaderBlock.of(stamped).fields().getFirst().end();
      assertThat(text.substring(ours)).as(header.toString()).isEqualTo(kept + body);
      assertThat(results(stamped).authservId()).isEqualTo(US);
    }
    assertThat(removed).isGreaterThan(stamps / 2);
  }

  /** Read by somebody who takes every line with a colon before the empty one for a field. */
  @Test
  void leavesNoForgedFieldForTheMostCarelessReader() {
    var random = new Random(8601);
    String[] names = {
      "Authentication-Results:", "AUTHENTICATION-results :", "authentication-results\t:"
    };
    String[] ids = {
      "mx.lists.example.org",
      "\"mx.lists.example.org\"",
      "(c) MX.lists.example.org (d) 1",
      "mx.lists.\r\n example.org",
      "mx . lists . example . org",
      "mx.lists.example.org/1",
      "\r\n\tmx.lists.example.org"
    };
    String[] noise = {
      "From: ann@example.com\r\n",
      "To: b@b.example\n",
      "no field\r\n",
      " indented\r\n",
      ">From x\r\n",
      "From ann Mon Jan 1\r\n",
      "--boundary\r\n",
      "Subject: x\r\n y\r\n",
      "odd name: x\r\n",
      ": x\r\n",
      "X\u00fc: y\r\n"
    };
    for (int i = 0; i < 20_000; i++) {
      var header = new StringBuilder();
      for (int n = random.nextInt(4); n > 0; n--) {
        header.append(noise[random.nextInt(noise.length)]);
      }
      header.append(names[random.nextInt(names.length)]).append(' ');
      header.append(ids[random.nextInt(ids.length)]).append("; dmarc=pass\r\n");
      for (int n = random.nextInt(4); n > 0; n--) {
        header.append(noise[random.nextInt(noise.length)]);
      }
      RawMessage message = raw(header + "\r\nHello\r\n");
      RawMessage stamped = authenticator.stamp(meta(), message, AuthenticationReport.NOT_CHECKED);
      String text = new String(stamped.toByteArray(), StandardCharsets.UTF_8);
      String unfolded = text.split("\r?\n\r?\n", 2)[0].replaceAll("\r?\n(?=[ \t])", "");
      List<String> ours =
          unfolded
              .lines()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("authentication-results"))
              .toList();
      assertThat(ours)
          .as(header.toString())
          .containsExactly("Authentication-Results: mx.lists.example.org; none");
    }
  }

  private static RawMessage raw(String text) {
    return RawMessage.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The one field under our name, read by the grammar. */
  private static ResultsReader.Results results(RawMessage message) {
    HeaderBlock header = HeaderBlock.of(message);
    assertThat(header.fields().stream().filter(new AuthenticationResultsField(US).claims()))
        .hasSize(1);
    HeaderField first = header.fields().getFirst();
    assertThat(first.isNamed("Authentication-Results")).isTrue();
    return ResultsReader.read(first.value());
  }

  /** A resolver with a defect. */
  private static final class BrokenNames implements NameLookup {

    @Override
    public Answer<String> txt(String name) {
      throw new IllegalStateException("dns");
    }

    @Override
    public Answer<InetAddress> ipv4(String name) {
      throw new IllegalStateException("dns");
    }

    @Override
    public Answer<InetAddress> ipv6(String name) {
      throw new IllegalStateException("dns");
    }

    @Override
    public Answer<String> mx(String name) {
      throw new IllegalStateException("dns");
    }

    @Override
    public Answer<String> ptr(InetAddress address) {
      throw new IllegalStateException("dns");
    }
  }
}
